package import Engine
import Foundation

/// A study that trains nothing: its numbers are pure functions of the seed, the step and the
/// schedules, so runner, printers and views can be tried without an engine.
///
/// It keeps the whole contract of ``Study``: validation in chunks after each epoch and on request,
/// a final test, edits with undo and redo on every schedule, probes, saving and restoring.
package struct ScriptedStudy: Study {
  enum Phase: Equatable {
    case training
    case evaluating(Gauge.Split, done: Int)
    case ended
  }

  package let script: Script
  var phase = Phase.training
  var step = 0
  var epoch = 0
  /// Outcome and reason of a study that is to end after its final test.
  var ending: (outcome: Conclusion.Outcome, reason: String)?
  var validationIsDue = false
  /// Chunks of a sweep that are yet to come.
  var sweepChunks = 0
  /// What is yet to be told of a test of stability.
  var stabilityReports: [StabilityReport] = []
  var dials: Dials

  package init(_ script: Script = Script()) {
    self.script = script
    dials = Dials(script)
  }

  package var summary: StudySummary {
    var summary = StudySummary(
      name: script.name, model: "scripted numbers", seed: script.seed, parameters: 1234, state: 24,
      sites: script.sites)
    if !script.sites.isEmpty { summary.surrogates = ["identity", "relu"] }
    return summary
  }

  package var progress: StudyProgress {
    StudyProgress(
      step: step, steps: script.steps, epoch: epoch, epochs: script.epochs,
      stepsPerEpoch: script.stepsPerEpoch, samples: step * script.batch)
  }

  package var isAnnealed: Bool { step >= script.steps / 2 }

  package var knobs: [Knob] { dials.knobs(of: script) }

  package mutating func advance(within budget: Duration) throws(StudyError) -> [StudyEvent] {
    var events = wait(within: .zero)
    for _ in 0..<(budget > .zero ? max(script.stepsPerAdvance, 1) : 1) {
      if phase == .training && (ending != nil || validationIsDue) {
        phase = .evaluating(ending == nil ? .validation : .test, done: 0)
      }
      switch phase {
      case .ended: return events
      case .evaluating(let split, let done):
        events += evaluate(split, done: done + 1)
        return events
      case .training:
        events += try train()
      }
    }
    return events
  }

  package mutating func stop(reason: String) {
    guard ending == nil, phase != .ended else { return }
    ending = (.stopped, reason)
    if phase != .training { phase = .training }
  }

  private mutating func train() throws(StudyError) -> [StudyEvent] {
    if case .fails(step, let error) = script.mishap { throw error }
    if script.stepDelay > .zero {
      Thread.sleep(forTimeInterval: script.stepDelay / .seconds(1))
    }
    step += 1
    script.onStep?(step)
    if case .diverges(step) = script.mishap {
      ending = (.diverged, "loss is not finite")
      phase = .ended
      return [.stepped(readings), .ended(conclusion(metrics: []))]
    }
    var events: [StudyEvent] = [.stepped(readings)]
    if step == script.ruleAtStep, let record = turnByRule() { events.append(.edited(record)) }
    if step % script.stepsPerEpoch == 0 {
      epoch += 1
      validationIsDue = true
    }
    return events
  }

  private mutating func evaluate(_ split: Gauge.Split, done: Int) -> [StudyEvent] {
    let total = max(script.evaluationChunks, 1)
    let progress = EvaluationProgress(split: split, done: done * 100, total: total * 100)
    phase = .evaluating(split, done: done)
    guard done >= total else { return [.evaluating(progress)] }
    if split == .test {
      phase = .ended
      let metrics = metrics.map { Reading("test." + $0.gauge, $0.last) }
      return [.evaluating(progress), .ended(conclusion(metrics: metrics))]
    }
    phase = .training
    validationIsDue = false
    if step == script.steps { ending = (.completed, "all epochs are done") }
    let evaluation = Evaluation(epoch: epoch, step: step, split: split, metrics: metrics)
    return [.evaluating(progress), .evaluated(evaluation)]
  }

  private func conclusion(metrics: [Reading]) -> Conclusion {
    Conclusion(
      outcome: ending?.outcome ?? .completed, reason: ending?.reason ?? "", epochs: epoch,
      metrics: metrics)
  }
}
