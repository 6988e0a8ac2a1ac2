/// The sentence about recordings that could not be read.
package func description(of error: RecordingError) -> String {
  switch error {
  case .unreadable(let file, let reason):
    "\(file): cannot be read: \(reason)"
  case .tooLarge(let file, let found, let largest):
    "\(file): has \(found) bytes, expected at most \(largest)"
  case .truncated(let file, let found, let expected):
    "\(file): ends too early: \(found) bytes, expected \(expected)"
  case .foreign(let file, let found, let expected):
    "\(file): begins with \(shown(found)), expected \(expected)"
  case .absent(let file, let field):
    "\(file): has no \(field)"
  case .wrong(let file, let field, let found, let expected):
    "\(file): \(field): found \(oneLine(found)), expected \(expected)"
  case .name(let file, let expected):
    "\(file): the name does not tell what was recorded, expected \(expected)"
  case .noRecordings(let place, let expected):
    "\(place): no recordings, expected \(expected)"
  }
}

/// What a cache of spike trains came to, where there is something to say.
package func description(of outcome: SpikeCache.Outcome) -> String? {
  switch outcome {
  case .read, .made: nil
  case .madeAgain(let file, let damage):
    "\(file): \(description(of: damage)); the recordings were encoded again"
  case .unsaved(let file, let reason):
    "\(file): cannot be written: \(reason); the recordings will be encoded again next time"
  }
}

private func description(of damage: SpikeCache.Damage) -> String {
  switch damage {
  case .checksum: "the checksum is not that of the contents"
  case .settings: "belongs to other settings"
  case .form: "is no file of spike trains"
  }
}

/// Bytes as text where they are, and as hexadecimal digits where they are not.
private func shown(_ bytes: [UInt8]) -> String {
  if bytes.isEmpty { return "nothing" }
  if bytes.allSatisfy({ 0x20..<0x7F ~= $0 }) {
    return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
  }
  return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
    .joined(separator: " ")
}

/// Text of a file on one line, shortened where it is long.
private func oneLine(_ text: String) -> String {
  let short = text.count <= 60 ? text : text.prefix(59) + "\u{2026}"
  return short.unicodeScalars.map { $0.escaped(asASCII: false) }.joined()
}
