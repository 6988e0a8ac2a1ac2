/// Coarse gradient descent in the two-layer model as an experiment (Yin et al. 2019).
package struct CoarseTheoryConfiguration: Sendable, Equatable {
  /// Where gradients come from.
  package enum Mode: String, Sendable, Codable, CaseIterable {
    /// Expectations over all inputs.
    case exact
    /// Means over a batch.
    case sampled
  }

  package enum TeacherKind: String, Sendable, CaseIterable {
    /// v* and w* are numbers of the experiment.
    case given
    /// They are drawn: v* of standard normal numbers, w* in a random direction.
    case drawn
  }

  /// A place to begin at.
  package enum Start: String, Sendable, Codable, CaseIterable {
    case random, nearSpurious, nearSaddle
  }

  package var mode = Mode.exact
  /// Steps from a start on.
  package var steps = 20_000
  package var teacher = TeacherKind.given
  /// v* and w* of a given teacher.
  package var v = [1, -0.5, 0.25, 0.75]
  package var w = [0.6, 0.8, 0]
  /// m and n of a drawn one.
  package var patches = 4
  package var inputs = 3
  /// The estimator that leads, and those that descend beside it from the same start.
  package var estimator = CoarseEstimatorName.identity
  package var race: [CoarseEstimatorName] = [.relu, .clippedReLU, .hardTanh]
  /// The step size η.
  package var rate = 0.05
  /// Samples of a batch in sampled mode.
  package var batch = 50
  /// Whether w is scaled back to its first length after every step.
  package var normalisesW = false
  package var start = Start.nearSpurious
  /// |w| at the start.
  package var startNorm = 1.0
  /// Steps a second while somebody watches; changes no result.
  package var speed = 200.0

  package init() {}

  package static let allowedRates = 1e-6...10.0
  package static let allowedBatches = 1...100_000
  /// The highest stands for as many as can be.
  package static let allowedSpeeds = 1.0...1e7
  package static let allowedNorms = 1e-3...1e3
  /// Steps of what is told as an epoch.
  package static let stepsPerEpoch = 1000

  package var epochs: Int { (steps + Self.stepsPerEpoch - 1) / Self.stepsPerEpoch }

  /// Throws where a vector of the teacher is empty, zero or not finite.
  package func makeTeacher(seed: UInt64) throws(CoarseGradientError) -> CoarseTeacher {
    guard teacher == .drawn else { return try CoarseTeacher(v: v, w: w) }
    // Other numbers than those of the starts of the same seed.
    let normals = PortableNormals(seed: ~seed)
    return try CoarseTeacher(
      v: normals.numbers(patches), w: normals.numbers(inputs, from: patches + patches % 2))
  }

  /// The loss at start `index` of a kind with |w| = norm; `nil` where there is no such start.
  package static func lossAtStart(
    _ start: Start, index: Int, norm: Double, teacher: CoarseTeacher, seed: UInt64
  ) -> Double? {
    var configuration = CoarseTheoryConfiguration()
    configuration.startNorm = norm
    return try? configuration.point(start, index: index, for: teacher, seed: seed).loss
  }

  /// Start `index` of a kind; only random ones differ by their index.
  func point(
    _ start: Start, index: Int, for teacher: CoarseTeacher, seed: UInt64
  ) throws(CoarseGradientError) -> PopulationPoint {
    switch start {
    case .random:
      return try CoarseStart.random(seed: seed, index: index, norm: startNorm).point(for: teacher)
    case .nearSpurious:
      return try CoarseStart.nearFarEnd(offset: 0.01, angle: 0.05, norm: startNorm)
        .point(for: teacher)
    case .nearSaddle:
      // Where there is no saddle the middle of the landscape stands for it.
      let angle = teacher.saddleAngle ?? .pi / 2
      return try CoarseStart.exactly(
        v: teacher.bestV(at: angle).enumerated().map { $1 + ($0.isMultiple(of: 2) ? 0.01 : -0.01) },
        w: teacher.filter(at: angle + 0.02, norm: startNorm)
      ).point(for: teacher)
    }
  }
}
