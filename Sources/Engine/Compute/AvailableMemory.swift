import Foundation

/// How much memory this process may still take.
package enum AvailableMemory {
  /// In bytes: what the system says is free or can be freed, within the limit of the process's
  /// control group where it has one; half of the installed memory where the system does not say.
  package static var bytes: Int {
    let system = kibibytes("MemAvailable:", in: text("/proc/meminfo")).map { $0 * 1024 }
    let free = system ?? Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)
    guard let limit = number("/sys/fs/cgroup/memory.max"),
      let used = number("/sys/fs/cgroup/memory.current")
    else { return free }
    return min(free, max(limit - used, 0))
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  private static func number(_ path: String) -> Int? {
    Int(text(path).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func kibibytes(_ name: String, in text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}
