import ArgumentParser
import Foundation
import Glibc

/// A program that prints a line for each thing it measured, and may be halted between two lines.
final class Child {
  private let process = Process()
  private let output = Pipe()
  private var text = ""
  private let title: String

  init(_ program: String, _ arguments: [String]) throws {
    title = ([program] + arguments).joined(separator: " ")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = output
    try process.run()
  }

  /// The next line of its output; nil after the last.
  func nextLine() throws -> String? {
    while true {
      if let end = text.firstIndex(of: "\n") {
        let line = String(text[..<end])
        text = String(text[text.index(after: end)...])
        return line
      }
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return try finish() }
      text += String(decoding: data, as: UTF8.self)
    }
  }

  private func finish() throws -> String? {
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ValidationError("`\(title)` ended with status \(process.terminationStatus)")
    }
    return nil
  }

  private func halt() { kill(process.processIdentifier, SIGSTOP) }
  private func resume() { kill(process.processIdentifier, SIGCONT) }

  /// Takes turns with it: after each line with a median that begins with one of `titles` it is halted
  /// for `turn`, which gets the place of the title and what the line says.
  func takeTurns(
    _ titles: [String], _ turn: (_ index: Int, _ found: StepLine) throws -> Void
  ) throws {
    while let line = try nextLine() {
      guard let found = StepLine(line),
        let index = titles.firstIndex(where: { line.hasPrefix($0 + " ") })
      else { continue }
      halt()
      try turn(index, found)
      resume()
    }
  }

  func end() {
    guard process.isRunning else { return }
    resume()
    process.terminate()
    process.waitUntilExit()
  }

  /// Largest resident memory since the last call, in MiB.
  func takePeakMemory() -> Int {
    let folder = "/proc/\(process.processIdentifier)"
    let status = (try? String(contentsOfFile: folder + "/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    // Writing 5 there begins a new peak at what is resident now.
    try? "5".write(toFile: folder + "/clear_refs", atomically: false, encoding: .utf8)
    return (Int(line.filter(\.isNumber)) ?? 0) / 1024
  }
}

/// What a line such as `LMU 212/256 cpu threads 2 median 0.25 s/step min 0.24 peak 190 MiB` says.
struct StepLine {
  var seconds: Double
  /// In MiB, where it is stated.
  var peak: Int?

  init?(_ line: String) {
    let words = line.split(separator: " ")
    func number(after word: Substring) -> Substring? {
      guard let index = words.firstIndex(of: word), index + 1 < words.count else { return nil }
      return words[index + 1]
    }
    guard let seconds = number(after: "median").flatMap({ Double($0) }) else { return nil }
    self.seconds = seconds
    peak = number(after: "peak").flatMap { Int($0) }
  }

  /// Runs `bench` with `arguments` in a process of its own.
  init(of arguments: [String]) throws {
    let child = try Child(CommandLine.arguments[0], arguments)
    defer { child.end() }
    while let line = try child.nextLine() {
      guard let found = Self(line) else { continue }
      self = found
      while try child.nextLine() != nil {}
      return
    }
    throw ValidationError("no line with a median from \(arguments.joined(separator: " "))")
  }
}
