/// The lines of the log page in their order. The oldest are dropped where there are very many, so
/// that a run of days keeps neither more and more memory nor slower frames.
package struct EventLog: Sendable, Equatable {
  /// The most lines that are kept, and how many go at once: one by one would cost a move of all
  /// the others each time.
  package static let capacity = 10_000
  private static let droppedAtOnce = 1_000

  package private(set) var entries: [LogEntry] = []
  /// Lines that are gone.
  package private(set) var droppedCount = 0

  package var count: Int { entries.count }
  package var isEmpty: Bool { entries.isEmpty }
  package var last: LogEntry? { entries.last }

  mutating func append(_ entry: LogEntry) {
    if entries.count >= Self.capacity {
      entries.removeFirst(Self.droppedAtOnce)
      droppedCount += Self.droppedAtOnce
    }
    entries.append(entry)
  }

  /// The latest lines of a kind, newest first.
  func latest(_ kind: LogEntry.Kind, count: Int) -> [LogEntry] {
    Array(entries.reversed().lazy.filter { $0.kind == kind }.prefix(count))
  }
}
