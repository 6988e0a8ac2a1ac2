import Foundation
import Golden
import Testing

@Suite("Golden files")
struct GoldenFileTests {
  @Test(arguments: CommittedFiles.families)
  func `A committed file passes`(family: String) throws {
    let result = try GoldenSuite.all.check(contentsOf: CommittedFiles.url(family)).result()
    #expect(result.passed, "\(result.failures)")
    #expect(result.cases > 0)
    #expect(result.worstError <= result.limit)
    #expect(result.line.hasSuffix(" ok"))
  }

  @Test func `Every committed file belongs to a known format`() throws {
    let files = try GoldenSuite.files(at: CommittedFiles.folder)
    #expect(files.count >= CommittedFiles.families.count)
    for file in files {
      #expect(CommittedFiles.families.contains(file.deletingPathExtension().lastPathComponent))
    }
  }

  /// Numbers that a family lists as results, and by how much to change one.
  struct Tampering: Sendable, CustomTestStringConvertible {
    var family: String
    var key: String
    var amount: Double
    var testDescription: String { "\(family) \(key)" }
  }

  static let tamperings: [Tampering] = [
    ("quantizer-scalar", ["n_exact", "n_nengo_f64", "n_keras_f32"], 3),
    ("quantizer-scalar", ["v_final_nengo_f64", "v_final_keras_f32"], 0.01),
    ("quantizer-random", ["n_keras_f32"], 3), ("quantizer-random", ["v_final_keras_f32"], 0.01),
    ("quantizer-gradient", ["n"], 1), ("quantizer-gradient", ["dL_dx"], 1e-5),
    ("quantizer-stochastic", ["n"], 1),
    ("lmu-matrices", ["A", "B", "zoh_A", "zoh_B", "euler_A", "euler_B"], 1e-6),
    ("lmu-matrices", ["zoh_spectral_radius", "spectral_radius", "trace", "frobenius_A"], 1e-4),
    ("lmu-matrices", ["norm_B", "A_top_left_4x4", "A_bottom_right_2x2", "B_first4"], 1e-4),
    ("lmu-cell", ["m", "h", "value", "e_x", "e_h", "e_m", "W_x", "W_h", "W_m", "b_h"], 1e-3),
    ("hslmu-cell", ["u", "m", "h", "loss", "e_x", "e_h", "e_m", "W_x", "W_h", "W_m"], 1e-3),
    ("hslmu-cell", ["n_m", "n_h"], 3), ("hslmu-cell", ["v_m_final", "v_h_final"], 0.01),
    ("baseline-cells", ["h", "m", "c", "kernel", "recurrent", "bias", "hmi2h.weight"], 1e-3),
    ("baseline-cells", ["params"], 1), ("schedules", ["omega"], 0.01),
    ("metrics", ["n", "fan_out"], 1),
    ("metrics", ["bits_range", "bits_entropy", "log2_1p", "rate", "popcount"], 1e-3),
    ("metrics", ["weighted_bits_range", "mean_significant_bits", "shift_add_ops"], 1e-3),
    ("metrics", ["dense_int32_mac_3_2", "shift_add_int32_0_1"], 1e-2),
    ("energy-model", ["T1", "T20"], 1e-4),
    ("mnist-order", ["pixel_order", "valid_indices", "image_order_last20"], 1),
    ("ste_catalogue", ["values", "A", "B", "c_u_at_pi_3", "c_perp_at_pi_3", "params"], 1e-6),
    ("ste_catalogue", ["integral_over_R"], 1e-6),
    ("quantized_relu", ["forward_ceil", "forward_nearest", "forward_hwgq", "levels"], 1e-6),
    ("quantized_relu", ["backward_clipped_relu", "backward_log_tailed", "dalpha_ae"], 1e-6),
    ("quantized_relu", ["dalpha_bcgd_mean", "lsq_dx", "lsq_ds_total", "pact_dclip_total"], 1e-6),
    ("alpha_calibration", ["alpha_opt", "mse_at_opt", "alpha_final", "alpha_after_1"], 1e-4),
  ].flatMap { family, keys, amount in
    keys.map { Tampering(family: family, key: $0, amount: amount) }
  }

  @Test(arguments: tamperings)
  func `A file with one number changed fails`(tampering: Tampering) throws {
    let whole = try CommittedFiles.json(tampering.family)
    let json = tampering.family == "lmu-matrices" ? whole.shortened : whole
    let paths = json.paths.filter { path in
      guard case .number = json[path] else { return false }
      return path.contains(.key(tampering.key))
    }
    for path in [try #require(paths.first), try #require(paths.last)] {
      let tampered = try #require(
        json.changing(path) { value in
          guard case .number(let number) = value else { return nil }
          return .number(number + tampering.amount)
        })
      let result = try GoldenSuite.all.check(tampered, name: tampering.family).result()
      #expect(!result.passed, "\(path)")
      #expect(result.line.contains(" FAIL"))
    }
  }

  @Test func `A changed exact voltage fails, though it is a text`() throws {
    let json = try CommittedFiles.json("quantizer-scalar")
    let path = try #require(json.paths.first { $0.last == .key("v_final_exact") })
    for text in ["1/3", "none", "1/0"] {
      let tampered = try #require(json.changing(path) { _ in .text(text) })
      #expect(try !GoldenSuite.all.check(tampered, name: "quantizer-scalar").result().passed)
    }
  }

  @Test func `A changed digest fails`() throws {
    let json = try CommittedFiles.json("mnist-order")
    let path = try #require(json.paths.first { $0.last == .key("pixel_order_sha256") })
    let tampered = try #require(json.changing(path) { _ in .text("00") })
    #expect(try !GoldenSuite.all.check(tampered, name: "mnist-order").result().passed)
  }

  @Test(arguments: CommittedFiles.families)
  func `The number and order of cases do not matter, and unknown keys are ignored`(
    family: String
  ) throws {
    var json = try CommittedFiles.json(family)
    guard case .array(let cases) = json[[.key("cases")]], cases.count > 1, family != "metrics"
    else { return }
    json = try #require(
      json.changing([.key("cases")]) { _ in .array(cases.dropFirst().reversed()) })
    json = try #require(
      json.changing([.key("cases"), .index(0)]) { first in
        guard case .object(var members) = first else { return nil }
        members["something_new"] = .array([.text("?"), .null])
        return .object(members)
      })
    let result = try GoldenSuite.all.check(json, name: family).result()
    #expect(result.passed, "\(result.failures)")
  }

  @Test func `A file of an unknown format is skipped, even if it is no JSON`() {
    #expect(GoldenSuite.all.check(Data("{".utf8), name: "anchors") == .skipped(name: "anchors"))
  }

  @Test func `A folder stands for its JSON files, sorted`() throws {
    let files = try GoldenSuite.files(at: CommittedFiles.folder).map(\.path)
    #expect(files == files.sorted())
    #expect(files.allSatisfy { $0.hasSuffix(".json") })
    #expect(throws: GoldenError.self) {
      try GoldenSuite.files(at: CommittedFiles.folder.appendingPathComponent("nothing"))
    }
  }
}
