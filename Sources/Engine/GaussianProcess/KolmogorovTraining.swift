/// How a ``KolmogorovNetwork`` is trained.
package struct KolmogorovTraining: Sendable, Equatable {
  /// What the outputs are held against.
  package enum Loss: String, Sendable, CaseIterable {
    /// One logit and targets 0 or 1: binary cross-entropy.
    case logistic
    /// A logit for each class and targets that are places of classes: cross-entropy of softmax.
    case softmax
    /// One value: half the mean square of the difference.
    case square
  }

  package var loss = Loss.logistic
  package var rate = 0.05
  /// Times the energy of the curves, a mean over inner ones and a mean over outer ones.
  package var energy = 0.0
  /// lambda_1: times the sum over all inner curves of their deviation over the rows that train.
  package var groupL1 = 0.0
  /// What of the control points is trained too; on all rows at once only.
  package var trainedCovariances: Set<TrainedCovariance> = []
  /// Rows of a step; 0 for all.
  package var batch = 0

  package init() {}
}

/// What a network makes of some rows.
package struct KolmogorovScore: Sendable, Equatable {
  package var rows = 0
  /// Sums over the rows: of the loss, of right answers, and of squares of differences.
  package var loss = 0.0
  package var right = 0
  package var squares = 0.0

  package var meanLoss: Double { loss / Double(max(rows, 1)) }
  package var accuracy: Double { Double(right) / Double(max(rows, 1)) }
  package var rootMeanSquare: Double { (squares / Double(max(rows, 1))).squareRoot() }
}
