import Engine
import Runs
import TestSupport
import Testing

/// Files of weights that are damaged in any way are refused or taken, and never trap.
@Suite struct WeightsFuzzTests {
  private static let rounds = 4000

  private func network() throws -> Network {
    let site = QuantizerSite(kind: .diffused, resolution: Schedule(.hold(1)))
    return try Network(.rnn(RNNConfiguration(hidden: 3, h: site)), inputs: 2, classes: 2)
  }

  private func file(of network: Network) -> [UInt8] {
    let weights = network.makeWeights(seed: 3)
    let tensors = network.layout.entries.map { entry in
      Checkpoint.Tensor(
        name: entry.name, shape: [entry.rows, entry.columns],
        values: (0..<entry.count).map { weights.buffer.base[entry.offset + $0] })
    }
    return SafetensorsWriter.bytes(
      of: Checkpoint(tensors: tensors, metadata: ["step": "3", "w.h": "1"]))
  }

  @Test func `damaged files of weights never trap, and what is taken is finite`() throws {
    let network = try network()
    let whole = file(of: network)
    let weights = network.makeWeights(seed: 1)
    var generator = SeededGenerator(20)
    var outcomes = (taken: 0, misfits: 0, unreadable: 0)
    for _ in 0..<Self.rounds {
      let bytes = Self.damaged(whole, &generator)
      do {
        try weights.take(try SafetensorsReader.parse(bytes, from: "f"))
        outcomes.taken += 1
      } catch is WeightMismatch {
        outcomes.misfits += 1
      } catch is SafetensorsError {
        outcomes.unreadable += 1
      }
      for entry in network.layout.entries {
        for index in 0..<entry.count {
          try #require(weights.buffer.base[entry.offset + index].isFinite)
        }
      }
    }
    #expect(outcomes.taken > 0 && outcomes.misfits > 0 && outcomes.unreadable > 0, "\(outcomes)")
  }

  /// A few bytes are replaced, removed, doubled or cut off.
  private static func damaged(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      guard !bytes.isEmpty else { break }
      // The header is where most of what can be wrong is.
      let isHeader = Int.random(in: 0..<3, using: &generator) > 0
      let end = isHeader ? min(bytes.count, 500) : bytes.count
      let place = Int.random(in: 0..<end, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[place] = UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &generator)
      case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 3: bytes.remove(at: place)
      case 4: bytes.insert(bytes[place], at: place)
      default:
        if Int.random(in: 0..<4, using: &generator) == 0 { bytes.removeLast(bytes.count - place) }
      }
    }
    return bytes
  }
}
