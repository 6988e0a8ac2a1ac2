import RunStore
import TestSupport
import Testing

/// Files of a run that are damaged in any way are read as far as possible, and never trap.
@Suite struct MutationTests {
  private static let rounds = Trials.count(100_000)

  private static let events = Array(
    ([
      #"{"event":"began","seed":7,"experiment":{"name":"d","training":{"batch":32}},"steps":9,"#
        + #""parent":{"run":"o","step":2},"time":"2026-11-27T18:06:34.123Z"}"#,
      #"{"event":"evaluated","epoch":1,"step":4,"split":"test","spiking":{"accuracy":0.9}}"#,
      #"{"event":"edited","step":5,"edit":{"undo":{}}}"#,
      #"{"event":"saved","step":5,"reason":"best"}"#, #"{"event":"resumed","step":4}"#,
      #"{"event":"ended","outcome":"completed","seconds":41.5,"metrics":{"test":{"a":1}}}"#,
    ].joined(separator: "\n") + "\n").utf8)

  private static let about = Array(#"{"note":"a \u00e9 note","tags":["keep","old"]}"#.utf8)

  @Test func `damaged events never trap`() {
    var generator = SeededGenerator(41)
    var outcomes = (whole: 0, damaged: 0, metrics: 0)
    for _ in 0..<Self.rounds {
      let bytes = Self.damaged(Self.events, &generator)
      let summary = RunSummary.read(events: bytes, folder: "/r/a")
      outcomes.whole += summary.damagedLines == 0 ? 1 : 0
      outcomes.damaged += summary.damagedLines
      outcomes.metrics += summary.metrics.count
    }
    #expect(
      outcomes.whole > 0 && outcomes.damaged > 1000 && outcomes.metrics > 1000, "\(outcomes)")
  }

  @Test func `a damaged note never traps`() {
    var generator = SeededGenerator(42)
    var outcomes = (taken: 0, refused: 0)
    for _ in 0..<Self.rounds {
      let bytes = Self.damaged(Self.about, &generator)
      guard let about = try? AboutFile(bytes, path: "about.json") else {
        outcomes.refused += 1
        continue
      }
      outcomes.taken += about.note.utf8.count <= AboutFile.longestNote ? 1 : 0
      outcomes.taken += about.tags.count > AboutFile.mostTags ? 1 : 0
    }
    #expect(outcomes.taken > 1000 && outcomes.refused > 1000, "\(outcomes)")
  }

  /// A few bytes are replaced, removed, doubled, exchanged or cut off, or numbers grow.
  private static func damaged(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + generator.below(4)) {
      guard !bytes.isEmpty else { break }
      let place = generator.below(bytes.count)
      switch generator.below(9) {
      case 0: bytes[place] = UInt8(generator.below(256))
      case 1: bytes[place] = UInt8(ascii: "0") + UInt8(generator.below(10))
      case 2: bytes[place] ^= 1 << UInt8(generator.below(8))
      case 3: bytes.remove(at: place)
      case 4: bytes.insert(bytes[place], at: place)
      case 5: bytes.swapAt(place, generator.below(bytes.count))
      case 6: bytes.insert(contentsOf: "99999999999999999999".utf8, at: place)
      case 7: bytes.insert(contentsOf: #"{"[-1e999,"#.utf8, at: place)
      default:
        if generator.below(4) == 0 { bytes.removeLast(bytes.count - place) }
      }
    }
    return bytes
  }
}
