extension TrainingStudy {
  /// At the w of the last step. As much memory as training takes is needed again.
  package func testStability(_ plan: StabilityPlan?) throws(StabilityRefusal) {
    guard let plan else { return stability.begin(nil) }
    try plan.check()
    let own = try trainer(with: plan.surrogate)
    let resolutions = resolutions(at: lastStep)
    stability.begin(
      BackgroundStability(plan, step: step, samples: own.problem.count(in: .training)) {
        StabilityTask(own, resolutions: resolutions, rate: plan.rate, epochs: plan.epochs)
      })
  }

  /// Another trainer with the present weights, whose quantizers have another derivative.
  private func trainer(with surrogate: String) throws(StabilityRefusal) -> Trainer {
    guard !summary.sites.isEmpty else { throw .nothingQuantized }
    var configuration = configuration
    do throws(SurrogateError) {
      configuration.model = try configuration.model.with(Surrogate(text: surrogate))
    } catch .unknownKind(let name) {
      throw .unknownSurrogate(name)
    } catch {
      throw .surrogate(error)
    }
    // Derivatives decide nothing about whether a layer can be made.
    guard let network = try? Network(configuration, for: trainer.problem) else {
      throw .nothingQuantized
    }
    do throws(TrainingSetupError) {
      let own = try Trainer(
        network: network, problem: trainer.problem, configuration: configuration, threads: 1)
      own.weights.flat.copy(from: trainer.weights.flat)
      return own
    } catch {
      throw .setup(error)
    }
  }

  /// The surrogates that a test can be asked for.
  static func testable(_ sites: [QuantizedSignal]) -> [Surrogate.Kind] {
    let active = sites.map(\.site).filter { $0.kind != .off }
    guard !active.isEmpty else { return [] }
    return Surrogate.Kind.allCases.filter { kind in
      active.allSatisfy {
        (try? $0.surrogate.with(.standard(kind)).validate(for: $0.kind)) != nil
      }
    }
  }
}

extension ModelConfiguration {
  /// The same with another derivative of all quantizers. Throws where it does not fit one of them.
  fileprivate func with(_ curve: Surrogate) throws(SurrogateError) -> ModelConfiguration {
    let change = { (site: inout QuantizerSite) throws(SurrogateError) in
      site.surrogate = site.surrogate.with(curve)
      try site.surrogate.validate(for: site.kind)
    }
    switch self {
    case .lmu(var lmu):
      try change(&lmu.h)
      try change(&lmu.m)
      try change(&lmu.u)
      return .lmu(lmu)
    case .rnn(var rnn):
      try change(&rnn.h)
      return .rnn(rnn)
    case .lstm(var lstm):
      try change(&lstm.h)
      return .lstm(lstm)
    case .gru(var gru):
      try change(&gru.h)
      return .gru(gru)
    case .nru(var nru):
      try change(&nru.h)
      try change(&nru.m)
      return .nru(nru)
    }
  }
}
