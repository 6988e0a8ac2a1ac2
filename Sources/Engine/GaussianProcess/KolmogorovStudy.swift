import Foundation

/// Training a Kolmogorov network of Gaussian processes on a table, as a study (Sun et al. 2020,
/// arXiv:2006.06057).
///
/// One unit of work is one optimizer step. Everything follows from configuration, data, seed and
/// edits bit for bit; the time that passes between two steps while somebody watches changes nothing.
package final class KolmogorovStudy: Study {
  package let summary: StudySummary
  package let gauges: [Gauge]
  package let table: TableSet
  let configuration: KolmogorovConfiguration
  let seed: UInt64
  let names: KolmogorovNames
  /// Before training.
  let start: KolmogorovNetwork
  let trainer: KolmogorovTrainer
  /// On the rows that test.
  let testing: KolmogorovPass
  let stepsPerEpoch: Int
  private var pace: Pace

  var steering: DialedSteering<KolmogorovDials>
  var step = 0
  /// Epochs completed.
  var epoch = 0
  /// Epochs that were added to those of the experiment, after pruning.
  var addedEpochs = 0
  /// Rows seen.
  var samples = 0
  /// Rows that train in the order of the present epoch.
  var order: [Int] = []
  var removed: Set<KolmogorovCurvePlace> = []
  var frozen: Set<KolmogorovCurvePlace> = []
  var undoable: [KolmogorovTurn] = []
  var redoable: [KolmogorovTurn] = []
  /// Everything that was turned, in order.
  var edits: [EditRecord] = []
  /// Edits of an earlier run that are yet to be repeated, the next one last.
  var replayed: [EditRecord] = []
  /// Results told since the last step.
  var results = 0
  /// Whether a result of the present curves is to be told before the next step.
  var isEvaluationAsked = false
  var isEnded = false
  var stopReason: String?
  /// Whether the end of a run that was restored at its end has yet to be told again.
  var mustTellEnd = false
  var lastEvaluation: [Gauge.Split: Evaluation] = [:]
  /// The last look at the curves: what was asked for, edits before it, how long it took, and when it
  /// was over.
  var look:
    (
      wish: CurvesRequest, edits: Int, report: CurvesReport, duration: Duration,
      end: ContinuousClock.Instant
    )?
  /// The curves of an earlier epoch, and those that will be so next.
  var past: KolmogorovKept?
  var kept: KolmogorovKept?

  /// Throws ``ControlPointsError`` where curves cannot be made as asked for, and
  /// ``TrainingSetupError`` where the table takes more than `availableMemory` bytes.
  package init(
    name: String, configuration: KolmogorovConfiguration, table: TableSet, seed: UInt64,
    isPaced: Bool = false, availableMemory: Int = AvailableMemory.bytes
  ) throws {
    (self.configuration, self.table, self.seed) = (configuration, table, seed)
    try Self.check(table, configuration, availableMemory: availableMemory)
    start = try configuration.start(on: table, seed: seed)
    pace = Pace(isOn: isPaced, speeds: KolmogorovConfiguration.allowedSpeeds)
    names = KolmogorovNames(table, outputs: start.outputs, outerCurves: start.outerCurves)
    let rounding = configuration.quantizer == .none ? nil : configuration.quantizer
    let training = configuration.training(on: table)
    let (train, test) = (table.parts.training, table.parts.test)
    trainer = KolmogorovTrainer(
      start, rows: train.map(table.scaledRow), targets: train.map(table.scaledTarget),
      configuration: training)
    testing = KolmogorovTrainer.pass(
      on: test.map(table.scaledRow), test.map(table.scaledTarget), start, trainer.parameters)
    trainer.followers = [(testing, test.map(table.scaledRow))]
    let batch = training.batch == 0 ? train.count : min(training.batch, train.count)
    stepsPerEpoch = (train.count + batch - 1) / batch
    steering = Self.steering(configuration, steps: configuration.epochs * stepsPerEpoch)
    var summary = Self.summary(name, start, table: table, batch: batch, seed: seed)
    summary.rounding = rounding
    self.summary = summary
    let (spiking, nonSpiking) = summary.regimeNames
    gauges =
      KolmogorovGauges(
        names: names, hasClasses: !table.classes.isEmpty,
        regimes: (rounding == nil && configuration.bits == 0 ? nil : spiking, nonSpiking),
        hasOuterCurves: !start.isAdditive
      ).all
    takeQuantizers()
    beginEpoch()
  }

  private static func steering(
    _ configuration: KolmogorovConfiguration, steps: Int
  ) -> DialedSteering<KolmogorovDials> {
    let rate = Steering.Quantity(
      id: KolmogorovDials.Knobs.rate, title: "learning rate", unit: "", site: nil,
      allowed: OptimizerConfiguration.allowedLearningRate, mayBypass: false,
      schedule: Schedule(.hold(configuration.rate)), steps: steps)
    return DialedSteering([rate], dials: KolmogorovDials(configuration))
  }

  private static func summary(
    _ name: String, _ start: KolmogorovNetwork, table: TableSet, batch: Int, seed: UInt64
  ) -> StudySummary {
    var summary = StudySummary(
      name: name,
      model: "\(start.curves) curves through \(start.inner.count) points on "
        + (table.title.split(separator: "/").last ?? "a table"),
      seed: seed, parameters: start.parameters, state: 0, form: StudySummary.feedForwardForm,
      sites: [])
    (summary.batch, summary.curves) = (batch, .gaussianProcess)
    return summary
  }

  private static func check(
    _ table: TableSet, _ configuration: KolmogorovConfiguration, availableMemory: Int
  ) throws(TrainingSetupError) {
    let (count, outputs) = (
      configuration.points + 2, KolmogorovConfiguration.outputs(of: table)
    )
    // Designs and their transposes, features and slopes, in single precision.
    let row = 2 * count * (table.names.count + configuration.units) + 4 * configuration.units
    let needed = table.rows.count * (row + 4 * outputs) * MemoryLayout<Float>.stride
    guard needed <= availableMemory else {
      throw .tooLarge(
        needed: needed, available: availableMemory, batch: table.rows.count, steps: 1)
    }
  }

  package var knobs: [Knob] {
    steering.knobs + [
      Knob(id: KolmogorovDials.Knobs.prune, title: "prune", kind: .action),
      Knob(id: KolmogorovDials.Knobs.validate, title: "validate now", kind: .action),
    ]
  }

  package var progress: StudyProgress {
    StudyProgress(
      step: step, steps: epochs * stepsPerEpoch, epoch: epoch, epochs: epochs,
      stepsPerEpoch: stepsPerEpoch, samples: samples)
  }

  var epochs: Int { configuration.epochs + addedEpochs }

  /// Nothing is annealed.
  package var isAnnealed: Bool { true }

  package func replay(_ records: [EditRecord]) { replayed = records.toRepeat }

  package func stop(reason: String) {
    if !isEnded { stopReason = reason }
  }

  /// What an edit has changed about the results is told while the training rests.
  package func wait(within budget: Duration) -> [StudyEvent] {
    var events: [StudyEvent] = []
    if isEnded { repeatEdits(&events) }
    return isEvaluationAsked ? events + evaluate() : events
  }

  package func advance(within budget: Duration) throws(StudyError) -> [StudyEvent] {
    let clock = ContinuousClock()
    let end = clock.now + budget
    var events: [StudyEvent] = []
    repeat {
      if let stopReason, !isEnded { return events + [conclude(.stopped, stopReason)] }
      if isEnded {
        defer { mustTellEnd = false }
        return events
          + (mustTellEnd ? [conclude(.completed, Self.allDone)] : wait(within: .zero))
      }
      repeatEdits(&events)
      if isEvaluationAsked { return events + evaluate() }
      guard epoch < epochs else {
        results += 1
        return events + [.evaluated(evaluation(of: .test))] + [conclude(.completed, Self.allDone)]
      }
      // No more results are told before the next step.
      repeatEdits(&events, results: .max)
      if isEvaluationAsked { return events + evaluate() }
      if budget > .zero, pace.isEarly(until: end) { return events }
      work(&events)
      pace.putOff(1, speed: steering.dials.speed)
    } while clock.now < end && !isEvaluationAsked
    return events
  }

  /// What curves are rounded to follows the dials.
  func takeQuantizers() {
    trainer.shape.quantizers = configuration.quantizers(resolution: steering.dials.resolution)
  }

  static let allDone = "all epochs are done"

  func beginEpoch() {
    order.setOrder(ofEpoch: epoch, count: trainer.rows, seed: seed)
  }
}
