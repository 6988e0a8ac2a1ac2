/// What is kept to look at learned activations.
struct CurveGallery {
  /// Of each activation and shown row the curves of its channels.
  typealias Curves = [[[LearnedCurve]]]

  /// At the ends of the last epochs, oldest first.
  private(set) var past: [(epoch: Int, curves: Curves)] = []
  /// Before training.
  var start: Curves?
  /// The same of the head.
  private(set) var pastHeads: [(epoch: Int, network: KolmogorovNetwork)] = []
  var startHead: KolmogorovNetwork?
  /// The last look, whether a map was asked for, how long it took, and when it was over.
  var look: Look?
  /// The polynomial of an epoch.
  var polynomial: (epoch: Int, report: PolynomialReport?)?
  /// Norm of the whole gradient in the last step.
  var gradientNorm = 0.0

  struct Look {
    let report: CurvesReport
    let isMapped: Bool
    let duration: Duration
    let end: ContinuousClock.Instant
  }

  /// Rows of an activation that are shown, and channels of a shared one that are taken together.
  static let most = 32
  private static let epochs = 5

  mutating func note(_ curves: Curves, epoch: Int) {
    past.removeAll { $0.epoch >= epoch }
    past.append((epoch, curves))
    if past.count > Self.epochs { past.removeFirst() }
  }

  mutating func note(_ head: KolmogorovNetwork, epoch: Int) {
    pastHeads.removeAll { $0.epoch >= epoch }
    pastHeads.append((epoch, head))
    if pastHeads.count > Self.epochs { pastHeads.removeFirst() }
  }

  /// The epoch of the oldest curves that are kept.
  var pastEpoch: Int? { past.first?.epoch ?? pastHeads.first?.epoch }

  static func curves(of layers: [SelfLearnableActivation], _ weights: ParameterSlab) -> Curves {
    layers.map { layer in
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
