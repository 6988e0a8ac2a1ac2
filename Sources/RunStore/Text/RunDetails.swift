import Documents
import Experiments
package import Runs

/// Everything that is known of one stored run.
package struct RunDetails: Sendable {
  package struct Checkpoint: Sendable, Equatable {
    package var step: Int
    package var path: String
    package var bytes: Int
    /// Why it was saved, where the events tell.
    package var reason: String?
  }

  /// A setting that is not that of the preset.
  package struct Difference: Sendable, Equatable {
    package var key: String
    package var value: RunSummary.SettingValue
    /// `nil` where the preset does not have it.
    package var preset: RunSummary.SettingValue?
  }

  package struct Fork: Sendable, Equatable {
    package var name: String
    package var step: Int?
  }

  package let summary: RunSummary
  package let row: RunRow
  package let checkpoints: [Checkpoint]
  package let forks: [Fork]
  /// The preset whose settings the run's are compared with: that of its name, or the standard one.
  package let preset: String
  package let differences: [Difference]

  package init(_ run: StoredRun, forks: [(name: String, step: Int?)]) {
    let summary = RunSummary.read(folder: run.folder)
    self.summary = summary
    var state = RunState(summary)
    if state.isOpen, RunLock.isHeld(in: run.folder) { state = .running }
    row = RunRow(summary, state: state)
    checkpoints = run.checkpoints.map { saved in
      Checkpoint(
        step: saved.step, path: saved.path, bytes: FileStamp(saved.path)?.size ?? 0,
        reason: summary.savedReasons[saved.step])
    }
    self.forks = forks.map { Fork(name: $0.name, step: $0.step) }
    let preset = summary.experiment.flatMap(Presets.preset(named:)) ?? Presets.standard
    self.preset = preset.name
    differences = Self.differences(of: summary.settings, from: preset.experiment)
  }

  private static func differences(
    of settings: [RunSummary.Setting], from experiment: Experiment
  ) -> [Difference] {
    guard case .table(let fields) = experiment.document else { return [] }
    let pairs = Flattening.settings(fields).map { ($0.key, $0.value) }
    let known = Dictionary(pairs) { first, _ in first }
    return settings.compactMap { setting in
      guard known[setting.key] != setting.value, setting.key != "name", setting.key != "title"
      else { return nil }
      return Difference(key: setting.key, value: setting.value, preset: known[setting.key])
    }
  }
}

extension RunRow {
  convenience init(_ summary: RunSummary, state: RunState) {
    self.init(
      name: summary.name, folder: summary.folder, experiment: summary.experiment,
      model: summary.model, seed: summary.seed, parameters: summary.parameters,
      created: summary.created, ended: summary.ended, state: state, reason: summary.reason,
      step: summary.step, steps: summary.steps, epoch: summary.epoch, epochs: summary.epochs,
      seconds: summary.seconds, parent: summary.parent, parentStep: summary.parentStep,
      note: summary.note.isEmpty ? nil : summary.note, tags: summary.tags,
      scores: summary.scores, trace: summary.trace, values: [])
  }
}
