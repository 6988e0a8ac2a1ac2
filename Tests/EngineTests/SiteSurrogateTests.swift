import Engine
import Foundation
import TestSupport
import Testing

@Suite struct SiteSurrogateTests {
  @Test(arguments: Surrogate.Kind.allCases)
  func `sums over thresholds are as in Double`(kind: Surrogate.Kind) throws {
    let site = SiteSurrogate(.standard(kind), placement: .thresholds)
    guard (try? site.validate(for: .diffused)) != nil else { return }
    var generator = SeededGenerator(7)
    let positions = generator.uniforms(700, in: -9..<9).map(Float.init)
    let slopes = site.curve.thresholdSlopes(at: positions)
    for (position, slope) in zip(positions, slopes) {
      let expected = try site.slope(activity: 0, position: Double(position))
      let isNearStep = site.curve.breakpoints.contains {
        abs((Double(position) - $0).remainder(dividingBy: 1)) < 1e-5
      }
      guard !isNearStep else { continue }
      #expect(
        abs(Double(slope) - expected) < 2e-5 * site.curve.peak, "\(kind) at \(position)")
    }
  }

  @Test func `the mean over a period is the mass of the curve, as far as thresholds reach`() throws
  {
    for (kind, tolerance) in [
      (Surrogate.Kind.triangular, 1e-3), (.boxcar, 5e-3), (.gaussian, 1e-3), (.arctan, 0.03),
    ] {
      let curve = try Surrogate(kind, normalization: .unitMass)
      let slopes = curve.thresholdSlopes(at: (0..<1000).map { Float($0) / 1000 })
      #expect(abs(slopes.reduce(0, +) / 1000 - 1) < Float(tolerance), "\(kind)")
    }
  }

  @Test func `what does not fit is refused`() {
    let at = { (kind: Surrogate.Kind) in SiteSurrogate(.standard(kind), placement: .thresholds) }
    #expect(throws: SurrogateError.noFiniteMass(.relu, found: .infinity)) {
      try at(.relu).validate(for: .nearest)
    }
    #expect(throws: SurrogateError.noFiniteMass(.stochasticSpike, found: nil)) {
      try at(.stochasticSpike).validate(for: .nearest)
    }
    #expect(throws: SurrogateError.noThresholds(.poisson)) {
      try at(.arctan).validate(for: .poisson)
    }
    #expect(throws: SurrogateError.self) { try at(.slayerLavaCUBA).validate(for: .diffused) }
    #expect(throws: SurrogateError.self) {
      try SiteSurrogate(.standard(.relu), normalization: .unitMass).validate(for: .off)
    }
    #expect(throws: Never.self) { try at(.relu).validate(for: .off) }
    for kind in Surrogate.Kind.allCases {
      for quantizer in Quantizer.allCases {
        #expect(throws: Never.self) {
          try SiteSurrogate(.standard(kind)).validate(for: quantizer)
        }
      }
    }
  }

  /// A sum over thresholds and a curve over activities, one of them random.
  static let surrogates = [
    SiteSurrogate(.standard(.arctan), placement: .thresholds),
    SiteSurrogate(.standard(.stochasticSpike)),
    SiteSurrogate(.standard(.triangular), normalization: .unitPeak),
  ]

  static func models(_ surrogate: SiteSurrogate) -> [ModelConfiguration] {
    var site = RecurrentCellTests.annealed
    site.surrogate = surrogate
    var stochastic = site
    stochastic.kind = .stochastic
    return RecurrentCellTests.models(hidden: 9, h: site) + [
      .lmu(LMUConfiguration(hidden: 9, order: 6, theta: 8, h: site, m: stochastic, u: site)),
      .lmu(
        LMUConfiguration(
          hidden: 9, order: 6, theta: 8, connections: .feedforward, h: site, m: site,
          u: stochastic)),
    ]
  }

  @Test(arguments: surrogates)
  func `one seed gives the same bits on any number of threads, and after a restart`(
    surrogate: SiteSurrogate
  ) throws {
    for model in Self.models(surrogate) {
      let configuration = RecurrentCellTests.configuration(model, shards: 3)
      var ends: [Checkpoint] = []
      for threads in [1, 3] {
        let study = try TrainingStudy(tiny: configuration, threads: threads)
        _ = try study.runToEnd()
        ends.append(study.snapshot())
      }
      #expect(ends[1] == ends[0])

      let first = try TrainingStudy(tiny: configuration, threads: 1)
      while first.progress.step < 3 { _ = try first.advance(within: .zero) }
      let second = try TrainingStudy(tiny: configuration, threads: 1)
      try second.restore(first.snapshot())
      _ = try second.runToEnd()
      #expect(second.snapshot() == ends[0])
    }
  }

  @Test func `a surrogate changes training, and does not change what is emitted`() throws {
    let models = Self.surrogates.map { Self.models($0)[0] } + [Self.models(.straightThrough)[0]]
    let studies = try models.map {
      try TrainingStudy(tiny: RecurrentCellTests.configuration($0), threads: 1)
    }
    let events = try studies.map { try $0.runToEnd().compactMap(\.trainingLoss) }
    #expect(Set(events.map { $0[0] }).count == 1)
    #expect(Set(events.map { $0[events[0].count - 1] }).count == models.count)
  }
}
