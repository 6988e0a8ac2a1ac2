/// Several estimators that descend from one start.
package struct CoarseGradientRace: Sendable {
  package private(set) var descents: [CoarseGradientDescent]

  /// All with the same settings but their estimators; in sampled mode they see the same samples.
  package init(
    from start: PopulationPoint, estimators: [CoarseEstimator],
    settings: CoarseGradientDescent.Settings
  ) {
    descents = estimators.map { estimator in
      var settings = settings
      settings.estimator = estimator
      return CoarseGradientDescent(from: start, settings: settings)
    }
  }

  /// Makes up to `count` steps with each.
  package mutating func run(_ count: Int, untilStationary: Bool = false) {
    for index in descents.indices {
      descents[index].run(count, untilStationary: untilStationary)
    }
  }

  /// Changes settings of all; every descent keeps its estimator.
  package mutating func change(_ settings: CoarseGradientDescent.Settings) {
    for index in descents.indices {
      var settings = settings
      settings.estimator = descents[index].settings.estimator
      descents[index].change(settings)
    }
  }

  /// A line of the table of results.
  package struct Standing: Sendable, Equatable {
    package var estimator: String
    package var loss: Double
    package var outcome: DescentOutcome
    package var increases: Int
    package var smallestNorm: Double
  }

  package var standings: [Standing] {
    descents.map {
      Standing(
        estimator: $0.settings.estimator.name, loss: $0.point.loss, outcome: $0.outcome,
        increases: $0.record.increases, smallestNorm: $0.record.smallestNorm)
    }
  }
}
