import Foundation
import Golden
import Testing

/// The golden files that are committed beside the tests.
enum CommittedFiles {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

  /// The file of a family in whichever system's folder it is.
  static func url(_ family: String) -> URL {
    let files = (try? GoldenSuite.files(at: folder)) ?? []
    let check = GoldenSuite.all.checks.first { $0.name == family }
    return files.first { check?.covers($0.deletingPathExtension().lastPathComponent) ?? false }
      ?? folder.appendingPathComponent("\(family).json")
  }

  static func json(_ family: String) throws -> GoldenJSON {
    try GoldenValue(contentsOf: url(family)).json
  }

  /// Families whose cases take a second and more each.
  static let slowFamilies: Set<String> = ["monte_carlo", "basin_statistics", "desk_instability"]

  /// A file as ordinary tests check it: whole, but for the longest trainings.
  static func ordinary(_ family: String) throws -> GoldenJSON {
    let whole = try json(family)
    switch family {
    case "basin_statistics": return whole.shortened(to: 4)
    case "desk_instability": return whole.shortened(to: 1).withFewTrainings(seeds: 3)
    default: return whole
    }
  }

  /// A file of which enough is kept to be checked many times.
  static func light(_ family: String) throws -> GoldenJSON {
    let whole = try json(family)
    switch family {
    case "monte_carlo", "basin_statistics": return whole.shortened(to: 1)
    case "desk_instability": return try ordinary(family)
    case "cases": return whole.shortened(to: 1)
    case "lmu-matrices", "population_points", "critical_points", "ste_moments", "trajectories":
      return whole.shortened(to: 2)
    default: return whole
    }
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
  /// The document with at most `count` elements of each array of objects and as many estimators,
  /// so that it is checked quickly.
  func shortened(to count: Int) -> GoldenJSON {
    switch self {
    case .object(let members):
      return .object(
        members.reduce(into: [:]) { kept, member in
          let inner = member.value.shortened(to: count)
          kept[member.key] =
            Self.keysOfEstimators.contains(member.key) ? inner.firstMembers(count) : inner
        })
    case .array(let elements):
      guard case .object = elements.first else { return self }
      return .array(elements.prefix(count).map { $0.shortened(to: count) })
    default: return self
    }
  }

  private static let keysOfEstimators: Set<String> = ["ste", "coarse_norm_at_theta_pi_unit_w"]

  private func firstMembers(_ count: Int) -> GoldenJSON {
    guard case .object(let members) = self else { return self }
    let first = members.sorted { $0.key < $1.key }.prefix(count)
    return .object(Dictionary(uniqueKeysWithValues: first.map { ($0.key, $0.value) }))
  }

  /// The document with so many seeds at most, and nothing of what follows a switch in the end.
  func withFewTrainings(seeds: Double) -> GoldenJSON {
    switch self {
    case .object(let members):
      return .object(
        members.filter { !["loss_end", "acc_end"].contains($0.key) }.reduce(into: [:]) {
          if $1.key == "seeds", case .number(let number) = $1.value {
            $0[$1.key] = .number(min(number, seeds))
          } else {
            $0[$1.key] = $1.value.withFewTrainings(seeds: seeds)
          }
        })
    case .array(let elements): return .array(elements.map { $0.withFewTrainings(seeds: seeds) })
    default: return self
    }
  }

  private static let keysOfLengths: Set<String> = [
    "N", "steps", "runs", "T_transient", "T_measure",
  ]

  /// The document with the numbers of samples, steps and runs so small that it is soon computed,
  /// if not with what is listed.
  var hurried: GoldenJSON {
    switch self {
    case .object(let members):
      return .object(
        members.reduce(into: [:]) { hurried, member in
          if case .number(let number) = member.value, Self.keysOfLengths.contains(member.key) {
            hurried[member.key] = .number(min(number, 20))
          } else {
            hurried[member.key] = member.value.hurried
          }
        })
    case .array(let elements): return .array(elements.map(\.hurried))
    default: return self
    }
  }
}
