/// What theory says of a network with certain numbers (specification of inhibitory networks, 3): the
/// mean field of shot noise of a sparse one, of a global one the state of one cluster where that is
/// valid, or else the asynchronous state.
struct InhibitoryPredictions: Sendable, Equatable {
  /// What they are for; predictions are made anew when it changes.
  struct Setting: Sendable, Equatable {
    var lowest: Double
    var highest: Double
    /// K; `nil` for global coupling.
    var inDegree: Int?
    var coupling: Double
    var delay: Double
    /// Time that active neurons are counted over.
    var window: Double
  }

  enum Theory: String {
    case asynchronous
    case oneCluster = "one cluster"
    case shotNoise = "shot noise"
  }

  let setting: Setting
  private(set) var theory: Theory?
  private(set) var meanRate: Double?
  private(set) var activeFraction: Double?
  private(set) var period: Double?
  /// CV of the intervals.
  private(set) var variation: Double?
  /// g nu, that lowers the drive of all neurons.
  private(set) var inhibition: Double?

  init(_ setting: Setting) {
    self.setting = setting
    guard let range = ExcitabilityRange(setting.lowest, setting.highest) else { return }
    if let inDegree = setting.inDegree {
      if let field = ShotNoiseMeanField(range, inDegree: inDegree, coupling: setting.coupling) {
        (theory, meanRate) = (.shotNoise, field.meanRate)
        activeFraction = field.activeFraction(within: setting.window)
        variation = field.meanVariation(within: setting.window)
      }
    } else if let cluster = OneClusterState(
      range, coupling: setting.coupling, delay: setting.delay), cluster.isValid
    {
      (theory, meanRate) = (.oneCluster, cluster.meanRate)
      (activeFraction, period) = (cluster.activeFraction, cluster.period)
    } else if let state = AsynchronousState(range, coupling: setting.coupling) {
      (theory, meanRate, activeFraction) = (.asynchronous, state.meanRate, state.activeFraction)
    }
    inhibition = AsynchronousState(range, coupling: setting.coupling).map {
      $0.meanRate * setting.coupling
    }
  }

  /// The rate of a neuron in the asynchronous state without fluctuations.
  func rate(excitability: Double) -> Double {
    let excess = excitability - (inhibition ?? 0) - 1
    return excess > 0 ? LeakyNeuron.rate(excess: excess) : 0
  }

  /// Lines of the plane of coupling and delay, for a range of excitabilities.
  static func boundaries(_ range: ExcitabilityRange) -> [DynamicsReport.Boundary] {
    var boundaries: [DynamicsReport.Boundary] = []
    if let onset = OscillationOnset(range) {
      boundaries.append(
        DynamicsReport.Boundary(
          title: "onset of oscillations", points: delays.map { SIMD2(onset.coupling, $0) }))
    }
    let cluster = delays.compactMap { delay in
      couplings.first { OneClusterState(range, coupling: $0, delay: delay)?.isValid == true }
        .map { SIMD2($0, delay) }
    }
    if cluster.count > 1 {
      boundaries.append(DynamicsReport.Boundary(title: "one cluster", points: cluster))
    }
    return boundaries
  }

  private static func powers(_ exponents: ClosedRange<Int>, of base: Double) -> [Double] {
    var power = 1.0
    for _ in 0..<abs(exponents.lowerBound) { power /= base }
    return exponents.map { _ in
      defer { power *= base }
      return power
    }
  }

  /// 0.01 to 10, and 0.1 to 1000.
  private static let delays = powers(-16...8, of: 1.333_521_432_163_324)
  private static let couplings = powers(-16...48, of: 1.154_781_984_689_458)
}
