import Engine
import Kernels
import Testing

/// Products that go over the entries that are not zero.
@Suite struct ActiveRowsTests {
  /// Counts of which about a share of `active` is not zero.
  private static func counts(_ count: Int, active: Double, lane: Int) -> [Float] {
    var stream = RandomStream(seed: 3, purpose: .rounding, lane: lane)
    return (0..<count).map { _ in
      guard stream.nextUniform() < active else { return 0 }
      return Float(Int(stream.nextUniform() * 7) - 3)
    }
  }

  @Test(arguments: [0.0, 0.1, 0.5, 1.0])
  func `sums are those of the whole product`(active: Double) {
    for (rows, inputs, outputs) in [(1, 1, 1), (1, 9, 5), (3, 40, 17), (2, 67, 130)] {
      let x = Self.counts(rows * inputs, active: active, lane: inputs)
      var stream = RandomStream(seed: 4, purpose: .rounding)
      let weights = (0..<inputs * outputs).map { _ in Float(stream.nextNormal()) }
      var out = (0..<rows * outputs).map { Float($0) }
      add_active_rows(&out, x, weights, rows, inputs, outputs)
      for row in 0..<rows {
        for column in 0..<outputs {
          var sum = Double(row * outputs + column)
          for input in 0..<inputs {
            sum += Double(x[row * inputs + input]) * Double(weights[input * outputs + column])
          }
          let found = Double(out[row * outputs + column])
          #expect(abs(found - sum) < 1e-4 * max(1, abs(sum)))
        }
      }
    }
  }

  /// Sums of another order may tip a count over now and then; nearly all are the same.
  @Test func `a sequence alone has the counts that it has in a batch`() throws {
    let resolutions: [Float] = [2, 4, .infinity]
    let together = try Self.trainer(batch: 12)
    _ = together.evaluate(
      0..<12, split: .test, draw: 0, resolutions: resolutions, isMetered: false)
    let alone = try Self.trainer(batch: 1)
    for (site, units) in [12, 6].enumerated() {
      let all = together.outputs(ofSite: site)
      var equal = 0
      var active = 0
      for sample in 0..<12 {
        _ = alone.evaluate(
          sample..<sample + 1, split: .test, draw: 0, resolutions: resolutions, isMetered: false)
        let outputs = alone.outputs(ofSite: site)
        for (index, output) in outputs.enumerated() {
          let place = (index / units * 12 + sample) * units + index % units
          equal += output == all[place] ? 1 : 0
          active += output == 0 ? 0 : 1
        }
      }
      #expect(equal * 100 >= all.count * 98, "\(equal) of \(all.count)")
      #expect(active > 0 && active < all.count)
    }
  }

  private static func trainer(batch: Int) throws -> Trainer {
    let configuration = TrainingConfiguration.tiny(batch: batch, shards: 1)
    return try Trainer(
      network: try Network(configuration.model, inputs: 1, classes: 2), problem: TinyProblem(),
      configuration: configuration, threads: 1)
  }
}
