import Foundation
import Golden
import Testing

@Suite("Odd golden files")
struct OddFileTests {
  static let texts = [
    "", "{", "[1,2", "nul", "{\"cases\": [}", "\u{0}", "{\"cases\": 1e999}", "\"text\"", "{}", "[]",
    "{\"cases\": []}", "{\"cases\": null}", "{\"cases\": [3]}",
    String(repeating: "[", count: 100_000),
  ]

  @Test(arguments: CommittedFiles.families, texts)
  func `Text that is not such a file fails with a reason`(family: String, text: String) throws {
    let result = try GoldenSuite.all.check(Data(text.utf8), name: family).result()
    #expect(!result.passed)
    #expect(!result.failures.isEmpty)
    #expect(result.line.contains("FAIL"))
  }

  @Test func `A missing file fails with a reason`() throws {
    let url = CommittedFiles.folder.appendingPathComponent("none/schedules.json")
    let result = try GoldenSuite.all.check(contentsOf: url).result()
    #expect(!result.passed)
    #expect(result.line.contains("cannot be read"))
  }

  @Test func `An error names the key`() throws {
    let json = try CommittedFiles.json("hslmu-cell")
    let without = try #require(json.changing([.key("params"), .key("W_m")]) { _ in nil })
    let result = try GoldenSuite.all.check(without, name: "hslmu-cell").result()
    #expect(result.failures == ["params.W_m is missing"])
  }

  @Test(arguments: CommittedFiles.families)
  func `No value of a wrong kind stops the program`(family: String) throws {
    let whole = try CommittedFiles.json(family)
    let json =
      switch family {
      case "metrics": whole
      case "desk_instability": whole.shortened(to: 1).withFewTrainings(seeds: 1)
      default: whole.shortened(to: 2).hurried
      }
    let odd: [GoldenJSON?] = [
      nil, .null, .text("?"), .truth(true), .number(-1), .number(1e300), .number(0.5), .array([]),
      .object([:]),
    ]
    for path in Self.sample(json) {
      for value in odd {
        guard let changed = json.changing(path, { _ in value }) else { continue }
        let result = try GoldenSuite.all.check(changed, name: family).result()
        #expect(result.passed == result.failures.isEmpty)
      }
    }
  }

  /// Paths that cover every key once and the first elements of arrays.
  static func sample(_ json: GoldenJSON) -> [[GoldenJSON.Step]] {
    var seen: Set<String> = []
    return json.paths.dropFirst().filter { path in
      let keys = path.map { step in
        switch step {
        case .key(let key): key
        case .index: "#"
        }
      }
      return seen.insert(keys.joined(separator: ".")).inserted
    }
  }
}
