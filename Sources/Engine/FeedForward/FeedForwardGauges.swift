/// The gauges of the training of a feed-forward network, called as those of ``TrainingGauges``:
/// `spiking` is with quantized activations, `nonSpiking` in full precision.
enum FeedForwardGauges {
  static let all: [Gauge] =
    [
      Gauge(id: "loss", title: "train", unit: "nats", group: .loss, scale: .logarithmic),
      Gauge(id: "accuracy", title: "batch accuracy", group: .other, limits: 0...1),
    ] + scores(.spiking, "quantized") + scores(.nonSpiking, "full precision") + [
      Gauge(
        id: "learningRate", title: "learning rate", group: .learningRate, scale: .logarithmic),
      Gauge(id: "gradientNorm", title: "gradient norm", group: .other, scale: .logarithmic),
      Gauge(id: "bits", title: "bits of activations", unit: "bits", group: .other),
      Gauge(id: "alpha", title: "step alpha of activations", group: .other),
    ]

  private static func scores(_ regime: Gauge.Regime, _ name: String) -> [Gauge] {
    [
      Gauge(
        id: "validation.\(regime).loss", title: "validation \(name)", unit: "nats", group: .loss,
        split: .validation, regime: regime, scale: .logarithmic),
      Gauge(
        id: "validation.\(regime).accuracy", title: name, group: .accuracy, split: .validation,
        regime: regime, limits: 0...1),
    ]
  }
}

/// A measurement of a feed-forward network over a whole split, done batch by batch.
struct FeedForwardEvaluation {
  let split: Gauge.Split
  let activation: FeedForwardActivation
  private let total: Int
  private let isRegression: Bool
  private var sum = Trainer.BatchResult()

  init(
    split: Gauge.Split, count: Int, activation: FeedForwardActivation, isRegression: Bool = false
  ) {
    self.isRegression = isRegression
    self.split = split
    self.activation = activation
    total = count
  }

  var isDone: Bool { sum.count >= total }

  var progress: EvaluationProgress {
    EvaluationProgress(split: split, done: sum.count, total: total)
  }

  /// Runs one batch.
  mutating func advance(_ trainer: FeedForwardTrainer) {
    guard !isDone else { return }
    let end = min(sum.count + trainer.configuration.batch, total)
    sum.add(trainer.evaluate(sum.count..<end, split: split, activation: activation))
  }

  /// The scores; call when done.
  var metrics: [Reading] {
    guard total > 0 else { return [] }
    let regime: Gauge.Regime = activation.form == .rectified ? .nonSpiking : .spiking
    let loss = Reading("\(regime).loss", sum.loss / Double(total))
    return isRegression
      ? [loss] : [Reading("\(regime).accuracy", Double(sum.correct) / Double(total)), loss]
  }
}
