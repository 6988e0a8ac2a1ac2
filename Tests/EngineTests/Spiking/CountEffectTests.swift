import Engine
import Testing

@Suite("How potentials depend on spike counts")
struct CountEffectTests {
  private static func value(_ row: [Double], _ count: Int) -> Double {
    row.reduce(0) { $0 * Double(count) + $1 }
  }

  @Test func `Rows are proportional to the count before the synapse`() {
    let effect = CountEffect(SpikeResponse(steps: 60), trials: 8000)
    #expect((12...15).contains(effect.rows))
    let mean = (1...effect.rows).map { after in
      effect.coefficients.enumerated().reduce(0.0) {
        $0 + Self.value($1.element, after) / Double($1.offset + 1)
      } / Double(effect.rows)
    }
    let scale = mean.reduce(0, +) / Double(effect.rows)
    for (index, row) in effect.coefficients.enumerated() {
      for after in 1...effect.rows {
        let difference = Self.value(row, after) / Double(index + 1) - mean[after - 1]
        #expect(abs(difference) < 0.05 * scale)
      }
    }
  }

  /// The mean is largest near 31 spikes after the synapse (specification, 2.2).
  @Test func `The mean grows, then falls, as spikes reset the membrane`() {
    let effect = CountEffect.table(for: SpikeResponse())
    #expect(effect.rows == 100)
    for before in [10, 50, 100] {
      let factors = effect.slopeFactors(before: before)
      let slopes = (1...60).map { count in factors.reduce(0) { $0 * Double(count) + $1 } }
      #expect(slopes[0] > 0 && slopes[19] > 0 && slopes[44] < 0)
    }
  }

  @Test func `Counts outside the table take its first and last row`() {
    let effect = CountEffect(coefficients: [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]])
    #expect(effect.slopeFactors(before: 0) == [4, 6, 6, 4])
    #expect(effect.slopeFactors(before: 1) == [4, 6, 6, 4])
    #expect(effect.slopeFactors(before: 2) == [24, 21, 16, 9])
    #expect(effect.slopeFactors(before: 90) == [24, 21, 16, 9])
  }

  @Test(arguments: [
    SpikeResponse(steps: 2), SpikeResponse(refractory: 100, steps: 5),
    SpikeResponse(refractory: 0, steps: 20), SpikeResponse(refractory: 100, steps: 2000),
    SpikeResponse(membrane: 1, synapse: 1, steps: 30),
  ])
  func `There is a table for every time constant`(response: SpikeResponse) {
    let effect = CountEffect(response, trials: 5)
    #expect(effect.rows >= 1)
    let numbers = Array(effect.coefficients.joined())
    #expect(numbers.allSatisfy { $0.isFinite })
  }

  @Test func `A table is the same each time`() {
    let response = SpikeResponse(steps: 40)
    #expect(CountEffect(response, trials: 20) == CountEffect(response, trials: 20))
    #expect(CountEffect(response, trials: 20) != CountEffect(response, trials: 20, seed: 1))
  }
}
