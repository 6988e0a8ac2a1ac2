/// Training a network without time, in full precision first and from these weights with quantized
/// activations, as a study.
///
/// One unit of work is one optimizer step. The order of samples, what is done to images and the
/// learning rate are functions of seed and step, so that a run follows from its configuration and its
/// edits bit for bit, on any number of threads.
package final class FeedForwardStudy: Study {
  /// What the next `advance` does.
  enum Work {
    case training
    case evaluating(FeedForwardEvaluation)
    case ended
  }

  package let summary: StudySummary
  package var gauges: [Gauge] {
    trainer.images.isRegression
      ? FeedForwardGauges.ofRegression : FeedForwardGauges.ofClasses
  }
  /// Another one once learned activations have another layout.
  var trainer: FeedForwardTrainer
  let threads: Int
  let configuration: FeedForwardStudyConfiguration
  let seed: UInt64
  let stepsPerEpoch: Int
  var pace: Pace

  var steering: DialedSteering<FeedForwardDials>
  /// What the dials say; in full precision it waits.
  var quantized: FeedForwardActivation
  /// The dials of the last step, which its evaluation goes by whatever was turned since.
  var lastDials: FeedForwardDials?
  var work = Work.training
  var step = 0
  /// Epochs completed.
  var epoch = 0
  var samples = 0
  /// Training indices in the order of the present epoch.
  var order: [Int]
  /// Everything that was turned, in order.
  var edits: [EditRecord] = []
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord] = []
  var isValidationAsked = false
  var stopReason: String?
  /// What was being evaluated when the study was stopped.
  var unfinishedEvaluation: Gauge.Split?
  var lastEvaluation: [Gauge.Split: Evaluation] = [:]
  /// The last look into the layers, how long it took, and when it was over.
  var look: (report: LayerReport, duration: Duration, end: ContinuousClock.Instant)?
  /// Whether the end of a run that was restored at its end has yet to be told again.
  var mustTellEnd = false
  var stability = StabilitySlot()
  /// What was done to learned activations.
  var shape = LearnedShape()
  var gallery = CurveGallery()

  /// `name` and `threads` do not influence results. Throws ``FeedForwardError`` where the images do
  /// not suit the network, and ``TrainingSetupError`` where training takes more than
  /// `availableMemory` bytes.
  package init(
    name: String, configuration: FeedForwardStudyConfiguration, images: any LabelledImages,
    seed: UInt64, threads: Int, isPaced: Bool = false,
    availableMemory: Int = AvailableMemory.bytes
  ) throws {
    let images = FirstImages(
      images: configuration.trainsOnValidation ? JoinedImages(images: images) : images,
      training: configuration.trainingSamples, evaluation: configuration.evaluationSamples)
    let network = try configuration.makeNetwork(for: images)
    let count = images.count(in: .training)
    var training = configuration.training(seed: seed)
    training.batch = min(training.batch, max(count, 1))
    trainer = try FeedForwardTrainer(
      network: network, images: images, configuration: training, threads: threads,
      availableMemory: availableMemory)
    self.configuration = configuration
    (self.seed, self.threads) = (seed, threads)
    pace = Pace(isOn: isPaced, speeds: FeedForwardStudyConfiguration.allowedSpeeds)
    stepsPerEpoch = max(1, (count + training.batch - 1) / training.batch)
    let dials = FeedForwardDials(configuration)
    quantized = try configuration.activation(dials)
    let rate = Steering.Quantity(
      id: FeedForwardDials.Knobs.rate, title: "learning rate", unit: "", site: nil,
      allowed: OptimizerConfiguration.allowedLearningRate, mayBypass: false,
      schedule: configuration.schedule(stepsPerEpoch: stepsPerEpoch),
      steps: configuration.epochs * stepsPerEpoch)
    steering = DialedSteering([rate], dials: dials)
    order = Array(0..<count)
    var summary = StudySummary(
      name: name,
      model: configuration.title,
      seed: seed, parameters: network.layout.trainedCount, state: 0,
      form: StudySummary.feedForwardForm, sites: [])
    summary.batch = training.batch
    summary.curves = configuration.learnedActivations
    if configuration.isQuantized {
      summary.thresholds = configuration.thresholds
      summary.surrogates = FeedForwardStudyConfiguration.estimators.map(\.rawValue)
    }
    self.summary = summary
    beginEpoch()
  }

  deinit { stability.cancel() }

  package var knobs: [Knob] {
    steering.knobs
      + [Knob(id: FeedForwardDials.Knobs.validate, title: "validate now", kind: .action)]
  }

  package var progress: StudyProgress {
    StudyProgress(
      step: step, steps: configuration.epochs * stepsPerEpoch, epoch: epoch,
      epochs: configuration.epochs, stepsPerEpoch: stepsPerEpoch, samples: samples)
  }

  /// Steps in full precision.
  var fullPrecisionSteps: Int { configuration.fullPrecision.epochs * stepsPerEpoch }

  package var isAnnealed: Bool {
    !configuration.isQuantized || configuration.quantized.epochs == 0 || step > fullPrecisionSteps
  }

  /// What the activations are in a step.
  func activation(at step: Int) -> FeedForwardActivation {
    step < fullPrecisionSteps ? .rectified : quantized
  }

  /// What the activations were in the last step.
  var lastActivation: FeedForwardActivation {
    guard step > fullPrecisionSteps, let lastDials,
      let activation = try? configuration.activation(lastDials)
    else { return activation(at: max(step - 1, 0)) }
    return activation
  }

  /// What resolutions that were learned with other bits, and so mean nothing, begin anew with; `nil`
  /// where the bits are those of the last step, or resolutions are not learned.
  var staleResolutionStart: Double? {
    let bits = steering.dials.bits
    guard bits != lastDials?.bits ?? configuration.bits else { return nil }
    return try? configuration.resolutionStart(bits: bits)
  }

  package func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    if case .perform(let action) = edit {
      guard action == FeedForwardDials.Knobs.validate else { throw .unknownKnob(action) }
      isValidationAsked = true
      return EditRecord(step: step, source: .user, edit: edit, changes: [])
    }
    if let record = try reshape(edit) { return record }
    var turned = steering
    let changes = try turned.apply(edit, at: step)
    if turned.dials != steering.dials {
      guard let activation = try? configuration.activation(turned.dials) else {
        throw .wrongKind(knob: FeedForwardDials.Knobs.estimator)
      }
      quantized = activation
    }
    steering = turned
    let record = EditRecord(step: step, source: .user, edit: edit, changes: changes)
    edits.append(record)
    return record
  }

  /// Repeats the edits that the user made in an earlier run of the same experiment (in their
  /// order), each before the step it was made at.
  package func replay(_ records: [EditRecord]) {
    replayed = records.toRepeat
  }

  package func stop(reason: String) {
    if case .ended = work { return }
    stopReason = reason
  }

  package func wait(within budget: Duration) -> [StudyEvent] {
    stability.takeEvents(within: budget)
  }

  func beginEpoch() {
    order.setOrder(ofEpoch: epoch, count: order.count, seed: seed)
  }
}
