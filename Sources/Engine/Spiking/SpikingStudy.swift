/// Training a network of spike trains by spike-train level backpropagation, as a study.
///
/// One unit of work is a chunk of optimizer steps, whose readings are means. Everything follows from
/// configuration, data, seed and edits bit for bit, on any number of threads.
package final class SpikingStudy: Study {
  enum Work {
    case training
    case evaluating(Evaluating)
    case ended
  }

  /// A split that is being evaluated, chunk by chunk.
  struct Evaluating {
    let split: Gauge.Split
    let total: Int
    var score = SpikingTrainer.Score()

    var progress: EvaluationProgress {
      EvaluationProgress(split: split, done: score.samples, total: total)
    }
  }

  package let summary: StudySummary
  package let gauges: [Gauge]
  package let trainer: SpikingTrainer
  let configuration: SpikingConfiguration
  let data: SpikingSamples
  let seed: UInt64
  let stepsPerEpoch: Int

  var steering: DialedSteering<SpikingDials>
  var work = Work.training
  /// Optimizer steps done.
  var step = 0
  /// Epochs completed.
  var epoch = 0
  var samples = 0
  /// Training samples in the order of the present epoch.
  var order: [Int] = []
  /// Everything that was turned, in order.
  var edits: [EditRecord] = []
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord] = []
  var isValidationAsked = false
  var stopReason: String?
  var lastEvaluation: [Gauge.Split: Evaluation] = [:]
  /// The best score of the samples that validate, and its epoch.
  var best: (accuracy: Double, epoch: Int)?
  /// Whether the end of a run that was restored at its end has yet to be told again.
  var mustTellEnd = false

  /// `name` and `threads` do not influence results. Throws ``SpikingError`` where the network cannot
  /// be made, and ``TrainingSetupError`` where it takes more than `availableMemory` bytes.
  package init(
    name: String, configuration: SpikingConfiguration, data: any SpikeData, seed: UInt64,
    threads: Int, availableMemory: Int = AvailableMemory.bytes
  ) throws {
    let data = SpikingSamples(
      base: data, training: configuration.trainingSamples,
      evaluation: configuration.evaluationSamples, heldOut: configuration.heldOut)
    for split in [Gauge.Split.training, .validation, .test] where data.count(in: split) == 0 {
      throw SpikingError.noSamples(split: split)
    }
    let network = try configuration.network(inputs: data.channels, outputs: data.classes)
    try Self.check(network, configuration.training, availableMemory: availableMemory)
    (self.configuration, self.data, self.seed) = (configuration, data, seed)
    trainer = SpikingTrainer(
      network: network, data: data, training: configuration.training, seed: seed,
      threads: threads)
    let batch = configuration.training.batch
    stepsPerEpoch = (data.count(in: .training) + batch - 1) / batch
    let rate = Steering.Quantity(
      id: SpikingDials.Knobs.rate, title: "learning rate", unit: "", site: nil,
      allowed: OptimizerConfiguration.allowedLearningRate, mayBypass: false,
      schedule: configuration.schedule(stepsPerEpoch: stepsPerEpoch),
      steps: max(1, configuration.epochs * stepsPerEpoch))
    steering = DialedSteering([rate], dials: SpikingDials(configuration))
    let sites = Self.sites(network, configuration)
    var summary = StudySummary(
      name: name,
      model: configuration.title(inputs: data.channels, outputs: data.classes) + " spiking",
      seed: seed, parameters: network.layout.trainedCount,
      state: Self.stateOfNeuron * network.layers.reduce(0) { $0 + $1.units },
      form: StudySummary.spikeTrainForm, sites: sites)
    summary.batch = batch
    self.summary = summary
    gauges = SpikingGauges.all(
      sites: sites, hasRecurrence: network.layers.contains { $0.graph != nil })
    beginEpoch()
  }

  /// Membrane, synaptic current and steps of rest.
  private static let stateOfNeuron = 3

  /// All layers.
  private static func sites(
    _ network: SpikingNetwork, _ configuration: SpikingConfiguration
  ) -> [StudySummary.Site] {
    let hidden = configuration.hidden.enumerated().map { index, text in
      StudySummary.Site(
        id: "hidden\(index + 1)", title: text, units: network.layers[index].units,
        fanOut: network.layers[index + 1].units)
    }
    return hidden + [
      StudySummary.Site(id: "output", title: "output", units: network.outputs)
    ]
  }

  private static func check(
    _ network: SpikingNetwork, _ training: SpikingTraining, availableMemory: Int
  ) throws(TrainingSetupError) {
    let widest = max(network.inputs, network.layers.map(\.units).max() ?? 0)
    let shards = training.batch == 1 ? 1 : min(training.shards, training.batch)
    let pass = widest * widest + 3 * widest * network.response.steps
    let needed =
      (shards * (pass + network.layout.count) + 3 * network.layout.count)
      * MemoryLayout<Float>.stride
    guard needed <= availableMemory else {
      throw .tooLarge(
        needed: needed, available: availableMemory, batch: training.batch,
        steps: network.response.steps)
    }
  }

  package var knobs: [Knob] {
    steering.knobs + [
      Knob(id: SpikingDials.Knobs.validate, title: "validate now", kind: .action)
    ]
  }

  package var progress: StudyProgress {
    StudyProgress(
      step: step, steps: configuration.epochs * stepsPerEpoch, epoch: epoch,
      epochs: configuration.epochs, stepsPerEpoch: stepsPerEpoch, samples: samples)
  }

  /// Nothing is annealed.
  package var isAnnealed: Bool { true }

  package func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    if case .perform(let action) = edit {
      guard action == SpikingDials.Knobs.validate else { throw .unknownKnob(action) }
      isValidationAsked = true
      return EditRecord(step: step, source: .user, edit: edit, changes: [])
    }
    let changes = try steering.apply(edit, at: step)
    takeDials()
    let record = EditRecord(step: step, source: .user, edit: edit, changes: changes)
    edits.append(record)
    return record
  }

  /// The trainer follows the dials.
  func takeDials() {
    trainer.training.rule = steering.dials.rule
    trainer.training.penalty = steering.dials.penalty
  }

  package func replay(_ records: [EditRecord]) { replayed = records.toRepeat }

  package func stop(reason: String) {
    if case .ended = work { return }
    stopReason = reason
  }

  package func wait(within budget: Duration) -> [StudyEvent] { [] }

  func beginEpoch() {
    order.setOrder(ofEpoch: epoch, count: data.count(in: .training), seed: seed)
  }
}
