/// What is kept to look at learned activations.
struct CurveGallery {
  /// Of each activation and shown row the curves of its channels.
  typealias Curves = [[[LearnedCurve]]]

  /// At the ends of the last epochs, oldest first.
  private(set) var past: [(epoch: Int, curves: Curves)] = []
  /// Before training.
  var start: Curves?
  /// The last look, how long it took, and when it was over.
  var look: (report: CurvesReport, duration: Duration, end: ContinuousClock.Instant)?
  /// The polynomial of an epoch.
  var polynomial: (epoch: Int, report: PolynomialReport?)?
  /// Norm of the whole gradient in the last step.
  var gradientNorm = 0.0

  /// Rows of an activation that are shown, and channels of a shared one that are taken together.
  static let most = 32
  private static let epochs = 5

  mutating func note(_ curves: Curves, epoch: Int) {
    past.removeAll { $0.epoch >= epoch }
    past.append((epoch, curves))
    if past.count > Self.epochs { past.removeFirst() }
  }

  static func curves(of network: FeedForwardNetwork, _ weights: ParameterSlab) -> Curves {
    network.selfLearnableLayers.map { layer in
      (0..<min(layer.rows, most)).map { row in
        layer.channels(ofRow: row).prefix(most).map { layer.curve(ofChannel: $0, weights) }
      }
    }
  }
}

extension Array<LearnedCurve> {
  /// The mean of their heights.
  func height(at x: Double) -> Double {
    reduce(0) { $0 + $1.value(x) } / Double(Swift.max(count, 1))
  }
}
