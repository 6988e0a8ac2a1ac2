import Foundation
import Runs
import Testing

@testable import RunStore

@Suite struct TextTests {
  private let store = StoreFolder()

  private func rows() throws -> [RunRow] {
    try store.write(
      "digits-20261127-180634-1",
      events: [
        EventLine.began(), EventLine.evaluated(0.9123, step: 10, at: 1),
        EventLine.ended(test: 0.97, at: 3),
      ], about: #"{"tags":["keep","another-tag"]}"#)
    try store.write("b", events: [EventLine.began(at: 60)])
    let index = try store.openIndex()
    try index.refresh()
    return try index.list()
  }

  /// Half an hour after the runs of ``EventLine``.
  private let now = 1_795_804_200.0

  private func lines(_ table: RunTable) -> [String] {
    table.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test func `a list has a line for each run`() throws {
    let lines = lines(RunTable(try rows(), width: nil, now: now))
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("name                      experiment"))
    #expect(lines[0].contains("best %  last %  test %  w=inf %  bits  tags"))
    #expect(lines[1].hasPrefix("b                         digits"))
    #expect(lines[2].contains("completed") && lines[2].hasSuffix("keep another-tag"))
    #expect(lines[2].contains("91.23   91.23   97.00"), "\(lines)")
    #expect(lines[2].contains("29 min"), "\(lines)")
  }

  @Test(arguments: [0, 1, 10, 20, 40, 60, 80, 90, 100, 104, 200])
  func `a list is never wider than its page`(width: Int) throws {
    let lines = lines(RunTable(try rows(), width: width, now: now))
    #expect(lines.allSatisfy { $0.count <= width }, "\(lines)")
    if width >= 60 {
      #expect(lines.allSatisfy { !$0.contains("\u{2026}") || $0.hasSuffix("\u{2026}") })
      #expect(lines[2].contains("completed") && lines[2].contains("91.23"))
    }
  }

  @Test func `an empty list has titles`() {
    #expect(lines(RunTable([], width: 20, now: 0)).count == 1)
  }

  @Test func `all that is known of a run is told`() throws {
    let folder = try store.write(
      "digits",
      events: [
        EventLine.began(batch: 50, parent: "older"), EventLine.evaluated(0.9, step: 10, at: 1),
        EventLine.edited(step: 15, at: 2), EventLine.saved(step: 10, "interval", at: 3), "?",
        EventLine.resumed(step: 10, at: 9), EventLine.edited(step: 12, at: 10),
      ], about: #"{"note":"one\ntwo \u001b[31m","tags":["keep"]}"#)
    try FileManager.default.createDirectory(
      atPath: folder + "/checkpoints", withIntermediateDirectories: true)
    try store.write("12345", to: folder + "/checkpoints/step-00000010.safetensors")
    let details = RunDetails(try StoredRun(folder: folder), forks: [("younger", 12)])
    let lines = RunDetailsText(details, now: now).lines
    for line in [
      "digits", "  state        interrupted", "  forked from  older at step 20",
      "  fork         younger at step 12", "  resumed      from step 10", "  note         one",
      "               two \u{FFFD}[31m", "  training.batch = 50 (preset: 32)",
      "  step 15  {\"undo\":{}}  given up: resumed from before it", "  step 12  {\"undo\":{}}",
      "  step        10         5 B  interval", "  1 damaged line of events.jsonl left out",
    ] { #expect(lines.contains(line), "\(line) in \(lines.joined(separator: "\n"))") }
    let json = try JSONSerialization.jsonObject(with: Data(details.json.utf8)) as? [String: Any]
    let object = try #require(json)
    #expect(object["state"] as? String == "interrupted")
    #expect((object["changed"] as? [String])?.contains("training.batch") == true)
    #expect((object["settings"] as? [String: Any])?["training"] != nil)
    #expect((object["checkpoints"] as? [[String: Any]])?.first?["bytes"] as? Int == 5)
    #expect((object["forks"] as? [[String: Any]])?.first?["run"] as? String == "younger")
  }
}
