import Golden
import TestSupport
import Testing

@Suite("Bit metrics and energy")
struct MetricReferenceTests {
  @Test func `Bit lengths double their step`() {
    let lengths = [0, 1, 2, 3, 4, 7, 8, -1, -4, -7].map(ReferenceBitMetrics.bitLength)
    #expect(lengths == [0, 1, 2, 2, 3, 3, 4, 1, 3, 3])
  }

  @Test func `The engine's meters agree with the reference on random counts`() throws {
    var generator = SeededGenerator(31)
    for width in [1, 2, 5, 40, 3000] {
      let units = (0..<4).map { _ in
        (0..<50).map { _ in Int.random(in: -width...width, using: &generator) }
      }
      let fanOut = (0..<4).map { _ in Int.random(in: 1...300, using: &generator) }
      for counts in units {
        let expected = ReferenceRoute().metrics(counts)
        for (metric, found) in try EngineRoute().metrics(counts) {
          let expected = try #require(expected[metric])
          #expect(abs(found - expected) < 1e-9 * max(1, expected), "\(metric)")
        }
      }
      let a = ReferenceRoute().weighted(units, fanOut: fanOut)
      let b = EngineRoute().weighted(units, fanOut: fanOut)
      #expect(abs(a.bitsRange - b.bitsRange) < 1e-9)
      #expect(abs(a.significantBits - b.significantBits) < 1e-9)
      #expect(abs(a.operations.unitOps - b.operations.unitOps) < 1e-6 * a.operations.unitOps)
      #expect(abs(a.operations.shiftAdds - b.operations.shiftAdds) < 1e-6 * a.operations.dense)
      #expect(abs(a.operations.events - b.operations.events) < 1e-6 * a.operations.dense)
      #expect(a.operations.dense == b.operations.dense)
    }
  }

  @Test func `A dense layer with ReLU costs what the specification says`() throws {
    let cpu = try #require(ReferenceEnergy.devices.first { $0.name == "cpu" })
    let layer = ReferenceEnergy.Layer(connections: 784 * 128, neurons: 128, inputRate: 5)
    let joules = ReferenceEnergy.joules([layer], on: cpu, dt: 0.01, steps: 20)
    #expect(abs(joules - 8.64e-4) < 1e-6)
  }
}
