package import Foundation

/// Where the folder of a run goes and what lies in it: paths only, nothing touches the disk.
package enum RunLocation {
  /// The folder of all runs: `$XDG_DATA_HOME/interspike/runs`, by default below
  /// `$HOME/.local/share`. Relative values are ignored, as the XDG base directory specification
  /// asks.
  package static func runsFolder(
    environment: [String: String]
  ) throws(FileError) -> String {
    let absolute = { (name: String) in
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if let data = absolute("XDG_DATA_HOME") { return data + "/interspike/runs" }
    if let home = absolute("HOME") { return home + "/.local/share/interspike/runs" }
    throw .noDataFolder
  }

  /// Name of a run: `<name>-<YYYYMMDD-HHMMSS>-<seed>`, in the time of the given zone.
  package static func runName(
    experiment: String, seed: UInt64, date: Date, in timeZone: TimeZone
  ) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: date)
    let day = padded(parts.year, 4) + padded(parts.month, 2) + padded(parts.day, 2)
    let time = padded(parts.hour, 2) + padded(parts.minute, 2) + padded(parts.second, 2)
    return "\(fileName(experiment))-\(day)-\(time)-\(seed)"
  }

  package static func experimentFile(in folder: String) -> String {
    folder + "/experiment.toml"
  }

  package static func eventsFile(in folder: String) -> String {
    folder + "/events.jsonl"
  }

  package static func readingsFolder(in folder: String) -> String {
    folder + "/readings"
  }

  /// Held by the process that trains the run.
  package static func lockFile(in folder: String) -> String {
    folder + "/run.lock"
  }

  package static func checkpointsFolder(in folder: String) -> String {
    folder + "/checkpoints"
  }

  /// Zero-padded so that names sort by step.
  package static func checkpointFile(in folder: String, step: Int) -> String {
    checkpointsFolder(in: folder) + "/step-\(padded(step, 8)).safetensors"
  }

  /// The step of a checkpoint by the name of its file; `nil` for another file.
  static func step(ofCheckpoint name: String) -> Int? {
    guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
    let digits = name.dropFirst("step-".count).dropLast(".safetensors".count)
    return digits.allSatisfy { ("0"..."9").contains($0) } ? Int(digits) : nil
  }

  /// The same by a path.
  static func step(ofCheckpointFile path: String) -> Int? {
    step(ofCheckpoint: URL(fileURLWithPath: path).lastPathComponent)
  }

  /// A name that is one visible path component whatever the experiment is called.
  private static func fileName(_ name: String) -> String {
    let kept = name.map { character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "-"
    }
    let text = String(String(kept.drop { $0 == "." || $0 == "-" }).prefix(80))
    return text.isEmpty ? "run" : text
  }

  private static func padded(_ number: Int?, _ width: Int) -> String {
    let digits = String(number ?? 0)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
