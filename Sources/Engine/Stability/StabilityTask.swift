/// A test of stability, done batch by batch: the training part is measured, and trained and measured
/// for some epochs.
struct StabilityTask {
  /// What is trained on.
  struct Course {
    let epochs: Int
    /// Of the training part.
    let samples: Int
    let batch: Int
    /// Decides the order of the samples.
    let seed: UInt64
  }

  /// Runs one batch of a measurement of the training part; its metrics come with the last one.
  typealias Measurement = () -> [Reading]?

  private enum Phase {
    case measuring(Measurement)
    /// The samples from a place on are yet to be trained on.
    case training(from: Int)
    case done
  }

  private let course: Course
  private let beginMeasurement: () -> Measurement
  private let train: (_ samples: ArraySlice<Int>, _ epoch: Int) -> Trainer.BatchResult
  private var phase: Phase
  /// Epochs trained.
  private var epoch = 0
  private var order: [Int] = []
  private var batchesDone = 0
  private(set) var test = StabilityTest()

  init(
    _ course: Course, measure: @escaping () -> Measurement,
    train: @escaping (_ samples: ArraySlice<Int>, _ epoch: Int) -> Trainer.BatchResult
  ) {
    self.course = course
    beginMeasurement = measure
    self.train = train
    phase = .measuring(measure())
  }

  private func beginEpoch() -> [Int] {
    var order = self.order
    order.setOrder(ofEpoch: epoch, count: course.samples, seed: course.seed)
    return order
  }

  /// Does all that is left. `note` gets every row with the test so far.
  mutating func run(_ note: (StabilityTest) throws -> Void) rethrows -> StabilityTest {
    while !isDone {
      let rows = test.rows.count
      advance()
      if test.rows.count > rows { try note(test) }
    }
    return test
  }
}

extension StabilityTask: BackgroundTask {
  struct Report {
    var test: StabilityTest
    var progress: EvaluationProgress
  }

  var isDone: Bool { if case .done = phase { true } else { false } }

  var report: Report {
    let batches = (course.samples + course.batch - 1) / course.batch
    return Report(
      test: test,
      progress: EvaluationProgress(
        split: .training, done: batchesDone, total: (2 * course.epochs + 1) * batches,
        purpose: .stability))
  }

  mutating func advance() {
    batchesDone += 1
    switch phase {
    case .measuring(let measureBatch):
      guard let metrics = measureBatch() else { return }
      test.append(StabilityTest.Row(epoch: epoch, of: metrics))
      guard epoch < course.epochs, !test.hasDiverged else {
        phase = .done
        return
      }
      order = beginEpoch()
      phase = .training(from: 0)
    case .training(let first): trainBatch(from: first)
    case .done: break
    }
  }

  private mutating func trainBatch(from first: Int) {
    let end = min(first + course.batch, order.count)
    let result = train(order[first..<end], epoch)
    if end == order.count { epoch += 1 }
    guard result.loss.isFinite, result.gradientNorm.isFinite else {
      let trained = end == order.count ? epoch : epoch + 1
      test.append(StabilityTest.Row(epoch: trained, loss: .nan, accuracy: .nan))
      phase = .done
      return
    }
    phase = end == order.count ? .measuring(beginMeasurement()) : .training(from: end)
  }
}

extension StabilityTest.Row {
  /// From the metrics of an evaluation; those with quantizers where there are such.
  fileprivate init(epoch: Int, of metrics: [Reading]) {
    let value = { (name: String) in
      ["spiking.\(name)", "nonSpiking.\(name)"].lazy.compactMap { gauge in
        metrics.first { $0.gauge == gauge }?.last
      }.first ?? .nan
    }
    self.init(epoch: epoch, loss: value("loss"), accuracy: value("accuracy"))
  }
}

extension StabilityTask {
  /// Of a recurrent network at constant resolutions w * scale.
  init(_ trainer: Trainer, resolutions: [Float], rate: Double, epochs: Int) {
    let count = trainer.problem.count(in: .training)
    let course = Course(
      epochs: epochs, samples: count, batch: trainer.configuration.batch,
      seed: trainer.configuration.seed)
    self.init(course) {
      var task = EvaluationTask(
        split: .training, count: count, draws: trainer.draws(1, at: resolutions),
        resolutions: resolutions, hasNonSpiking: false)
      return {
        task.advance(trainer)
        return task.isDone ? task.metrics(trainer) : nil
      }
    } train: { samples, epoch in
      trainer.train(samples, epoch: epoch, resolutions: resolutions, rate: rate)
    }
  }

  /// Of a network without time. Statistics of batch normalization go on as in any training, so that
  /// the loss may move a little at rate 0 too.
  init(
    _ trainer: FeedForwardTrainer, activation: FeedForwardActivation, rate: Double, epochs: Int
  ) {
    let count = trainer.images.count(in: .training)
    let course = Course(
      epochs: epochs, samples: count, batch: trainer.configuration.batch,
      seed: trainer.configuration.seed)
    self.init(course) {
      var task = FeedForwardEvaluation(
        split: .training, of: trainer.images, activation: activation)
      return {
        task.advance(trainer)
        return task.isDone ? task.metrics : nil
      }
    } train: { samples, epoch in
      trainer.train(samples, epoch: epoch, activation: activation, rate: rate)
    }
  }
}
