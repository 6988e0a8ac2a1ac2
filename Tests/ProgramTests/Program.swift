import Foundation

/// The built program, and running it without a terminal.
enum Program {
  /// The program beside the tests that were built with it.
  static let path: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("interspike").path
  }()

  /// A folder of this test run only, for what the program keeps between its runs.
  static let home: URL = {
    atexit { try? FileManager.default.removeItem(at: Program.home) }
    return FileManager.default.temporaryDirectory
      .appendingPathComponent("interspike-tests-\(ProcessInfo.processInfo.processIdentifier)")
  }()

  static let environment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": home.path,
    "XDG_DATA_HOME": home.appendingPathComponent("data").path,
    "XDG_STATE_HOME": home.appendingPathComponent("state").path,
    "XDG_CACHE_HOME": home.appendingPathComponent("cache").path,
  ]

  /// The folder of the one run with a seed; tests that run at the same time take others.
  static func runFolder(seed: Int) -> URL? {
    let runs = home.appendingPathComponent("data/interspike/runs")
    let names = try? FileManager.default.contentsOfDirectory(atPath: runs.path)
    return names?.first { $0.hasSuffix("-\(seed)") }.map(runs.appendingPathComponent)
  }

  /// The names of the checkpoints of that run, oldest first.
  static func checkpoints(seed: Int) -> [String] {
    let folder = runFolder(seed: seed)?.appendingPathComponent("checkpoints").path
    let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) }
    return (names ?? []).filter { $0.hasSuffix(".safetensors") }.sorted()
  }

  struct Output {
    var end: ProgramEnd
    var text: String
    var errors: String

    var lines: [Substring] { text.split(separator: "\n") }
  }

  static func run(_ arguments: String...) throws -> Output {
    try run(arguments)
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Output {
    try execute(path, arguments, environment: environment)
  }

  /// Runs a command of the shell, to which `PROGRAM` is the program.
  static func runInShell(_ command: String) throws -> Output {
    try execute("/bin/sh", ["-c", command], environment: ["PROGRAM": path])
  }

  /// The output goes to files, so that no pipe can be full.
  private static func execute(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Output {
    let folder = home.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["output", "errors"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = Self.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    return Output(
      end: process.terminationReason == .exit ? .exited(status) : .killed(signal: status),
      text: try String(contentsOf: files[0], encoding: .utf8),
      errors: try String(contentsOf: files[1], encoding: .utf8))
  }
}
