import Foundation
import Glibc
import Testing

/// Scans by the real program.
@Suite(.serialized) struct ScanProgramTests {
  private let folder = Program.home.appendingPathComponent("scan-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// A scan of 12 points, each a moment.
  private static let small = [
    "scan", "inhibitory", "--g", "1:4:2", "--delay", "0.1:1:log3", "--n", "20", "--k", "5",
    "--seeds", "2", "--transient", "5", "--duration", "20", "--sampling", "0.1",
  ]
  /// As many points, which take a while each.
  private static let slow = [
    "scan", "inhibitory", "--g", "1:4:2", "--delay", "0.1:1:log3", "--n", "300", "--global",
    "--seeds", "2", "--transient", "50", "--duration", "6000", "--threads", "2",
  ]

  private func rows(_ name: String, shard: String = "1-of-1") throws -> [String] {
    let text = try String(contentsOfFile: path(name) + "/rows-\(shard).csv", encoding: .utf8)
    #expect(text.hasSuffix("\n"))
    return text.split(separator: "\n").dropFirst().map(String.init)
  }

  private func withoutSeconds(_ path: String) throws -> [[Substring]] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let fields = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(fields.first?.firstIndex(of: "seconds"))
    return fields.map { row in row.enumerated().filter { $0.offset != column }.map(\.element) }
  }

