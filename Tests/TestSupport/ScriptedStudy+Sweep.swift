package import Engine

extension ScriptedStudy {
  package mutating func wait(within budget: Duration) -> [StudyEvent] {
    nextOfSweep() + nextOfStability()
  }

  /// A chunk of the sweep that goes on, without any waiting.
  private mutating func nextOfSweep() -> [StudyEvent] {
    guard sweepChunks > 0 else { return [] }
    sweepChunks -= 1
    let total = max(script.evaluationChunks, 1)
    guard sweepChunks == 0 else {
      return [
        .evaluating(
          EvaluationProgress(
            split: .validation, done: total - sweepChunks, total: total, purpose: .sweep))
      ]
    }
    return [.swept(sweptResolutions)]
  }

  /// Accuracies that rise with w.
  private var sweptResolutions: ResolutionSweep {
    let trained = script.sites.map { dials.value(of: "w." + $0.id, at: max(step - 1, 0)) }
    let rows = [0.5, 1, 2, .infinity].map { factor in
      ResolutionSweep.Row(
        position: factor, resolutions: trained.map { $0 * factor }, isTrained: factor == 1,
        metrics: factor.isFinite
          ? [Reading("spiking.accuracy", 0.9 - 0.1 / factor), Reading("spiking.spread", 0.01)]
          : [Reading("nonSpiking.accuracy", 0.95)])
    }
    return ResolutionSweep(
      epoch: epoch, step: step, split: .validation, samples: 100,
      sites: script.sites.map(\.id), swept: script.sites.map(\.id), rows: rows)
  }
}
