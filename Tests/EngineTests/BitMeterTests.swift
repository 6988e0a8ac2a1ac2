import Engine
import Foundation
import Golden
import Testing

@Suite struct BitMeterTests {
  /// Outputs n / w of `units` units over `steps` steps, with counts from a few to a few hundred.
  private func counts(units: Int, steps: Int, spread: Double) -> [[Int]] {
    var stream = RandomStream(seed: 8, purpose: .rounding)
    return (0..<units).map { unit in
      (0..<steps).map { _ in Int((stream.nextNormal() * spread * Double(unit + 1)).rounded()) }
    }
  }

  @Test(arguments: [0.3, 2.0, 90.0])
  func `metrics of a site are the means of its units' metrics`(spread: Double) throws {
    let counts = counts(units: 5, steps: 60, spread: spread)
    let w: Float = 4
    let meter = BitMeter(units: 5)
    for t in 0..<60 {
      let row = counts.map { Float($0[t]) / w }
      meter.add(row, w: w, rows: 1, stride: 5)
    }
    let metrics = try #require(meter.metrics())
    let isSigned = counts.contains { $0.contains { $0 < 0 } }
    let units = counts.map { ReferenceBitMetrics($0) }
    func mean(_ value: (ReferenceBitMetrics) -> Double) -> Double {
      units.reduce(0) { $0 + value($1) } / 5
    }
    #expect(abs(metrics.bitsRange - mean(\.bitsRange)) < 1e-12)
    #expect(abs(metrics.bitsDistinct - mean(\.bitsDistinct)) < 1e-12)
    #expect(abs(metrics.bitsEntropy - mean(\.bitsEntropy)) < 1e-12)
    #expect(abs(metrics.significantBits - mean(\.significantBits)) < 1e-12)
    #expect(abs(metrics.popcount - mean(\.popcount)) < 1e-12)
    #expect(abs(metrics.spikeRate - mean(\.spikeRate)) < 1e-12)
    #expect(abs(metrics.zeroFraction - mean(\.zeroFraction)) < 1e-12)
    let signs = isSigned ? 1 - metrics.zeroFraction : 0
    #expect(abs(metrics.significantBitsSigned - metrics.significantBits - signs) < 1e-12)
  }

  @Test func `meters of shards add up to the meter of the whole`() {
    let counts = counts(units: 3, steps: 40, spread: 20)
    let (whole, first, second) = (BitMeter(units: 3), BitMeter(units: 3), BitMeter(units: 3))
    for t in 0..<40 {
      let row = counts.map { Float($0[t]) }
      whole.add(row, w: 1, rows: 1, stride: 3)
      (t < 11 ? first : second).add(row, w: 1, rows: 1, stride: 3)
    }
    first.add(second)
    #expect(first.metrics() == whole.metrics())
  }

  @Test func `a reset meter has nothing to say`() {
    let meter = BitMeter(units: 2)
    #expect(meter.metrics() == nil)
    meter.add([1, 2], w: 1, rows: 1, stride: 2)
    #expect(meter.metrics() != nil)
    meter.reset()
    #expect(meter.metrics() == nil)
  }

  @Test func `counts that no histogram holds are taken as the largest it does`() throws {
    let meter = BitMeter(units: 4)
    meter.add([.nan, .infinity, -3e9, 1], w: 1, rows: 1, stride: 4)
    let metrics = try #require(meter.metrics())
    #expect(metrics.spikeRate == (3 * 4095 + 1) / 4.0)
    #expect(metrics.zeroFraction == 0)
  }
}
