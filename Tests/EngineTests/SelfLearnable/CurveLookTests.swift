import Testing

@testable import Engine

@Suite struct CurveLookTests {
  private static let request = Probe.Request.curves(
    CurvesRequest(map: .init(columns: 6, rows: 4)))

  private func report(_ study: FeedForwardStudy) throws -> CurvesReport {
    guard case .curves(let report)? = study.probe(Self.request) else {
      throw StudyError.interrupted(reason: "no report")
    }
    return report
  }

  @Test func `a look shows every unit, what is in it and where the data are`() throws {
    let study = try LearnedStudyTests.study()
    #expect(study.probe(Self.request) == nil)
    _ = try study.events(until: 6)
    let report = try report(study)
    #expect(report.step == 6 && report.epoch == 2 && report.pastEpochs == 1)
    #expect(report.curves.count == 10 && report.curves[1].id == "3.learned.1")
    for curve in report.curves {
      #expect(curve.now.count == 65 && curve.start.count == 65 && curve.past.count == 65)
      #expect(curve.now.allSatisfy(\.isFinite) && curve.now != curve.start)
      #expect(curve.density.count == 2 && curve.density.joined().reduce(0, +) > 20)
      #expect(curve.words.contains("-like "))
    }
    #expect(report.layers.map(\.id) == ["3.learned", "7.learned"])
    #expect(report.layers[0].basis == "chebyshev" && study.summary.curves == .selfLearnable)
    #expect(report.layers.allSatisfy { $0.coefficients.count == 4 && $0.gates.isEmpty })
    let map = try #require(report.map)
    #expect(map.values.count == 24 && map.values.allSatisfy { (0...1).contains($0) })
    #expect(report.polynomial?.degree == 9 && report.polynomial?.monomials == 55)
    #expect(report.polynomial?.largest.count == 10)
    #expect(report.health.contains { $0.title == "not finite" && !$0.isAlarming })
  }

  @Test func `the polynomial is what the network says`() throws {
    let study = try LearnedStudyTests.study {
      $0.take(.paper(degree: 2))
      ($0.width, $0.depth) = (3, 1)
    }
    _ = try study.events(until: 6)
    let polynomial = try #require(study.polynomial)
    #expect(polynomial.degree == 2 && polynomial.monomials == 6)
    let point: [Float] = [0.5, -1.5]
    let outputs = study.trainer.outputs(at: [point], activation: .rectified)[0]
    let value = polynomial.largest.reduce(0.0) { sum, term in
      let powers = ["1": 1, "x1": 0.5, "x2": -1.5, "x1^2": 0.25, "x2^2": 2.25, "x1 x2": -0.75]
      return sum + term.value * (powers[term.name] ?? .nan)
    }
    #expect(abs(value - (outputs[1] - outputs[0])) < 1e-4)
  }

  @Test func `shared and gated activations are one curve a layer`() throws {
    let study = try LearnedStudyTests.study { $0.take(.paper(degree: 4)) }
    _ = try study.events(until: 2)
    let report = try report(study)
    #expect(report.curves.map(\.title) == ["layer 1", "layer 2"])
    #expect(report.layers.allSatisfy { $0.gates.count == 4 })
  }

  @Test func `looking changes nothing of the training`() throws {
    let change: (inout FeedForwardStudyConfiguration) -> Void = {
      $0.take(.paper(degree: 3))
      $0.quantized = .init(epochs: 1, rate: 0.01)
    }
    let (plain, watched) = (
      try LearnedStudyTests.study(change), try LearnedStudyTests.study(change)
    )
    _ = try plain.events()
    for step in 1...12 {
      _ = try watched.events(until: step)
      watched.gallery.look = nil
      _ = watched.probe(Self.request)
      _ = watched.probe(.layers)
    }
    _ = try watched.events()
    #expect(watched.snapshot() == plain.snapshot())
  }
}

@Suite struct FoldedCurveTests {
  @Test func `an export has the curves of evaluation`() throws {
    for recipe in [SelfLearnableRecipe.paper(degree: 3), .stable(degree: 4)] {
      let study = try LearnedStudyTests.study { $0.take(recipe) }
      _ = try study.events(until: 5)
      let saved = study.snapshot()
      let tensors = FoldedCurves.tensors(of: saved)
      for layer in study.layers {
        let name = study.name(of: layer)
        let folded = try #require(tensors.first { $0.name == name + ".folded" })
        let scale = try #require(tensors.first { $0.name == name + ".folded.scale" })
        #expect(folded.shape == [5, layer.configuration.degree + 1])
        #expect(tensors.contains { $0.name == name + ".folded.ends" } == (recipe.clipNorm != nil))
        for channel in 0..<5 {
          let own = folded.values[channel * folded.shape[1]..<(channel + 1) * folded.shape[1]]
          let curve = try ActivationCurve(layer.configuration.basis, own.map(Double.init))
          let known = layer.curve(ofChannel: channel, study.trainer.weights)
          let x = 0.3 * Double(channel) - 0.5
          let z = Double(scale.values[channel]) * x
          #expect(abs(curve.value(z) - known.value(x)) < 1e-5 * max(1, abs(known.value(x))))
        }
      }
    }
    let plain = try FeedForwardStudy.small()
    #expect(FoldedCurves.tensors(of: plain.snapshot()).isEmpty)
  }
}
