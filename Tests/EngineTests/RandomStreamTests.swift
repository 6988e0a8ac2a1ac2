import Engine
import Kernels
import Testing

@Suite struct RandomStreamTests {
  /// Known answers published with Random123, philox4x32 with 10 rounds.
  @Test(arguments: [
    (UInt32(0), UInt64(0), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] as [UInt32]),
    (
      UInt32.max, UInt64.max,
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd] as [UInt32]
    ),
  ])
  func `philox gives its published answers`(counter: UInt32, key: UInt64, expected: [UInt32]) {
    var block = [UInt32](repeating: 0, count: 4)
    random_block(&block, [counter, counter, counter, counter], key)
    #expect(block == expected)
  }

  @Test func `uniforms lie in the unit interval and have its moments`() {
    var values = [Float](repeating: 0, count: 40_001)
    RandomStream(seed: 3, purpose: .voltage, first: 7).fillUniforms(&values, count: values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let square = values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(mean - 0.5) < 0.01)
    #expect(abs(square - 1.0 / 3) < 0.01)
  }

  @Test func `a later block of a stream is the same as the tail from its start`() {
    let stream = RandomStream(seed: 3, purpose: .rounding, lane: 2, first: 1, second: 9)
    var all = [Float](repeating: 0, count: 19)
    var tail = [Float](repeating: 0, count: 11)
    stream.fillUniforms(&all, count: 19)
    stream.fillUniforms(&tail, count: 11, block: 2)
    #expect(Array(all[8...]) == tail)
  }

  @Test func `streams of other counters, purposes and lanes differ`() {
    let streams = [
      RandomStream(seed: 1, purpose: .voltage), RandomStream(seed: 2, purpose: .voltage),
      RandomStream(seed: 1, purpose: .order), RandomStream(seed: 1, purpose: .voltage, lane: 1),
      RandomStream(seed: 1, purpose: .voltage, first: 1),
      RandomStream(seed: 1, purpose: .voltage, second: 1),
    ]
    let firsts = streams.map { stream in
      var stream = stream
      return (0..<3).map { _ in stream.nextWord() }
    }
    #expect(Set(firsts).count == streams.count)
  }

  @Test func `normals have mean 0 and variance 1`() {
    var stream = RandomStream(seed: 11, purpose: .initialization)
    let values = (0..<40_000).map { _ in stream.nextNormal() }
    let mean = values.reduce(0, +) / 40_000
    #expect(abs(mean) < 0.02)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 40_000 - 1) < 0.03)
  }

  @Test func `a shuffle is a permutation that depends on the seed alone`() {
    func shuffled(_ seed: UInt64) -> [Int] {
      var stream = RandomStream(seed: seed, purpose: .order)
      var order = Array(0..<100)
      order.shuffle(with: &stream)
      return order
    }
    #expect(shuffled(1).sorted() == Array(0..<100))
    #expect(shuffled(1) == shuffled(1))
    #expect(shuffled(1) != shuffled(2))
  }
}
