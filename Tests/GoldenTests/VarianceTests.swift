import Foundation
import Golden
import TestSupport
import Testing

/// The variance table of the hybrid-spiking specification, section 1.4, by simulation of many
/// units that all have the constant activity w a = 0.37 over 25 steps.
@Suite("Variances of the quantizers")
struct VarianceTests {
  private static let units = 40_000
  private static let steps = 25
  private static let activity = 0.37

  private struct Moments {
    private var sum = 0.0
    private var squares = 0.0
    private var count = 0.0

    mutating func add(_ value: Double) {
      sum += value
      squares += value * value
      count += 1
    }
    var mean: Double { sum / count }
    var variance: Double { squares / count - mean * mean }
  }

  /// Moments of a step's count and of the sum over all steps.
  private func simulate(
    _ counts: (inout SeededGenerator) -> [Double]
  ) -> (step: Moments, total: Moments) {
    var generator = SeededGenerator(2002)
    var (step, total) = (Moments(), Moments())
    for _ in 0..<Self.units {
      let counts = counts(&generator)
      step.add(counts[Self.steps / 2])
      total.add(counts.reduce(0, +))
    }
    return (step, total)
  }

  @Test func `Diffused error is bounded however many steps there are`() {
    let rates = [Double](repeating: Self.activity, count: Self.steps)
    let moments = simulate { generator in
      ReferenceQuantizer.diffused(rates, resolution: 1, voltage: generator.uniform()).counts
    }
    let share = (Self.activity * Double(Self.steps)).truncatingRemainder(dividingBy: 1)
    #expect(abs(moments.step.mean - Self.activity) < 0.005)
    #expect(abs(moments.step.variance - Self.activity * (1 - Self.activity)) < 0.003)
    #expect(abs(moments.total.variance - share * (1 - share)) < 0.003)
  }

  @Test func `Stochastic rounding adds up variance step by step`() {
    let rates = [Double](repeating: Self.activity, count: Self.steps)
    let moments = simulate { generator in
      ReferenceQuantizer.stochastic(
        rates, resolution: 1, uniforms: generator.uniforms(Self.steps)
      ).counts
    }
    let variance = Self.activity * (1 - Self.activity)
    #expect(abs(moments.step.variance - variance) < 0.003)
    #expect(abs(moments.total.variance - Double(Self.steps) * variance) < 0.15)
  }

  @Test func `Rounding to nearest has no variance but a bias that stays`() {
    let rates = [Double](repeating: Self.activity, count: Self.steps)
    let counts = ReferenceQuantizer.nearest(rates, resolution: 1).counts
    #expect(counts.allSatisfy { $0 == 0 })
  }
}
