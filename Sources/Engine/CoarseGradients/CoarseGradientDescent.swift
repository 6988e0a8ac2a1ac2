/// Coarse gradient descent in the two-layer model (Yin et al. 2019, algorithm 1): v and w go down
/// the gradient for v and the coarse gradient for w, both of the same point, with one step size.
///
/// In exact mode both are expectations and a step is a fraction of a microsecond; in sampled mode
/// they are means over a batch. A step allocates nothing as long as nobody else holds the arrays
/// of the point.
package struct CoarseGradientDescent: Sendable {
  /// What may be turned between two steps.
  package struct Settings: Sendable {
    /// The step size η.
    package var rate: Double
    package var estimator: CoarseEstimator
    /// Samples of a batch; `nil` in exact mode.
    package var batch: Int?
    /// Of the samples.
    package var seed: UInt64
    /// Whether w is scaled back to its first length after every step. Not in the paper: it takes
    /// away the collapse of |w| that makes an estimator with a negative side jump.
    package var keepsNorm: Bool

    package init(
      rate: Double = 0.05, estimator: CoarseEstimator, batch: Int? = nil, seed: UInt64 = 1,
      keepsNorm: Bool = false
    ) {
      self.rate = rate
      self.estimator = estimator
      self.batch = batch
      self.seed = seed
      self.keepsNorm = keepsNorm
    }
  }

  /// What the last batch showed at the point where it was drawn.
  package struct BatchView: Sendable, Equatable {
    package var empiricalLoss: Double
    /// The population loss there.
    package var loss: Double
    /// Cosine of the angle between the batch's coarse gradient for w and the expected one; `nil`
    /// where one of them is 0.
    package var cosine: Double?
  }

  package private(set) var point: PopulationPoint
  package private(set) var settings: Settings
  /// The expected coarse gradient at the point.
  package private(set) var expected: ExpectedCoarseGradient
  package private(set) var record: DescentRecord
  package private(set) var batchView: BatchView?
  /// Samples drawn so far; the next batch begins there.
  package private(set) var drawn = 0

  private var sums: SampleSums
  private var alongV: [Double]
  private var alongW: [Double]

  package init(from start: PopulationPoint, settings: Settings) {
    self.init(at: start, DescentRecord(startNorm: start.place.norm), drawn: 0, settings: settings)
  }

  private init(
    at point: PopulationPoint, _ record: DescentRecord, drawn: Int, settings: Settings
  ) {
    self.point = point
    self.record = record
    self.drawn = drawn
    self.settings = settings
    expected = ExpectedCoarseGradient(of: settings.estimator, at: point)
    sums = SampleSums(point, estimators: [settings.estimator])
    alongV = point.v
    alongW = point.w
  }

  // MARK: Saving

  /// What a descent goes on from, bit for bit, with the same teacher and settings.
  package struct State: Sendable, Equatable, Codable {
    package var v: [Double]
    package var w: [Double]
    package var drawn: Int
    package var record: DescentRecord
  }

  package var state: State { State(v: point.v, w: point.w, drawn: drawn, record: record) }

  /// Goes on from a state. Throws where it does not fit the teacher.
  package init(
    _ state: State, teacher: CoarseTeacher, settings: Settings
  ) throws(CoarseGradientError) {
    let point = try PopulationPoint(teacher, v: state.v, w: state.w)
    self.init(at: point, state.record, drawn: state.drawn, settings: settings)
  }

  /// Goes on with other settings.
  package mutating func change(_ settings: Settings) {
    self.settings = settings
    expected = ExpectedCoarseGradient(of: settings.estimator, at: point)
    sums = SampleSums(point, estimators: [settings.estimator])
  }

  /// Goes on with another step size, which costs nothing.
  mutating func change(rate: Double) { settings.rate = rate }

  package var outcome: DescentOutcome {
    DescentOutcome(of: point, startNorm: record.startNorm)
  }

  /// Whether the gradient for v and the part of the coarse gradient across w have come below
  /// 1e-10. The part along w is not asked: it is never small where an estimator has a negative
  /// side, and the loss does not see it.
  package var isStationary: Bool {
    guard abs(expected.tangential) < 1e-10 else { return false }
    for number in point.gradientV where !(abs(number) < 1e-10) { return false }
    return true
  }

  /// Whether no further step can be made: w is 0 or a number not finite.
  package var isAtEnd: Bool { point.isAtZero || !point.loss.isFinite }

  /// Makes up to `count` steps, fewer where the descent comes to its end, or becomes stationary if
  /// that is asked for. Returns how many.
  @discardableResult
  package mutating func run(_ count: Int, untilStationary: Bool = false) -> Int {
    for done in 0..<max(count, 0) {
      if isAtEnd || (untilStationary && isStationary) { return done }
      step()
    }
    return max(count, 0)
  }

  private mutating func step() {
    let before = point.loss
    if let batch = settings.batch {
      sampleGradients(batch)
      point.descend(rate: settings.rate, alongV: alongV, alongW: alongW)
    } else {
      point.descend(
        rate: settings.rate, radial: expected.radial, tangential: expected.tangential)
    }
    if settings.keepsNorm { point.rescale(to: record.startNorm) }
    expected = ExpectedCoarseGradient(of: settings.estimator, at: point)
    record.add(lossBefore: before, loss: point.loss, norm: point.place.norm)
  }

  private mutating func sampleGradients(_ batch: Int) {
    sums.begin(at: point)
    sums.add(drawn..<drawn + batch, of: PortableNormals(seed: settings.seed))
    drawn += batch
    sums.copyMeans(toV: &alongV, toW: &alongW)
    var (product, squares) = (0.0, 0.0)
    for column in alongW.indices {
      product +=
        alongW[column]
        * (expected.radial * point.direction[column]
          + expected.tangential * point.perpendicular[column])
      squares += alongW[column] * alongW[column]
    }
    let norms = squares.squareRoot() * expected.norm
    batchView = BatchView(
      empiricalLoss: sums.meanLoss, loss: point.loss,
      cosine: norms > 1e-14 ? min(max(product / norms, -1), 1) : nil)
  }
}
