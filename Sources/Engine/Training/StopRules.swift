/// When a training ends before its last epoch: conditions on the results of validations, any one of
/// which is enough. As text, `spiking.accuracy >= 0.98 or spiking.loss stalls 5`.
///
/// What is measured with spikes counts only once all resolutions have come to their ends: before,
/// results do not compare.
package struct StopRules: Sendable, Equatable, Codable {
  enum Comparison: String, Sendable, Codable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atLeast: value >= bound
      case .atMost: value <= bound
      case .above: value > bound
      case .below: value < bound
      }
    }
  }

  enum Test: Sendable, Equatable, Codable {
    case compares(Comparison, Double)
    /// The metric has not improved for so many validations; losses improve downwards.
    case stalls(Int)
  }

  struct Rule: Sendable, Equatable, Codable {
    /// Dotted path of a metric, without the split.
    var metric: String
    var test: Test

    var text: String {
      switch test {
      case .compares(let comparison, let bound): "\(metric) \(comparison.rawValue) \(bound)"
      case .stalls(let count): "\(metric) stalls \(count)"
      }
    }
  }

  /// The best value of each rule so far and the validations since it.
  struct State: Sendable, Equatable, Codable {
    struct Entry: Sendable, Equatable, Codable {
      /// `nil` before the first.
      var best: Double?
      var waited = 0
    }

    var entries: [Entry]
  }

  let rules: [Rule]

  /// No rules: the training goes on to its last epoch.
  package static let none = StopRules(rules: [])

  private init(rules: [Rule]) { self.rules = rules }

  /// `nil` where the text is no such condition; an empty one is none.
  package init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    var rules: [Rule] = []
    for words in words.split(separator: "or", omittingEmptySubsequences: !words.contains("or")) {
      guard let rule = Self.rule(Array(words)) else { return nil }
      rules.append(rule)
    }
    self.rules = rules
  }

  package var text: String { rules.map(\.text).joined(separator: " or ") }

  private static func rule(_ words: [String]) -> Rule? {
    guard words.count == 3, isMetric(words[0]) else { return nil }
    if words[1] == "stalls" {
      guard let count = Int(words[2]), (1...100_000).contains(count) else { return nil }
      return Rule(metric: words[0], test: .stalls(count))
    }
    guard let comparison = Comparison(rawValue: words[1]), let bound = Double(words[2]),
      bound.isFinite
    else { return nil }
    return Rule(metric: words[0], test: .compares(comparison, bound))
  }

  private static let scores = ["accuracy", "loss"]
  private static let nested = ["sites", "weighted", "operations", "energy"]

  private static func isMetric(_ path: String) -> Bool {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else { return false }
    switch parts[0] {
    case "spiking", "nonSpiking": return parts.count == 2 && scores.contains(String(parts[1]))
    default: return nested.contains(String(parts[0]))
    }
  }

  var initialState: State { State(entries: rules.map { _ in State.Entry() }) }

  /// Takes a validation in; returns why the training is to end, if it is.
  func reason(
    after evaluation: Evaluation, isAnnealed: Bool, _ state: inout State
  ) -> String? {
    var reason: String?
    for (index, rule) in rules.enumerated() {
      guard isAnnealed || rule.metric.hasPrefix("nonSpiking."), let value = evaluation[rule.metric],
        value.isFinite, index < state.entries.count
      else { continue }
      switch rule.test {
      case .compares(let comparison, let bound):
        if comparison.holds(value, bound) { reason = reason ?? "stop.when: \(rule.text)" }
      case .stalls(let count):
        let isDownwards = rule.metric.hasSuffix(".loss")
        let best = state.entries[index].best
        if best.map({ isDownwards ? value < $0 : value > $0 }) ?? true {
          state.entries[index] = State.Entry(best: value, waited: 0)
        } else {
          state.entries[index].waited += 1
          if state.entries[index].waited >= count { reason = reason ?? "stop.when: \(rule.text)" }
        }
      }
    }
    return reason
  }
}
