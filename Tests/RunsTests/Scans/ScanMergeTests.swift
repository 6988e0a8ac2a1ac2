import Experiments
import Foundation
import Testing

@testable import Runs

@Suite struct ScanMergeTests {
  @Test func `shards together equal the whole`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work()
    let whole = harness.scanFolder("whole")
    try ScanHarness.run(work, in: whole)
    let parts = ["one", "two"].map(harness.scanFolder)
    for index in 1...5 {
      let shard = try #require(ScanShard("\(index)/5"))
      try ScanHarness.run(work, in: parts[index % 2], shard: shard, threads: 2)
    }
    #expect(try ScanMerge(folders: [parts[0]]).missing == [1, 3, 5, 6, 8, 10, 11])
    let merge = try ScanMerge(folders: parts)
    #expect(merge.missing.isEmpty && merge.duplicates == 0)
    #expect(
      ScanHarness.withoutSeconds(merge.text)
        == ScanHarness.withoutSeconds(try ScanHarness.text(whole.rowsFile(of: .whole))))
    // All points are there twice then, and the time of the first is kept.
    let both = try ScanMerge(folders: [whole] + parts)
    #expect(both.duplicates == 12)
    #expect(both.text == (try ScanMerge(folders: [whole])).text)
  }

  @Test func `rows that differ are refused with file and line`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work()
    let folder = harness.scanFolder("differing")
    try ScanHarness.run(work, in: folder)
    let path = folder.rowsFile(of: .whole)
    var lines = try ScanHarness.text(path).split(separator: "\n").map(String.init)
    var fields = lines[4].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let spikes = try #require(work.columns.names.firstIndex(of: "spikes"))
    let known = fields[spikes]
    fields[spikes] = "1"
    lines = [lines[0], fields.joined(separator: ",")]
    let other = folder.path + "/rows-2-of-2.csv"
    try lines.map { $0 + "\n" }.joined().write(toFile: other, atomically: false, encoding: .utf8)
    #expect(
      throws: ScanFileError.differing(
        point: 4, column: "spikes", first: .init(path: path, line: 5, value: known),
        second: .init(path: other, line: 2, value: "1"))
    ) { try ScanMerge(folders: [folder]) }
  }

  @Test func `damaged lines are passed over and foreign tables refused`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work()
    let folder = harness.scanFolder("damaged")
    try ScanHarness.run(work, in: folder)
    let path = folder.rowsFile(of: .whole)
    let whole = try ScanHarness.text(path)
    var lines = whole.split(separator: "\n").map(String.init)
    lines[3] = "3,1,2"
    lines[5] = String(repeating: "\0", count: 40)
    lines[6] = "99" + lines[6].dropFirst(1)
    try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: false, encoding: .utf8)
    let merge = try ScanMerge(folders: [folder])
    #expect(merge.damagedLines.map(\.line) == [4, 6, 7] && merge.missing == [3, 5, 6])
    try ("point,g\n" + whole).write(toFile: path, atomically: false, encoding: .utf8)
    #expect(
      throws: ScanFileError.foreignTable(
        path: path, found: "point,g", expected: work.columns.header)
    ) { try ScanMerge(folders: [folder]) }
  }

  @Test func `folders of other plans and none are refused`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let (one, two) = (harness.scanFolder("one"), harness.scanFolder("two"))
    try one.prepare(try ScanHarness.work())
    try two.prepare(try ScanHarness.work(couplings: "1,2"))
    #expect(throws: ScanFileError.differentPlans(first: one.path, second: two.path)) {
      try ScanMerge(folders: [one, two])
    }
    let none = harness.scanFolder("none")
    #expect(throws: ScanFileError.notAScan(folder: none.path)) { try ScanMerge(folders: [none]) }
  }

  @Test func `shards take every n-th point`() {
    #expect(ScanShard("2/3")?.points(of: 8) == [2, 5, 8])
    #expect(ScanShard("3/3")?.points(of: 2) == [])
    for text in ["", "0/3", "4/3", "1", "1/0", "-1/3", "1/2/3", "a/b", "1/", "1/9999999"] {
      #expect(ScanShard(text) == nil, "\(text)")
    }
  }

  @Test func `missing points are told as ranges`() {
    #expect(ScanMerge.ranges([1, 2, 3, 7, 9, 10], most: 5) == "1-3, 7, 9-10")
    #expect(ScanMerge.ranges([1, 3, 5], most: 2) == "1, 3, ...")
  }

  @Test func `lines tell rows for people and programs`() throws {
    let work = try ScanHarness.work()
    let row = try #require(try work.row(of: 1) { false })
    let text = ScanText(work.columns)
    #expect(text.line(row).count == text.titles.count)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.json(row).utf8)) as? [String: Any])
    #expect(text.json(row).hasPrefix("{\"event\":\"point\",\"point\":1,\"g\":1,"))
    #expect(object["delay"] as? Double == 0 && object["seed"] as? Int == 3)
    #expect(object["rate"] as? Double == row.number(at: 7))
    var progress = ScanProgress(points: 10)
    #expect(progress.text == "0 of 10 points, 0 %")
    (progress.measured, progress.seconds) = (4, 2)
    #expect(progress.text == "4 of 10 points, 40 %, 2 a second, 0:03 left")
  }
}
