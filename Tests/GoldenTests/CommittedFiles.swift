import Foundation
import Golden
import Testing

/// The golden files that are committed beside the tests.
enum CommittedFiles {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

  private static let systems = ["hybrid", "ste"]

  static func url(_ family: String) -> URL {
    let candidates = systems.map { folder.appendingPathComponent("\($0)/\(family).json") }
    return candidates.first { FileManager.default.fileExists(atPath: $0.path) } ?? candidates[0]
  }

  static func json(_ family: String) throws -> GoldenJSON {
    try GoldenValue(contentsOf: url(family)).json
  }

  /// All families that have checks.
  static let families = GoldenSuite.all.checks.map(\.name)
}

extension GoldenOutcome {
  /// What was compared, or a failed expectation.
  func result() throws -> GoldenResult {
    guard case .checked(let result) = self else {
      throw UnexpectedlySkipped()
    }
    return result
  }
}

struct UnexpectedlySkipped: Error {}

extension GoldenJSON {
  /// One step into a document.
  enum Step: Equatable {
    case key(String)
    case index(Int)
  }

  /// The paths of all values below and including this one.
  var paths: [[Step]] {
    let inner: [[Step]] =
      switch self {
      case .object(let members):
        members.sorted { $0.key < $1.key }.flatMap { key, value in
          value.paths.map { [.key(key)] + $0 }
        }
      case .array(let elements):
        elements.enumerated().flatMap { index, value in
          value.paths.map { [.index(index)] + $0 }
        }
      default: []
      }
    return [[]] + inner
  }

  subscript(path: some Collection<Step>) -> GoldenJSON? {
    guard let first = path.first else { return self }
    switch (self, first) {
    case (.object(let members), .key(let key)): return members[key]?[path.dropFirst()]
    case (.array(let elements), .index(let index)) where elements.indices.contains(index):
      return elements[index][path.dropFirst()]
    default: return nil
    }
  }

  /// This document with the value at `path` changed; removed when `change` gives `nil`.
  func changing(
    _ path: some Collection<Step>, _ change: (GoldenJSON) -> GoldenJSON?
  ) -> GoldenJSON? {
    guard let first = path.first else { return change(self) }
    switch (self, first) {
    case (.object(var members), .key(let key)):
      members[key] = members[key]?.changing(path.dropFirst(), change)
      return .object(members)
    case (.array(var elements), .index(let index)) where elements.indices.contains(index):
      if let changed = elements[index].changing(path.dropFirst(), change) {
        elements[index] = changed
      } else {
        elements.remove(at: index)
      }
      return .array(elements)
    default: return self
    }
  }
}

extension GoldenJSON {
  /// The document with at most two elements of each array of objects, so that it is checked
  /// quickly.
  var shortened: GoldenJSON {
    switch self {
    case .object(let members):
      return .object(members.mapValues(\.shortened))
    case .array(let elements):
      guard case .object = elements.first else { return self }
      return .array(elements.prefix(2).map(\.shortened))
    default: return self
    }
  }
}
