import Foundation

/// One line of a run's `events.jsonl`.
package struct StoredEvent: Sendable, Equatable {
  /// `began`, `evaluated`, ...
  package let name: String
  package let object: JSONObject

  /// `nil` where the object is no event.
  init?(_ object: JSONObject) {
    guard case .string(let name)? = object["event"] else { return nil }
    self.name = name
    self.object = object
  }

  package func text(_ key: String) -> String? {
    if case .string(let value)? = object[key] { value } else { nil }
  }

  package func integer(_ key: String) -> Int? {
    if case .integer(let value)? = object[key] { value } else { nil }
  }

  /// A step, an epoch or a number of them: from 0 to the largest step that can be recorded.
  package func count(_ key: String) -> Int? {
    integer(key).flatMap { 0...ReadingColumn.largestStep ~= $0 ? $0 : nil }
  }

  package func number(_ key: String) -> Double? { object[key]?.number }
}

extension JSONValue {
  /// The number, whole or not.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// The events of a run as they were stored.
package struct StoredEvents: Sendable {
  package private(set) var events: [StoredEvent] = []
  /// Lines that were skipped because they were damaged.
  package private(set) var damaged = 0
  /// Bytes of the lines that were read from a file.
  private(set) var size: off_t = 0

  /// Longer lines are taken as damaged.
  private static let longestLine = 16 << 20

  /// Reads the events of the run in a folder; none where there is no file. A line that is not yet
  /// ended is left out.
  package static func read(run folder: String) throws(FileError) -> StoredEvents {
    let path = RunLocation.eventsFile(in: folder)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 && errno == ENOENT { return StoredEvents() }
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    defer { close(descriptor) }
    var events = StoredEvents()
    var splitter = LineSplitter(longest: longestLine)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset: off_t = 0
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .failed(.read, path: path, errno: errno) }
      guard count > 0 else { return events }
      if let end = chunk[..<count].lastIndex(of: UInt8(ascii: "\n")) {
        events.size = offset + off_t(end) + 1
      }
      offset += off_t(count)
      splitter.add(chunk[..<count]) { events.add($0) }
    }
  }

  /// The events in the bytes of a file.
  package init(_ bytes: [UInt8]) {
    var splitter = LineSplitter(longest: Self.longestLine)
    splitter.add(bytes[...]) { add($0) }
  }

  private init() {}

  /// Seconds since 1970 at which the run began, as its first event says.
  package var began: Double? {
    events.first { $0.name == "began" }?.text("time").flatMap { text in
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
      return (try? Date(text, strategy: style))?.timeIntervalSince1970
    }
  }

  /// `nil` stands for a line that was too long.
  private mutating func add(_ line: [UInt8]?) {
    guard let line, case .object(let object)? = try? JSONParser.parse(line),
      let event = StoredEvent(object)
    else {
      if line?.isEmpty != true { damaged += 1 }
      return
    }
    events.append(event)
  }
}

/// Cuts bytes into lines as they come.
package struct LineSplitter {
  private let longest: Int
  private var line: [UInt8] = []
  private var isTooLong = false

  package init(longest: Int) {
    self.longest = longest
  }

  /// Calls `body` with every line that ends in `bytes`, without its end; with `nil` in the place of
  /// one that is too long, of which nothing is kept.
  package mutating func add(_ bytes: ArraySlice<UInt8>, _ body: ([UInt8]?) -> Void) {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      keep(rest[..<end])
      body(isTooLong ? nil : line)
      line.removeAll(keepingCapacity: true)
      isTooLong = false
      rest = rest[(end + 1)...]
    }
    keep(rest)
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    guard !isTooLong, line.count + bytes.count <= longest else {
      isTooLong = true
      line.removeAll()
      return
    }
    line += bytes
  }
}
