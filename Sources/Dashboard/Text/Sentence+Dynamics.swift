import Engine
import Terminal

/// What is said about a network that is simulated.
extension Sentence {
  static let noSimulation = "Only a network that is simulated can be turned so."
  static let noInDegree = "All inhibit all here: there is no in-degree to turn."
  static let nothingToValidateInSimulation = "A simulation has nothing to validate."

  static let oneReading = "To the next reading, then pause."
  static let toEndOfStretch = "A while, then pause."

  static func span(_ span: Double) -> String { "The latest \(Figure.plain(span)) units of time." }

  static func chosen(_ ranks: ClosedRange<Int>) -> String {
    ranks.count == 1
      ? "Neuron of rank \(ranks.lowerBound + 1) is chosen."
      : "\(ranks.count) neurons are chosen, of ranks \(text(ranks))."
  }

  /// Ranks as they are counted for a reader, from 1.
  static func text(_ ranks: ClosedRange<Int>) -> String {
    ranks.count == 1
      ? "\(ranks.lowerBound + 1)" : "\(ranks.lowerBound + 1)-\(ranks.upperBound + 1)"
  }

  static func asked(_ action: String, isRunning: Bool) -> String {
    (InhibitoryKnobs.title(of: action) ?? action).capitalizedFirst + (isRunning ? ", soon." : ".")
  }

  /// What an action of a simulation has done; `nil` for others.
  static func done(_ action: String) -> String? {
    switch action {
    case InhibitoryKnobs.silence: "The chosen neurons are silenced"
    case InhibitoryKnobs.stimulate: "The chosen neurons are stimulated"
    case InhibitoryKnobs.release: "The chosen neurons are released"
    case InhibitoryKnobs.releaseAll: "All neurons are released"
    case InhibitoryKnobs.perturb: "All potentials are perturbed"
    case InhibitoryKnobs.restart: "Begun again with the same network"
    case InhibitoryKnobs.newNetwork: "Begun with another network"
    default: nil
    }
  }

  /// How a run ended, at a time that was simulated or after its epochs.
  static func ended(_ conclusion: Conclusion, at simulated: Double?) -> String {
    guard let simulated else { return ended(conclusion) }
    let reason = conclusion.reason.isEmpty ? "" : ": \(conclusion.reason)"
    return "\(conclusion.outcome.title) at time \(Figure.plain(simulated))\(reason)"
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