  @Test func `a scan prints its rows and says where the table is`() throws {
    let plain = try Program.run(Self.small + ["--out", path("plain")])
    #expect(plain.end == .exited(0), "\(plain.errors)")
    #expect(plain.lines.count == 14 && plain.lines[0].contains("activeFraction"))
    #expect(plain.lines.last == "table: \(path("plain"))/rows-1-of-1.csv")
    #expect(plain.errors.contains("scan of 12 points, 0 of them there already, 12 to do"))
    #expect(try rows("plain").count == 12)
    let again = try Program.run(Self.small + ["--out", path("plain"), "--json"])
    #expect(again.end == .exited(0) && again.lines.count == 2, "\(again.text)")
    #expect(again.lines[0].hasPrefix("{\"event\":\"began\""))
    #expect(again.lines[0].contains("\"left\":0,"))
    #expect(again.lines[1].hasPrefix("{\"event\":\"ended\",\"outcome\":\"completed\""))
    let json = try Program.run(Self.small + ["--out", path("json"), "--json", "--threads", "3"])
    #expect(json.lines.count == 14 && json.lines[1].hasPrefix("{\"event\":\"point\""))
    for line in json.lines {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
    let other = try Program.run(Self.small + ["--out", path("json"), "--set", "inhibitory.seed=9"])
    #expect(other.end == .exited(2) && other.errors.contains("holds another scan"))
  }

  @Test func `shards merged are the whole, and what is missing is told`() throws {
    #expect(try Program.run(Self.small + ["--out", path("whole")]).end == .exited(0))
    for shard in ["1/3", "3/3"] {
      let part = try Program.run(Self.small + ["--out", path("parts"), "--shard", shard])
      #expect(part.end == .exited(0), "\(part.errors)")
    }
    let early = try Program.run("merge", path("parts"), "--out", path("early.csv"))
    #expect(early.end == .exited(1))
    #expect(early.errors.contains("8 of 12 points"), "\(early.errors)")
    #expect(early.errors.contains("4 points are missing: 2, 5, 8, 11"))
    let last = try Program.run(Self.small + ["--out", path("more"), "--shard", "2/3"])
    #expect(last.end == .exited(0), "\(last.errors)")
    let merged = try Program.run(
      "merge", path("parts"), path("more"), "--out", path("merged.csv"))
    #expect(merged.end == .exited(0), "\(merged.errors)")
    #expect(try Program.run("merge", path("whole"), "--out", path("whole.csv")).end == .exited(0))
    #expect(try withoutSeconds(path("merged.csv")) == withoutSeconds(path("whole.csv")))
    #expect(try Program.run("merge", path("whole"), "--out", path("whole.csv")).end == .exited(2))
    let printed = try Program.run("merge", path("whole"))
    #expect(printed.text == (try String(contentsOfFile: path("whole.csv"), encoding: .utf8)))
    #expect(try Program.run("merge", folder.path).end == .exited(2))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal ends a scan with whole rows, and the same command goes on`(
    signal: Int32, status: Int32
  ) throws {
    let name = "signal-\(signal)"
    let terminal = try PseudoTerminal(
      Self.slow + ["--out", path(name), "--plain"], columns: 250, rows: 30)
    let table = path(name) + "/rows-1-of-1.csv"
    let hasRows = terminal.wait { _ in
      let text = (try? String(contentsOfFile: table, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").count > 1
    }
    #expect(hasRows, "\(terminal.screen)")
    terminal.send(signal: signal)
    #expect(terminal.waitForEnd() == .exited(status))
    let first = try rows(name)
    #expect((1..<12).contains(first.count), "\(first.count)")
    #expect(terminal.writtenText.contains("table: \(table)"))
    // As if the machine had failed in the middle of a row.
    let handle = try #require(FileHandle(forWritingAtPath: table))
    handle.seekToEndOfFile()
    handle.write(Data("\(12),4,1,30".utf8))
    try handle.close()
    let rest = try Program.run(Self.slow + ["--out", path(name), "--json"])
    #expect(rest.end == .exited(0), "\(rest.errors)")
    #expect(rest.lines.count == 12 - first.count + 2)
    let all = try rows(name)
    #expect(all.count == 12 && Array(all.prefix(first.count)) == first)
    #expect(Set(all.compactMap { $0.split(separator: ",").first }).count == 12)
  }

  @Test(arguments: [
    ["scan"], ["scan", "no-preset"], ["scan", "digits"], ["scan", "inhibitory", "--g", "1:2"],
    ["scan", "inhibitory", "--g", "-1,2"], ["scan", "inhibitory", "--k", "5", "--global"],
    ["scan", "inhibitory", "--n", "10", "--k", "20"], ["scan", "inhibitory", "--seeds", "0"],
    ["scan", "inhibitory", "--shard", "3/2"], ["scan", "inhibitory", "--threads", "0"],
    ["scan", "inhibitory", "--json", "--plain"], ["scan", "inhibitory", "--over", "nothing=1"],
    ["scan", "inhibitory", "--transient", "-5"], ["scan", "inhibitory-regular", "digits"],
    ["merge"], ["merge", "/nowhere"],
  ])
  func `wrong arguments are refused with a sentence`(arguments: [String]) throws {
    let output = try Program.run(arguments)
    #expect(output.end == .exited(2), "\(output.errors)")
    #expect(output.errors.hasPrefix("interspike: ") && output.text.isEmpty, "\(output.errors)")
  }

  @Test func `without a folder the same command finds its rows again`() throws {
    let arguments = Self.small + ["--set", "inhibitory.seed=5420"]
    let first = try Program.run(arguments)
    #expect(first.end == .exited(0), "\(first.errors)")
    #expect(first.lines.last?.contains("/interspike/scans/inhibitory-") == true)
    #expect(try Program.run(arguments).errors.contains("12 of them there already, 0 to do"))
  }

  @Test func `the script for sbatch is a script that does the same scan`() throws {
    let output = try Program.run(
      Self.small + ["--out", path("it's here"), "--threads", "8", "--slurm", "4"])
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("#SBATCH --array=1-4\n"))
    #expect(!output.text.contains("--slurm") && !output.text.contains("--threads 8"))
    let script = path("array.sh")
    try output.text.write(toFile: script, atomically: false, encoding: .utf8)
    #expect(try Program.runInShell("bash -n '\(script)'").end == .exited(0))
    for task in 1...4 {
      let run = try Program.runInShell("SLURM_ARRAY_TASK_ID=\(task) bash '\(script)'")
      #expect(run.end == .exited(0), "\(run.errors)")
    }
    let merged = try Program.run("merge", path("it's here"), "--out", path("slurm.csv"))
    #expect(merged.end == .exited(0), "\(merged.errors)")
  }

  @Test func `on a terminal a map is shown, and q keeps the rows`() throws {
    let terminal = try PseudoTerminal(
      Self.slow + ["--out", path("screen")], columns: 100, rows: 30)
    #expect(terminal.waits(for: "activeFraction over g"), "\(terminal.screen)")
    #expect(
      terminal.wait { $0.screen.contains(" of 12 points") && !$0.screen.contains(" 0 of 12") })
    terminal.type("\t")
    #expect(terminal.waits(for: "rate over g"), "\(terminal.screen)")
    terminal.type("lk")
    #expect(terminal.waits(for: "g 4  delay 0.31622776"), "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
    #expect(terminal.writtenText.contains("table: \(path("screen"))/rows-1-of-1.csv"))
    #expect(try (1..<12).contains(rows("screen").count))
    let killed = try PseudoTerminal(Self.slow + ["--out", path("screen")], columns: 100, rows: 30)
    #expect(killed.waits(for: "were there before"), "\(killed.screen)")
    killed.send(signal: SIGTERM)
    #expect(killed.waitForEnd() == .killed(signal: SIGTERM))
    try killed.expectRestored()
  }

  @Test func `a map that is done stays until it is left`() throws {
    let terminal = try PseudoTerminal(Self.small + ["--out", path("done")], columns: 90, rows: 24)
    #expect(terminal.waits(for: "12 of 12 points"), "\(terminal.screen)")
    #expect(terminal.waits(for: "q leave"), "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waitForEnd() == .exited(0))
    #expect(try rows("done").count == 12)
  }
}
