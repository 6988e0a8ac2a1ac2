import Documents

/// A path to a part of an experiment that may be captured by a key's accessors.
typealias ExperimentPath<Value> = any WritableKeyPath<Experiment, Value> & Sendable

extension ExperimentKey {
  init(
    _ path: String, integer range: ClosedRange<Int>, _ meaning: String,
    when condition: Condition? = nil, at target: ExperimentPath<Int>
  ) {
    self.init(path, .integer(range), meaning, when: condition) { draft in
      .integer(draft.experiment[keyPath: target])
    } write: { draft, value in
      if case .integer(let integer) = value { draft.experiment[keyPath: target] = integer }
    }
  }

  init(
    _ path: String, flag target: ExperimentPath<Bool>, _ meaning: String,
    when condition: Condition? = nil
  ) {
    self.init(path, .flag, meaning, when: condition) { draft in
      .flag(draft.experiment[keyPath: target])
    } write: { draft, value in
      if case .flag(let flag) = value { draft.experiment[keyPath: target] = flag }
    }
  }

  /// A key whose words are the raw values of an enumeration.
  init<Value: RawRepresentable<String> & Sendable>(
    _ path: String, _ choices: [Choice], _ meaning: String, when condition: Condition? = nil,
    at target: ExperimentPath<Value>
  ) {
    self.init(path, .choice(choices), meaning, when: condition) { draft in
      .text(draft.experiment[keyPath: target].rawValue)
    } write: { draft, value in
      if case .text(let name) = value, let option = Value(rawValue: name) {
        draft.experiment[keyPath: target] = option
      }
    }
  }
}
