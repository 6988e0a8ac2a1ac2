import Foundation
import Runs
import TestSupport

extension PythonPeer {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs a script with arguments and returns what it printed as JSON.
  static func run(_ script: String, _ arguments: String...) throws -> JSONValue {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let errors = output.appendingPathExtension("errors")
    defer {
      try? FileManager.default.removeItem(at: output)
      try? FileManager.default.removeItem(at: errors)
    }
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: interpreter ?? "/nonexistent")
    process.arguments = ["-c", script] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: try String(contentsOf: errors, encoding: .utf8))
    }
    return try JSONParser.parse([UInt8](Data(contentsOf: output)))
  }
}

extension JSONValue {
  /// The members of an object; none of anything else.
  var members: [String: JSONValue] {
    guard case .object(let object) = self else { return [:] }
    return Dictionary(object.members.map { ($0.key, $0.value) }) { $1 }
  }

  subscript(key: String) -> JSONValue? { members[key] }

  subscript(index: Int) -> JSONValue? {
    elements.indices.contains(index) ? elements[index] : nil
  }

  var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }

  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  var doubles: [Double] { elements.compactMap(\.double) }
  var integers: [Int] { doubles.compactMap { Int(exactly: $0) } }
}
