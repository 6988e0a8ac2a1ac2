import Documents
import Experiments

/// A column of the list of runs, with what it holds.
enum RunColumn: String, CaseIterable {
  case name, folder, experiment, model, state, outcome, reason, parent, note
  case created, ended
  case seed, parameters, step, steps, epoch, epochs, seconds, parentStep
  case best, last, test, infinity, bits

  enum Contents { case text, time, number }

  var contents: Contents {
    switch self {
    case .name, .folder, .experiment, .model, .state, .outcome, .reason, .parent, .note: .text
    case .created, .ended: .time
    default: .number
    }
  }
}

/// What runs can be picked and sorted by.
enum RunKey: Equatable {
  case column(RunColumn)
  case tag
  /// By its number in the index; 0 for one that no run has.
  case metric(Int64, isBest: Bool)
  case setting(Int64)
}

/// Finds what a name means.
struct RunKeys {
  private let metrics: [String: Int64]
  private let settings: [String: Int64]

  static let tag = "tag"
  /// Before the name of a metric: its best value instead of the last.
  static let best = "best."

  init(metrics: [String: Int64], settings: [String: Int64]) {
    (self.metrics, self.settings) = (metrics, settings)
  }

  func key(_ name: String) -> RunKey? {
    if let column = RunColumn(rawValue: name) { return .column(column) }
    if name == Self.tag || name == "tags" { return .tag }
    if let number = metrics[name] { return .metric(number, isBest: false) }
    if let number = settings[name] { return .setting(number) }
    if name.hasPrefix(Self.best) {
      let metric = String(name.dropFirst(Self.best.count))
      if let number = metrics[metric] { return .metric(number, isBest: true) }
      if Self.isMetric(metric) { return .metric(0, isBest: true) }
    }
    // What no run has is still what a script may ask for.
    if KeyTable.key(at: name) != nil { return .setting(0) }
    return Self.isMetric(name) ? .metric(0, isBest: false) : nil
  }

  /// The best-known metrics, which every run with an evaluation has.
  private static func isMetric(_ name: String) -> Bool {
    ["training", "validation", "test"].contains { split in
      ["spiking", "nonSpiking"].contains { regime in
        ["accuracy", "loss", "spread"].contains { name == "\(split).\(regime).\($0)" }
      }
    }
  }

  /// The known name that was probably meant.
  func nearest(to name: String) -> String? {
    let dotted = Array(metrics.keys) + metrics.keys.map { Self.best + $0 } + Array(settings.keys)
    let candidates =
      RunColumn.allCases.map(\.rawValue) + [Self.tag] + KeyTable.keys.map(\.path) + dotted.sorted()
    return Suggestion.nearestKey(to: name, in: candidates)
  }
}
