import Foundation
import Golden
import Runs

/// What was measured of single networks, a line each: setting, seed, number, seconds and quantities
/// with tabs between. Settings that experiments share are simulated once. A line that was not
/// finished counts for nothing.
struct InhibitoryRecords {
  private struct Key: Hashable {
    var point: String
    var seed: UInt64
    var network: Int
  }

  private let file: EventFile
  private var found: [Key: [EnsemblePoint.Quantity: Double]] = [:]

  /// The last word of a finished line.
  private static let end = "end"

  init(at path: String) throws {
    file = try EventFile(at: path)
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard words.count > 4, words.last == Self.end, let seed = UInt64(words[1]),
        let network = Int(words[2])
      else { continue }
      let key = Key(point: words[0], seed: seed, network: network)
      found[key] = words[4..<words.count - 1].reduce(into: [:]) { numbers, word in
        let parts = word.split(separator: "=").map(String.init)
        guard parts.count == 2, let quantity = EnsemblePoint.Quantity(rawValue: parts[0]) else {
          return
        }
        numbers[quantity] = Double(parts[1])
      }
    }
  }

  func has(_ point: EnsemblePoint, _ network: Int, seed: UInt64) -> Bool {
    found[Key(point: point.id, seed: seed, network: network)] != nil
  }

  /// What is known of the networks of a setting.
  func found(_ point: EnsemblePoint, seed: UInt64) -> [[EnsemblePoint.Quantity: Double]] {
    (0..<point.networks).compactMap { found[Key(point: point.id, seed: seed, network: $0)] }
  }

  mutating func add(
    _ numbers: [EnsemblePoint.Quantity: Double], _ point: EnsemblePoint, _ network: Int,
    seed: UInt64, seconds: Double
  ) throws {
    let quantities = EnsemblePoint.Quantity.allCases.compactMap { quantity in
      numbers[quantity].map { "\(quantity.rawValue)=\($0)" }
    }
    let words = [point.id, "\(seed)", "\(network)", seconds.fixed(2)] + quantities + [Self.end]
    try file.append(words.joined(separator: "\t"))
    found[Key(point: point.id, seed: seed, network: network)] = numbers
  }
}
