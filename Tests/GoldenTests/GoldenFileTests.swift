import Foundation
import Golden
import Testing

@Suite("Golden files")
struct GoldenFileTests {
  @Test(arguments: CommittedFiles.families)
  func `A committed file passes`(family: String) throws {
    let result = try GoldenSuite.all.check(CommittedFiles.ordinary(family), name: family).result()
    #expect(result.passed, "\(result.failures)")
    #expect(result.cases > 0)
    #expect(result.worstError <= result.limit)
    #expect(result.line.hasSuffix(" ok"))
  }

  @Test(arguments: [("finite_sample", 1e-14), ("bound_ratio_path", 1e-9), ("ste_moments", 1e-12)])
  func `The theory comes nearer than a file asks (T1, T10, T16)`(
    family: String, limit: Double
  ) throws {
    let result = try GoldenSuite.all.check(contentsOf: CommittedFiles.url(family)).result()
    #expect(result.worstError <= limit)
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(
        atPath: CommittedFiles.folder.appendingPathComponent(
          "../../../shared/data/banknote/banknote.csv"
        ).standardizedFileURL.path),
      "SKIPPED: no banknote.csv in ../shared/data"))
  func `Anchors are reached by own trainings where the data are`() throws {
    let result = try GoldenSuite.all.check(contentsOf: CommittedFiles.url("anchors")).result()
    #expect(result.passed && result.cases == 8 && result.notes.isEmpty, "\(result.failures)")
  }

  @Test func `Every committed file belongs to a known format`() throws {
    let files = try GoldenSuite.files(at: CommittedFiles.folder)
    #expect(files.count >= CommittedFiles.families.count)
    for file in files {
      let name = file.deletingPathExtension().lastPathComponent
      #expect(GoldenSuite.all.checks.contains { $0.covers(name) }, "\(name)")
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
    ("population_points", ["theta", "w_norm", "v_dot_vstar", "v_err", "loss", "h"], 1e-5),
    ("population_points", ["grad_v", "grad_w", "u", "u_perp", "coarse_grad_w", "norm"], 1e-5),
    ("population_points", ["A", "B", "c_u", "c_perp", "radial", "tangential"], 1e-5),
    ("population_points", ["inner_with_grad_w", "cosine", "angle_deg", "bound_ratio"], 1e-3),
    ("critical_points", ["lhs", "rhs", "theta_pi_v", "theta_pi_loss", "K", "saddle_v"], 1e-5),
    ("critical_points", ["saddle_theta", "saddle_loss", "v_opt", "loss"], 1e-5),
    ("critical_points", ["A_minus_B", "coarse_norm", "predicted"], 1e-5),
    ("ste_moments", ["A", "B", "c_u", "c_perp"], 1e-5),
    ("bound_ratio_path", ["identity", "relu", "arctan"], 1e-3),
    ("finite_sample", ["pre", "y", "y_star", "residual", "sample_loss", "batch_loss"], 1e-5),
    ("finite_sample", ["batch_grad_v", "per_sample", "batch"], 1e-5),
    ("line_search", ["coarse_grad_w", "grad_v", "empirical_loss"], 1e-5),
    ("line_search", ["population_loss_on_same_ray", "population_loss_on_exact_ray"], 1e-5),
    ("monte_carlo", ["first_normal", "loss_se", "mean"], 1e-5),
    ("trajectories", ["loss", "theta", "w_norm", "v", "w", "v_err", "coarse_norm"], 1e-3),
    ("trajectories", ["final_loss", "final_theta", "min_w_norm"], 1e-3),
    ("basin_statistics", ["frac_global", "frac_spurious"], 0.1),
    ("basin_statistics", ["runs_with_increase_and_min_w_ge_0p1"], 1),
    ("ste_catalogue", ["values", "A", "B", "c_u_at_pi_3", "c_perp_at_pi_3", "params"], 1e-6),
    ("ste_catalogue", ["integral_over_R"], 1e-6),
    ("basis", ["value", "derivative"], 1e-6),
    ("approximation", ["ls_rmse", "ls_sup", "ls_cheb_coefficients"], 1e-6),
    ("approximation", ["sup_best"], 1),
    ("plain_forward_backward", ["a", "y", "dx", "da"], 1e-6),
    ("normalised_train_eval", ["w", "theta", "bias", "y_train", "dx", "dw", "dtheta"], 1e-6),
    ("normalised_train_eval", ["running_mean_after", "y_eval", "folded_constant"], 1e-6),
    ("max_scaling", ["y", "dx_stopgrad", "dx_full", "dm", "running_max_after"], 1e-6),
    ("polynomial_equivalence", ["network_output", "coefficients", "W1", "a2"], 1e-6),
    ("polynomial_equivalence", ["monomial_count"], 1),
    ("quantised_and_spiking", ["g", "ste_dx", "ste_da"], 1e-6),
    ("quantised_and_spiking", ["codes", "spike_counts"], 1),
    ("xor", ["output", "loss", "dw", "db", "da", "loss_after"], 1e-6),
    ("training_step", ["logits", "loss", "dx", "W", "loss_after_sgd", "loss_after_adam"], 1e-6),
    ("theory", ["mean_isi", "cv", "mean_rate", "n_A", "period", "g_onset"], 1e-4),
    ("theory", ["g_first_silent"], 1e-4), ("net-", ["a", "V0"], 1e-9),
    ("tiny-n5", ["spike_index", "counts"], 1), ("tiny-n5", ["spike_time", "J"], 1e-9),
    ("tiny-n5", ["V_after_last_spike"], 1e-9),
    ("cases", ["spikes_total_0_to_end", "first_100_spike_index", "last_20_spike_index"], 1),
    ("cases", ["first_100_spike_time", "last_20_spike_time", "J"], 1e-8),
    ("cases", ["spikes_in_window", "n_active", "counts_in_window", "isi_free"], 1),
    ("cases", ["rho", "cv_mean", "mean_rate", "Vbar_first_50_samples"], 1e-4),
    ("winner-takes-all", ["n_active", "active", "index_of_largest_a"], 1),
    ("winner-takes-all", ["spikes_in_window"], 3),
    ("winner-takes-all", ["g_star", "free_rate_of_largest_a"], 1e-6),
    ("quantized_relu", ["forward_ceil", "forward_nearest", "forward_hwgq", "levels"], 1e-6),
    ("quantized_relu", ["backward_clipped_relu", "backward_log_tailed", "dalpha_ae"], 1e-6),
    ("quantized_relu", ["dalpha_bcgd_mean", "lsq_dx", "lsq_ds_total", "pact_dclip_total"], 1e-6),
    ("desk_instability", ["mean", "min", "seeds"], 101),
    ("net_", ["membrane_before_reset", "current", "E_in", "E_rec", "total_psp"], 1e-3),
    ("net_", ["counts", "spike_times", "output_counts", "prediction", "target_counts"], 1),
    ("net_", ["loss_half_squared", "output_error_c"], 1e-3),
    ("net_", ["c", "delta", "D", "Phi", "Omega", "adjoint", "c_prev", "gW", "gW_full"], 1e-3),
    ("net_", ["gR_full", "gW_selfloop", "gR_selfloop", "Omega_self_pre", "side"], 1e-3),
    ("net_", ["post_deriv_in", "pre_ratio_in", "post_deriv_rec", "pre_ratio_rec"], 1e-3),
    ("spsp", ["e_step", "e_kernel"], 1e-4),
    ("effect_poly_", ["coefficients"], 10), ("effect_poly_", ["rows"], 1),
    ("training_rules", ["w", "m", "v", "learning_rate"], 1e-6),
    ("training_rules", ["row_mean_square", "gradient", "weights_after"], 1e-6),
    ("anchors", ["parameters"], 1),
    ("lyon_ear", ["rows", "channels_kept"], 1),
    ("lyon_ear", ["first_rows", "last_rows", "centre_first", "centre_last"], 1e-3),
    ("lyon_ear", ["sum_abs_coefficients", "outputs", "output_then_state"], 1e-3),
    ("bsa", ["kernel", "kernel_sum"], 1e-6), ("bsa", ["spikes", "total_spikes", "channels"], 1),
    ("expected", ["samples", "rate", "timestamps", "addresses", "token"], 1),
    ("expected", ["class_digits", "class_alpha", "session", "digit", "index"], 1),
    ("alpha_calibration", ["alpha_opt", "mse_at_opt", "alpha_final", "alpha_after_1"], 1e-4),
  ].flatMap { family, keys, amount in
    keys.map { Tampering(family: family, key: $0, amount: amount) }
  }

  @Test(arguments: tamperings)
  func `A file with one number changed fails`(tampering: Tampering) throws {
    let json = try CommittedFiles.light(tampering.family)
    let paths = json.paths.filter { path in
      guard case .number = json[path] else { return false }
      return path.contains(.key(tampering.key))
    }
    let chosen = [try #require(paths.first), try #require(paths.last)]
    for path in CommittedFiles.slowFamilies.contains(tampering.family) ? [chosen[1]] : chosen {
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

  @Test func `A changed order of spikes, and another network, fail`() throws {
    for (family, key) in [("cases", "spike_order_fnv1a64"), ("cases", "net")] {
      let json = try CommittedFiles.light(family)
      let path = try #require(json.paths.first { $0.last == .key(key) })
      let tampered = try #require(json.changing(path) { _ in .text("sparse-n100-k10") })
      #expect(try !GoldenSuite.all.check(tampered, name: family).result().passed)
    }
    let net = try GoldenValue(
      contentsOf: CommittedFiles.url("cases").deletingLastPathComponent()
        .appendingPathComponent("net-sparse-n100-k10.json")
    ).json
    let path = try #require(net.paths.last { $0.first == .key("pre") })
    let swapped = try #require(
      net.changing(path) { value in
        guard case .number(let number) = value else { return nil }
        return .number(number == 0 ? 1 : number - 1)
      })
    #expect(try !GoldenSuite.all.check(swapped, name: "net-x").result().passed)
  }

  @Test(arguments: ["net_b_3_R4_3_edge_cases", "net_c_4_5_R5_4_3", "net_a_3_R4_2"])
  func `Every network of spike trains is noticed when it changes`(name: String) throws {
    let url = CommittedFiles.folder.appendingPathComponent("st-rsbp/\(name).json")
    let json = try GoldenValue(contentsOf: url).json
    #expect(try GoldenSuite.all.check(json, name: name).result().passed)
    // What a single layer or output has to itself, and what only some networks have.
    for key in [
      "lateral_spsp", "lateral_factor", "output_spike_times_used_backward", "W", "R", "threshold",
      "sample_weight", "output_counts_used_backward", "gW", "Omega",
    ] {
      let path = json.paths.last { path in
        guard case .number = json[path] else { return false }
        return path.contains(.key(key))
      }
      guard let path else { continue }
      let tampered = try #require(
        json.changing(path) { value in
          guard case .number(let number) = value else { return nil }
          return .number(number + 0.25)
        })
      #expect(try !GoldenSuite.all.check(tampered, name: name).result().passed, "\(path)")
    }
  }

  @Test func `A changed digest fails`() throws {
    let json = try CommittedFiles.json("mnist-order")
    let path = try #require(json.paths.first { $0.last == .key("pixel_order_sha256") })
    let tampered = try #require(json.changing(path) { _ in .text("00") })
    #expect(try !GoldenSuite.all.check(tampered, name: "mnist-order").result().passed)
  }

  @Test func `A changed course of a descent fails`() throws {
    let json = try CommittedFiles.light("trajectories")
    let changes: [(key: String, value: GoldenJSON)] = [
      ("monotone", .truth(false)), ("first_increase_step", .number(95)),
    ]
    for (key, value) in changes {
      let path = try #require(json.paths.first { $0.last == .key(key) })
      let tampered = try #require(json.changing(path) { _ in value })
      #expect(try !GoldenSuite.all.check(tampered, name: "trajectories").result().passed)
    }
  }

  @Test(arguments: [("loss", 3), ("acc", 0.5), ("loss_epoch20", 3), ("ratio_20_over_0", 0.3)])
  func `A statistic with its whole range elsewhere fails`(key: String, factor: Double) throws {
    let json = try CommittedFiles.light("desk_instability")
    let path = try #require(json.paths.last { $0.last == .key(key) })
    let tampered = try #require(
      json.changing(path) { listed in
        guard case .object(let members) = listed else { return nil }
        return .object(
          members.mapValues { value in
            guard case .number(let number) = value else { return value }
            return .number(factor * number)
          })
      })
    let result = try GoldenSuite.all.check(tampered, name: "desk_instability").result()
    #expect(!result.passed)
    #expect(result.failures.contains { $0.hasPrefix("results[0]") && $0.contains(".\(key), mean") })
  }

  @Test(arguments: CommittedFiles.families)
  func `The number and order of cases do not matter, and unknown keys are ignored`(
    family: String
  ) throws {
    var json = try CommittedFiles.json(family)
    // Of one case of metrics the sums over all are known, and monte_carlo takes long.
    guard case .array(let cases) = json[[.key("cases")]], cases.count > 1,
      family != "metrics", family != "monte_carlo"
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
    #expect(GoldenSuite.all.check(Data("{".utf8), name: "unknown") == .skipped(name: "unknown"))
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
