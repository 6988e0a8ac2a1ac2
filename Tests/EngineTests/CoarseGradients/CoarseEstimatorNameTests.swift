import Engine
import Testing

@Suite struct CoarseEstimatorNameTests {
  private static let kinds = Surrogate.Kind.allCases.filter { $0 != .stochasticSpike }

  @Test(arguments: kinds)
  func `A surrogate by its name has the moments of its curve`(kind: Surrogate.Kind) throws {
    let estimator = try #require(CoarseEstimatorName(rawValue: kind.rawValue)).estimator
    #expect(estimator.name == kind.rawValue)
    let curve = CoarseEstimator(.standard(kind))
    for (norm, angle) in [(0.3, 0.2), (1, .pi / 3), (2.5, 3.0)] {
      let place = CoarsePlace(norm: norm, angle: angle)
      let (found, expected) = (estimator.moments(at: place), curve.moments(at: place))
      // Curves such as k exp(-|x - 1|) reach 25.
      let bound = 1e-12 * max(1, Surrogate.standard(kind).derivative(1))
      for (one, other) in [
        (found.positive, expected.positive), (found.total, expected.total),
        (found.along, expected.along), (found.across, expected.across),
      ] {
        #expect(abs(one - other) <= bound, "\(one) \(other)")
      }
    }
  }

  @Test func `Eight names come first, each curve once, and six curves are closed forms`() {
    let names = CoarseEstimatorName.allCases.map(\.rawValue)
    #expect(
      names.prefix(8) == [
        "identity", "relu", "clipped_relu", "hard_tanh", "leaky_relu", "reverse_relu", "arctan",
        "triangular",
      ])
    #expect(names.count == Self.kinds.count && Set(names).count == names.count)
    #expect(CoarseEstimatorName.allCases.filter { $0.estimator.hasClosedForm }.count == 6)
    for (spelling, kind) in CoarseEstimatorName.spellings {
      #expect(CoarseEstimatorName(rawValue: spelling)?.rawValue == kind.rawValue)
    }
  }

  @Test func `A name may have numbers, and closed forms take them`() throws {
    let place = CoarsePlace(norm: 1.5, angle: 1)
    for (text, shortest, kind, number) in [
      ("leakyReLU( slope = 0.3 )", "leaky_relu(slope=0.3)", Surrogate.Kind.leakyReLU, 0.3),
      ("clipped_relu(c=2)", "clipped_relu(c=2)", .clippedReLU, 2),
      ("hardTanh(c=1)", "hard_tanh", .hardTanh, 1),
      ("arctan(alpha=3)", "arctan(alpha=3)", .arctan, 3),
    ] {
      let name = try CoarseEstimatorName(text: text)
      #expect(name.rawValue == shortest && name.estimator.name == shortest)
      #expect(name.estimator.hasClosedForm == (kind != .arctan))
      let curve = try Surrogate(kind, parameters: [number])
      let expected = CoarseEstimator(curve).moments(at: place)
      #expect(abs(name.estimator.moments(at: place).along - expected.along) < 1e-12)
    }
    let wide = try CoarseEstimatorName(text: "hardTanh").setting("c", to: 2)
    #expect(
      wide.rawValue == "hard_tanh(c=2)" && CoarseEstimatorName(rawValue: "hardTanh(c=0)") == nil)
    #expect(throws: SurrogateError.unknownParameter(.hardTanh, "k")) {
      try wide.setting("k", to: 1)
    }
  }

  @Test func `The random curve and other words are no estimators`() {
    for word in ["stochastic_spike", "stochasticSpike", "fastSigmoid", ""] {
      #expect(CoarseEstimatorName(rawValue: word) == nil)
    }
  }

  @Test func `A curve of the catalogue can be chosen while a study goes on`() throws {
    var configuration = CoarseTheoryConfiguration()
    configuration.steps = 300
    configuration.estimator = try #require(CoarseEstimatorName(rawValue: "hard_tanh"))
    configuration.race = [try #require(CoarseEstimatorName(rawValue: "fast_sigmoid"))]
    var study = try CoarseTheoryStudy(name: "theory", configuration: configuration, seed: 1)
    #expect(study.gauges.contains { $0.id == "race.fast_sigmoid.loss" })
    let knob = study.knobs.first { $0.id == "estimator" }
    guard case .choice(let selected, _)? = knob?.kind else {
      Issue.record("no choice")
      return
    }
    #expect(selected == "hard_tanh")
    _ = try study.advance(within: .zero)
    _ = try study.apply(.choose(knob: "estimator", option: "superspike"))
    _ = try study.advance(within: .zero)
    guard case .theory(let report)? = study.probe(.theory) else {
      Issue.record("no look")
      return
    }
    #expect(report.lanes.map(\.estimator) == ["superspike", "fast_sigmoid"])
    // Two-sided curves leave a residual at the spurious minimum.
    #expect(report.lanes.allSatisfy { $0.residual > 0 && $0.loss.isFinite })
  }
}
