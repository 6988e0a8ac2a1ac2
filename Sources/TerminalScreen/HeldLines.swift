import ProgramSupport

/// What libraries write to standard output and standard error while a screen is shown, line by line.
struct HeldLines {
  private var unfinished: [UInt8] = []
  private var chunk = [CChar](repeating: 0, count: 1 << 16)

  /// More of an unfinished line than this is taken for one.
  private static let longest = 2000
  /// Lines taken at once; whoever writes more floods, and is only counted.
  private static let most = 50

  /// The lines written since the last call.
  mutating func take() -> [String] {
    let count = program_output_take(&chunk, chunk.count)
    guard count > 0 else { return [] }
    unfinished += chunk[..<count].map { UInt8(bitPattern: $0) }
    var pieces = unfinished.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let last = pieces.removeLast()
    unfinished = Array(last)
    if unfinished.count > Self.longest {
      pieces.append(last)
      unfinished = []
    }
    let lines = pieces.filter { !$0.isEmpty }
    let shown = lines.prefix(Self.most).map {
      String(decoding: $0.prefix(Self.longest), as: UTF8.self)
    }
    let rest = lines.count - shown.count + skipFlood()
    return rest > 0 ? shown + ["... and \(rest) more lines"] : shown
  }

  /// Reads what is left and counts its lines.
  private mutating func skipFlood() -> Int {
    var lines = 0
    for _ in 0..<Self.mostSkipped {
      let count = program_output_take(&chunk, chunk.count)
      guard count > 0 else { break }
      lines += chunk[..<count].count { $0 == CChar(bitPattern: UInt8(ascii: "\n")) }
    }
    return lines
  }

  /// Chunks skipped at once.
  private static let mostSkipped = 64
}
