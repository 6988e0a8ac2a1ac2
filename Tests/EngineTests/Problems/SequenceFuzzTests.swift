import TestSupport
import Testing

@testable import Engine

/// Valid files, damaged at random but repeatably.
@Suite struct SequenceFuzzTests {
  private static let fragments: [[UInt8]] =
    [
      ",", "\n", "\"", "\"\"", "label", "nan", "1e999", "-", "\r\n", "{", "}", "(", ")", "'",
      "True", "99999999999999999999", "4294967296", "0", "L", ":", "'shape'", "'<f8'", "[('a', ",
      "\u{e9}",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xFF, 0xFF, 0xFF, 0xFF], NPYHeader.magic]

  private static func mutate(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let position = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, position + Int.random(in: 0...8, using: &generator))
      let fragment = fragments.randomElement(using: &generator) ?? []
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.removeSubrange(position..<end)
      case 1: bytes.insert(contentsOf: fragment, at: position)
      case 2: bytes.replaceSubrange(position..<end, with: fragment)
      case 3: bytes.insert(contentsOf: bytes[position..<end], at: position)
      case 4: bytes = Array(bytes[..<position])
      default:
        if position < bytes.count { bytes[position] = UInt8.random(in: 0...255, using: &generator) }
      }
    }
    return bytes
  }

  private static let arrays = [
    npy("<f4", "(2, 3)", words((0..<6).map { Float($0) })),
    npy(">i2", "(2, 3, 2)", version: 2, words((0..<12).map { Int16($0) }, isBigEndian: true)),
    npy("|b1", "(2, 1)", version: 3, [[0], [1]]),
    npy("<i8", "(4,)", words([1, 2, 1, 5])),
    npy("<f8", "(1, 2)", words([0.5, -1e9])),
  ]

  private static let texts = [
    "label,x,y\na,1,2\nb,3,4\n", "1.5,2,3\n-1e-3,4,5\n", "\"a, b\",1,2\r\n\"c\"\"d\",3,4\r\n",
    "7\n8\n7\n", "x\n\"y\"\n",
  ].map { Array($0.utf8) }

  /// Reads bytes in every way; says how many ways went well.
  private func readings(of bytes: [UInt8]) -> Int {
    var count = 0
    func attempt(_ body: () throws(DataError) -> Void) {
      do throws(DataError) {
        try body()
        count += 1
      } catch {
        #expect(!description(of: error).contains("\n"))
      }
    }
    for channels in [1, 2] {
      attempt { () throws(DataError) in
        guard NPYHeader.isNPY(bytes) else { throw .sequences("f", .noRows) }
        check(try NPYFile.values(bytes, file: "f", channels: channels, limit: 1 << 30))
      }
      for labelFile in [nil, "l"] {
        attempt { () throws(DataError) in
          let (values, labels) = try CSVFile.read(
            bytes, file: "f", channels: channels, labelFile: labelFile)
          check(values)
          if let labels { _ = try SequenceClasses(of: labels).indices(of: labels) }
        }
      }
    }
    attempt { () throws(DataError) in
      guard NPYHeader.isNPY(bytes) else { throw .sequences("f", .noRows) }
      _ = try NPYFile.labels(bytes, file: "f", limit: 1 << 30)
    }
    attempt { () throws(DataError) in
      _ = try SequenceClasses(of: CSVFile.labels(bytes, file: "f"))
    }
    return count
  }

  private func check(_ read: SequenceValues) {
    let shape = read.shape
    #expect(read.values.count == shape.samples * shape.steps * shape.channels)
    let isFinite = read.values.allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test func `damaged files are read or refused, never worse`() {
    var generator = SeededGenerator(2026)
    for files in [Self.arrays, Self.texts] {
      let trials = Trials.count(15_000)
      var accepted = 0
      for index in 0..<trials {
        let bytes = Self.mutate(files[index % files.count], using: &generator)
        accepted += readings(of: bytes) > 0 ? 1 : 0
      }
      #expect(accepted > trials / 200 && accepted < trials - 20)
    }
  }
}
