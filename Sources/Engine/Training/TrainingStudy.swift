/// Training a recurrent classifier while its resolutions follow their schedules, as a study.
///
/// One unit of work is one optimizer step. The order of samples, all noise and every schedule are
/// functions of the seed and the step, so a run is determined by its configuration and its edits:
/// ``replay(_:)`` repeats it bit for bit.
package final class TrainingStudy: Study {
  /// What the next `advance` does.
  enum Phase {
    case training
    case evaluating(EvaluationTask)
    case ended
  }

  package internal(set) var summary: StudySummary
  package let gauges: [Gauge]
  let trainer: Trainer
  let configuration: TrainingConfiguration
  let signals: [QuantizedSignal]
  let stepsPerEpoch: Int

  var steering: Steering
  var phase = Phase.training
  var step = 0
  /// Epochs completed.
  var epoch = 0
  var samples = 0
  /// Training indices in the order of the present epoch.
  var order: [Int]
  /// Everything that was done to the schedules, in order.
  var edits: [EditRecord] = []
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord] = []
  var isValidationAsked = false
  /// The sweep over resolutions that is going on.
  var sweep: BackgroundWork<BackgroundSweep>?
  var stability = StabilitySlot()
  var stopReason: String?
  /// What was being evaluated when the study was stopped.
  var unfinishedEvaluation: Gauge.Split?
  var lastEvaluation: [Gauge.Split: Evaluation] = [:]
  var plateau: PlateauRule?
  var stopState: StopRules.State
  /// Why training ends before its last epoch: a stop rule is fulfilled.
  var earlyEnd: String?
  /// Whether the end of a run that was restored at its end has yet to be told again.
  var mustTellEnd = false
  /// Metered values of each site, renewed when a window of steps closes.
  var window: MeterWindow
  /// What was done to learned activations.
  var shape = LearnedShape()
  var gallery = CurveGallery()

  /// `name` and `threads` do not influence results. Throws ``LegendreMemoryError`` when the memory
  /// cannot be made, and ``TrainingSetupError`` when the network and a batch take more than
  /// `availableMemory` bytes.
  package init(
    name: String, configuration: TrainingConfiguration, problem: any Problem, threads: Int,
    availableMemory: Int = AvailableMemory.bytes
  ) throws {
    let network = try Network(configuration, for: problem)
    let count = problem.count(in: .training)
    var configuration = configuration
    configuration.batch = min(configuration.batch, max(count, 1))
    let trainer = try Trainer(
      network: network, problem: problem, configuration: configuration, threads: threads,
      availableMemory: availableMemory)
    self.trainer = trainer
    self.configuration = configuration
    signals = network.recurrent.sites
    stepsPerEpoch = max(1, (count + configuration.batch - 1) / configuration.batch)
    order = Array(0..<count)
    gauges = TrainingGauges.gauges(sites: signals)
    summary = Self.summary(name, configuration, network)
    steering = Self.steering(
      configuration, signals, scales: trainer.calibratedScales(),
      steps: configuration.epochs * stepsPerEpoch)
    plateau = configuration.plateau.map { PlateauRule($0) }
    stopState = configuration.stop.initialState
    window = MeterWindow(sites: signals.count, length: max(1, stepsPerEpoch / 8))
    beginEpoch()
  }

  deinit {
    sweep?.cancel()
    stability.cancel()
  }

  private static func summary(
    _ name: String, _ configuration: TrainingConfiguration, _ network: Network
  ) -> StudySummary {
    let active = network.recurrent.sites.filter { $0.site.kind != .off }
    var summary = StudySummary(
      name: name,
      model: configuration.model.title(
        isHybrid: !active.isEmpty, layers: configuration.layers),
      seed: configuration.seed, parameters: network.layout.trainedCount,
      state: network.recurrent.state, form: network.recurrent.form,
      sites: active.map {
        StudySummary.Site(id: $0.id, title: $0.title, units: $0.units, fanOut: $0.fanOut)
      })
    summary.batch = configuration.batch
    if !network.recurrent.learnedActivations.isEmpty { summary.curves = .selfLearnable }
    summary.surrogates = Self.testable(network.recurrent.sites).map(\.rawValue)
    return summary
  }

  private static func steering(
    _ configuration: TrainingConfiguration, _ signals: [QuantizedSignal], scales: [Double],
    steps: Int
  ) -> Steering {
    let sites = signals.filter { $0.site.kind != .off }.map {
      Steering.Quantity(
        id: "w.\($0.id)", title: "w of \($0.id)", unit: "spikes/unit", site: $0.id,
        allowed: QuantizerSite.allowedResolution, mayBypass: true,
        schedule: $0.site.resolution, steps: steps)
    }
    let rate = Steering.Quantity(
      id: "learningRate", title: "learning rate", unit: "", site: nil,
      allowed: OptimizerConfiguration.allowedLearningRate,
      mayBypass: false, schedule: configuration.optimizer.learningRate, steps: steps)
    let multipliers = zip(signals, scales).filter { $0.0.site.kind != .off }.map {
      Steering.Quantity(
        id: Self.scaleKnob($0.id), title: "scale of \($0.id)", unit: "", site: $0.id,
        allowed: QuantizerSite.allowedScale, mayBypass: false, schedule: Schedule(.hold($1)),
        steps: steps, isMeasured: true)
    }
    return Steering(sites + [rate] + multipliers + coefficients(configuration, steps: steps))
  }

  package var knobs: [Knob] {
    let sweeps = summary.sites.isEmpty ? [] : [Knob(id: "sweep", title: "sweep w", kind: .action)]
    return steering.knobs + [Knob(id: "validate", title: "validate now", kind: .action)] + sweeps
  }

  package var progress: StudyProgress {
    StudyProgress(
      step: step, steps: configuration.epochs * stepsPerEpoch, epoch: epoch,
      epochs: configuration.epochs, stepsPerEpoch: stepsPerEpoch, samples: samples)
  }

  package var isAnnealed: Bool {
    let (present, last) = (max(step - 1, 0), max(configuration.epochs * stepsPerEpoch - 1, 0))
    return signals.allSatisfy {
      let id = "w.\($0.id)"
      return steering.value(id, at: present) == steering.value(id, at: last)
    }
  }

  package func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    if case .perform(let action) = edit {
      switch action {
      case "validate": isValidationAsked = true
      case "sweep" where !summary.sites.isEmpty: beginSweep()
      default: throw .unknownKnob(action)
      }
      return EditRecord(step: step, source: .user, edit: edit, changes: [])
    }
    if let record = try reshape(edit) { return record }
    let changes = try steering.apply(edit, at: step)
    let record = EditRecord(step: step, source: .user, edit: edit, changes: changes)
    edits.append(record)
    return record
  }

  /// Repeats the edits that the user made in an earlier run of the same experiment (in their
  /// order), each before the step it was made at. Rules make theirs again by themselves.
  package func replay(_ records: [EditRecord]) {
    replayed = records.toRepeat
  }

  package func stop(reason: String) {
    if case .ended = phase { return }
    stopReason = reason
  }

  /// The knob of the multiplier of a site's resolution.
  static func scaleKnob(_ site: String) -> String { "site.\(site).scale" }

  /// The multipliers of the resolutions of all sites that govern step `step`; 1 where a quantizer
  /// is off.
  func scales(at step: Int) -> [Double] {
    signals.map { steering.value(Self.scaleKnob($0.id), at: step) ?? 1 }
  }

  /// w * scale of each site before step `step`; infinite where the quantizer is off.
  func resolutions(at step: Int) -> [Float] {
    zip(signals, scales(at: step)).map { signal, scale in
      Trainer.resolution(steering.value("w.\(signal.id)", at: step) ?? .infinity, scale: scale)
    }
  }

  func beginEpoch() {
    order.setOrder(ofEpoch: epoch, count: order.count, seed: configuration.seed)
  }
}
