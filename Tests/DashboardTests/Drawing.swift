import Foundation
import Terminal
import Testing

/// Drawings of whole frames that are kept as text files beside the tests.
///
/// With `RECORD_DRAWINGS` set in the environment the files are written anew instead of compared.
enum Drawing {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Drawings")

  static func expect(
    _ frame: Frame, is name: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name + ".txt")
    let text = frame.text + "\n"
    if ProcessInfo.processInfo.environment["RECORD_DRAWINGS"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return }
    let pairs = zip(lines(expected), lines(text)).enumerated()
    let different = pairs.first { $0.element.0 != $0.element.1 }
    Issue.record(
      """
      \(name) is drawn differently from row \(different?.offset ?? -1) on:
      expected \(different?.element.0 ?? "another number of rows")
      drawn    \(different?.element.1 ?? "")
      """, sourceLocation: location)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
