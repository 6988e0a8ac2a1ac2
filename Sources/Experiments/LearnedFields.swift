import Engine

/// What a recipe of self-learnable activations has as payloads, as separate fields.
struct LearnedFields: Sendable, Equatable {
  enum Normalization: String, CaseIterable, Sendable {
    case none, elements, maximum, maximumDetached
  }

  enum Ends: String, CaseIterable, Sendable { case open, clipped, tails }

  enum Start: String, CaseIterable, Sendable {
    case identity, normal, paper, relu, tanh, sigmoid, square
  }

  var normalization = Normalization.none
  var ends = Ends.open
  var clipScale = 3.0
  var start = Start.identity
  var deviation = 0.1
  var reach = 3.0
  /// The first so many activations learn; 0 for all.
  var places = 0
  /// 0 for none.
  var alternation = 0
  var penalty = CoefficientPenalty()
}

extension SelfLearnableRecipe {
  /// The recipe taken apart.
  var fields: LearnedFields {
    get {
      var fields = LearnedFields()
      switch activation.normalization {
      case .none: fields.normalization = .none
      case .elements: fields.normalization = .elements
      case .maximum(let passes): fields.normalization = passes ? .maximum : .maximumDetached
      }
      switch activation.ends {
      case .open: fields.ends = .open
      case .clipped(let scale): (fields.ends, fields.clipScale) = (.clipped, scale)
      case .tails: fields.ends = .tails
      }
      switch activation.start {
      case .identity(let deviation): (fields.start, fields.deviation) = (.identity, deviation)
      case .normal(let adds): fields.start = adds ? .paper : .normal
      case .known(let known, let reach):
        fields.start = LearnedFields.Start(rawValue: known.rawValue) ?? .identity
        fields.reach = reach
      }
      if case .first(let count) = places { fields.places = count }
      fields.alternation = training.alternation ?? 0
      fields.penalty = training.penalty ?? CoefficientPenalty()
      return fields
    }
    set {
      switch newValue.normalization {
      case .none: activation.normalization = .none
      case .elements: activation.normalization = .elements
      case .maximum: activation.normalization = .maximum(passesGradient: true)
      case .maximumDetached: activation.normalization = .maximum(passesGradient: false)
      }
      switch newValue.ends {
      case .open: activation.ends = .open
      case .clipped: activation.ends = .clipped(scale: newValue.clipScale)
      case .tails: activation.ends = .tails
      }
      activation.start = newValue.curveStart
      places = newValue.places > 0 ? .first(newValue.places) : .all
      training.alternation = newValue.alternation > 0 ? newValue.alternation : nil
      let isNone = newValue.penalty.absolute == 0 && newValue.penalty.square == 0
      training.penalty = isNone && !newValue.penalty.favoursHighPowers ? nil : newValue.penalty
    }
  }
}

extension LearnedFields {
  fileprivate var curveStart: SelfLearnableConfiguration.Start {
    switch start {
    case .identity: .identity(deviation: deviation)
    case .normal: .normal(addsIdentity: false)
    case .paper: .normal(addsIdentity: true)
    case .relu: .known(.relu, reach: reach)
    case .tanh: .known(.tanh, reach: reach)
    case .sigmoid: .known(.sigmoid, reach: reach)
    case .square: .known(.square, reach: reach)
    }
  }
}
