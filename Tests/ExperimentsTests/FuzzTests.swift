import Engine
import Experiments
import Foundation
import TestSupport
import Testing

/// Valid files, damaged at random but repeatably.
@Suite struct FuzzTests {
  private static let fragments =
    [
      "[", "]", "[[", "{", "}", "\"", "'", "\"\"\"", "'''", "=", ".", ",", "#", "\n", "\\", " ",
      "\\u0000", "\\U0010FFFF", "inf", "-nan", "1e999", "-0", "9223372036854775807",
      "1979-05-27T07:32:00Z", "07:32:00", "[[0, 1], [1]]", "[]", "{}", "true", "\"off\"", "\u{0}",
      "\u{FEFF}", "\u{e9}", "a.b.c = 1\n", "[quantizer.m.schedule]\n", "\"a\\u0000b\" = 1\n",
      "shape = \"piecewiseConstant\"\n", "shape = \"keypoints\"\n", "points = []\n",
      "values = []\n",
    ] + Catalogue.groups.flatMap { $0.entries.map(\.name) }

  private static func mutate(_ text: String, using generator: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let position = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, position + Int.random(in: 0...12, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.removeSubrange(position..<end)
      case 1:
        let fragment = fragments.randomElement(using: &generator) ?? ""
        bytes.insert(contentsOf: fragment.utf8, at: position)
      case 2:
        let fragment = fragments.randomElement(using: &generator) ?? ""
        bytes.replaceSubrange(position..<end, with: fragment.utf8)
      default: bytes.insert(contentsOf: bytes[position..<end], at: position)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `damaged files are read or refused with places, never worse`() {
    var generator = SeededGenerator(2002)
    let texts = Presets.all.map(\.experiment.toml)
    var accepted = 0
    var refused = 0
    let trials = Trials.count(2000)
    for index in 0..<trials {
      let text = Self.mutate(texts[index % texts.count], using: &generator)
      do throws(ExperimentFailure) {
        let experiment = try ExperimentFile.decode(text, file: "x.toml")
        #expect(try ExperimentFile.decode(experiment.toml, file: "y.toml") == experiment)
        accepted += 1
      } catch {
        refused += 1
        #expect(!error.errors.isEmpty)
        for sentence in error.sentences where !text.contains("\\u0000") {
          #expect(sentence.prefixMatch(of: #/x\.toml:\d+/#) != nil, "\(sentence)\n\(text)")
          #expect(!sentence.contains("\n"))
        }
      }
    }
    #expect(accepted > trials / 40 && refused > trials / 2)
  }
}
