import ArgumentParser
import CPseudoTerminal
import Foundation

/// The program beside this one, on a pseudo-terminal of its own.
final class ProgramOnTerminal {
  static var program: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("interspike").path
  }

  let process: pid_t
  private let descriptor: Int32
  private var hasEnded = false

  init(
    _ arguments: [String], columns: Int, rows: Int, environment: [String: String] = [:]
  ) throws {
    var words = ([Self.program] + arguments).map { strdup($0) } + [nil]
    // What somebody looked at last would be another screen.
    let state = FileManager.default.temporaryDirectory
      .appendingPathComponent("interspike-bench-state-\(getpid())").path
    let variables = ["TERM": "xterm-256color", "XDG_STATE_HOME": state]
      .merging(environment) { $1 }
    var strings =
      ProcessInfo.processInfo.environment.merging(variables) { $1 }
      .map { strdup("\($0)=\($1)") } + [nil]
    defer {
      for pointer in words + strings { free(pointer) }
    }
    var descriptor: Int32 = -1
    process = pseudo_terminal_start(
      Self.program, &words, &strings, Int32(columns), Int32(rows), &descriptor)
    self.descriptor = descriptor
    guard process > 0 else {
      throw ValidationError("cannot start \(Self.program): \(String(cString: strerror(errno)))")
    }
  }

  deinit {
    kill()
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// What the program writes within some time, at most `most` bytes; `nil` when it has ended.
  func read(within seconds: Double, most: Int = 65536) -> [UInt8]? {
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, Int32(max(0, (seconds * 1000).rounded(.up)))) > 0 else { return [] }
    var chunk = [UInt8](repeating: 0, count: most)
    let count = Foundation.read(descriptor, &chunk, most)
    return count > 0 ? Array(chunk[..<count]) : nil
  }

  /// Reads what the program writes until `text` is in it.
  func wait(for text: String) throws {
    var written = Data()
    let wanted = Data(text.utf8)
    while true {
      guard let chunk = read(within: 60) else {
        throw ValidationError("the program ended before it showed `\(text)`")
      }
      written.append(contentsOf: chunk)
      if written.range(of: wanted) != nil { return }
      // What was searched need not be searched again, but for a word cut in two.
      written = Data(written.suffix(wanted.count))
    }
  }

  /// Processor time that the program's first thread has used, in seconds: that of the screen.
  var screenSeconds: Double {
    let path = "/proc/\(process)/task/\(process)/stat"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return .nan
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Asks the program to stop and save, and waits for its end without reading.
  func terminate() {
    guard !hasEnded else { return }
    Foundation.kill(process, SIGTERM)
    finish()
  }

  func kill() {
    guard !hasEnded else { return }
    Foundation.kill(process, SIGKILL)
    finish()
  }

  private func finish() {
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(descriptor)
    hasEnded = true
  }
}
