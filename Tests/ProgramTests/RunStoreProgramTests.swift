import Foundation
import Testing

/// The commands on the run store, each test with a store of its own.
@Suite struct RunStoreProgramTests {
  private let data: URL
  private var runs: URL { data.appendingPathComponent("interspike/runs") }

  init() throws {
    data = Program.home.appendingPathComponent("runs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
  }

  /// Runs a command line of the program with this store.
  private func program(_ arguments: String) throws -> Program.Output {
    try Program.runInShell("XDG_DATA_HOME='\(data.path)' \"$PROGRAM\" \(arguments)")
  }

  private func write(
    _ name: String, accuracy: Double, outcome: String?, at second: Int
  ) throws {
    let folder = runs.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try "name = \"digits\"\n".write(
      to: folder.appendingPathComponent("experiment.toml"), atomically: true, encoding: .utf8)
    let time = #""time":"2026-11-27T18:00:0\#(second).000Z"}"#
    var lines = [
      #"{"event":"began","seed":3,"experiment":{"name":"digits","training":{"batch":\#(second)}},"#
        + #""parameters":26315,"model":"LMU","steps":20,"epochs":2,\#(time)"#,
      #"{"event":"evaluated","epoch":1,"step":10,"split":"validation","#
        + #""spiking":{"accuracy":\#(accuracy)},\#(time)"#,
    ]
    if let outcome {
      lines.append(#"{"event":"ended","outcome":"\#(outcome)","seconds":4,"metrics":{},\#(time)"#)
    }
    try lines.map { $0 + "\n" }.joined().write(
      to: folder.appendingPathComponent("events.jsonl"), atomically: true, encoding: .utf8)
  }

  private func writeRuns() throws {
    try write("a", accuracy: 0.5, outcome: "completed", at: 1)
    try write("b", accuracy: 0.7, outcome: "diverged", at: 2)
    try write("c", accuracy: 0.6, outcome: nil, at: 3)
  }

  private func names(_ output: Program.Output) -> [String] {
    output.lines.dropFirst().compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test func `stored runs are listed, sorted and picked`() throws {
    let empty = try program("runs")
    #expect(empty.end == .exited(0) && empty.text.isEmpty)
    #expect(empty.errors.contains("no run is stored in \(runs.path) yet"))
    try writeRuns()
    #expect(names(try program("runs")) == ["c", "b", "a"])
    #expect(names(try program("runs --sort best --limit 2")) == ["b", "c"])
    #expect(names(try program("runs --sort name --reverse")) == ["c", "b", "a"])
    let picked = try program("runs --where 'best > 0.55 and not state = diverged'")
    #expect(names(picked) == ["c"] && picked.text.contains("interrupted"))
    #expect(names(try program("runs --where 'training.batch <= 2' --rebuild")) == ["b", "a"])
    let json = try program("runs --json --where 'name = b'")
    let object = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
    #expect(object?["state"] as? String == "diverged" && object?["best"] as? Double == 0.7)
    #expect(object?["note"] is NSNull && json.lines.count == 1)
  }

  @Test func `what is wrong is told and nothing is printed`() throws {
    try writeRuns()
    for (arguments, words) in [
      ("runs --sort bset", "no column, metric or setting is called 'bset'; did you mean best?"),
      ("runs --where 'best > x'", "best: found 'x', expected a number\n  best > x\n         ^"),
      ("runs --where 'best >'", "found the end, expected a value to compare best with"),
      ("runs --limit -1", "--limit"), ("show", "run"), ("show nothing", "no run 'nothing'"),
      ("tag a 'x y'", "expected a tag"), ("tag a none --remove", "has no tag 'none'"),
      ("note a x --clear", "exclude each other"), ("rm", "Expected the name of a run"),
    ] {
      let output = try program(arguments)
      #expect(output.end == .exited(2) && output.text.isEmpty, "\(arguments)")
      #expect(output.errors.contains(words), "\(arguments): \(output.errors)")
    }
  }

  @Test func `notes and tags are kept with the run and found`() throws {
    try writeRuns()
    #expect(try program("note a one two").end == .exited(0))
    #expect(try program("note a").text == "one two\n")
    #expect(try program("tag a keep good").end == .exited(0))
    #expect(try program("tag a good --remove").end == .exited(0))
    #expect(try program("tag a").text == "keep\n")
    #expect(names(try program("runs --where 'tag = keep and note ~ TWO'")) == ["a"])
    let about = try String(
      contentsOf: runs.appendingPathComponent("a/about.json"), encoding: .utf8)
    #expect(about == "{\"note\":\"one two\",\"tags\":[\"keep\"]}\n")
    #expect(try program("note a --clear").end == .exited(0))
    #expect(try program("note a").text.isEmpty)
    let shown = try program("show a")
    #expect(shown.text.contains("  tags         keep\n"), "\(shown.text)")
    #expect(shown.text.contains("validation.spiking.accuracy"))
  }

  @Test func `removed runs are in the trash until it is purged`() throws {
    try writeRuns()
    let removed = try program("rm a b a")
    #expect(removed.end == .exited(0) && removed.lines.count == 2, "\(removed.errors)")
    let target = try #require(removed.lines[0].split(separator: ": ").last.map(String.init))
    #expect(target.hasPrefix(data.path + "/interspike/trash/a-"))
    #expect(FileManager.default.fileExists(atPath: target + "/events.jsonl"))
    #expect(names(try program("runs")) == ["c"])
    #expect(try program("rm --purge-trash").text == "deleted 2 runs in the trash\n")
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test func `a trained run is in the list, and a damaged index does not matter`() throws {
    let trained = try program("run --plain --epochs 1 --seed 9071")
    #expect(trained.end == .exited(0), "\(trained.errors)")
    let list = try program("runs --where 'seed = 9071 and state = completed'")
    #expect(list.lines.count == 2, "\(list.text) \(list.errors)")
    let index = data.appendingPathComponent("interspike/runs.sqlite")
    try Data("no database at all, but text".utf8).write(to: index)
    let again = try program("runs --where 'test.spiking.accuracy > 0'")
    #expect(again.end == .exited(0) && again.lines.count == 2, "\(again.text)")
    let renamed = "\(index.path), is damaged; it is now called \(index.path).damaged-"
    #expect(again.errors.contains(renamed), "\(again.errors)")
    #expect(try program("runs").errors.isEmpty)
  }

  @Test func `lists and changes of several processes at once agree`() throws {
    try writeRuns()
    let output = try Program.runInShell(
      "export XDG_DATA_HOME='\(data.path)'; seq 0 7 | xargs -P 8 -I NUMBER sh -c '\"$PROGRAM\" tag c"
        + " tNUMBER && \"$PROGRAM\" runs > /dev/null && \"$PROGRAM\" runs --rebuild > /dev/null'"
        + "; \"$PROGRAM\" tag c | sort")
    #expect(output.text == (0..<8).map { "t\($0)\n" }.joined(), "\(output.errors)")
    #expect(output.errors.isEmpty, "\(output.errors)")
    #expect(names(try program("runs")) == ["c", "b", "a"])
  }
}
