/// The gauges of the training of a feed-forward network, called as those of ``TrainingGauges``:
/// `spiking` is with quantized activations, `nonSpiking` in full precision.
enum FeedForwardGauges {
  static let ofClasses = gauges(hasClasses: true)
  static let ofRegression = gauges(hasClasses: false)

  private static func gauges(hasClasses: Bool) -> [Gauge] {
    let accuracy = Gauge(
      id: "accuracy", title: "batch accuracy", group: .other, limits: 0...1)
    return [
      Gauge(
        id: "loss", title: "train", unit: unit(hasClasses), group: .loss, scale: .logarithmic)
    ] + (hasClasses ? [accuracy] : []) + scores(.spiking, "quantized", hasClasses)
      + scores(.nonSpiking, "full precision", hasClasses) + [
        Gauge(
          id: "learningRate", title: "learning rate", group: .learningRate, scale: .logarithmic),
        Gauge(id: "gradientNorm", title: "gradient norm", group: .other, scale: .logarithmic),
        Gauge(id: "bits", title: "bits of activations", unit: "bits", group: .other),
        Gauge(id: "alpha", title: "step alpha of activations", group: .other),
      ]
  }

  private static func unit(_ hasClasses: Bool) -> String { hasClasses ? "nats" : "" }

  private static func scores(
    _ regime: Gauge.Regime, _ name: String, _ hasClasses: Bool
  ) -> [Gauge] {
    [
      Gauge(
        id: "validation.\(regime).loss", title: "validation \(name)", unit: unit(hasClasses),
        group: .loss, split: .validation, regime: regime, scale: .logarithmic),
      hasClasses
        ? Gauge(
          id: "validation.\(regime).accuracy", title: name, group: .accuracy, split: .validation,
          regime: regime, limits: 0...1)
        : Gauge(
          id: "validation.\(regime).rmse", title: name, group: .other, split: .validation,
          regime: regime, scale: .logarithmic),
    ]
  }
}

/// A measurement of a feed-forward network over a whole split, done batch by batch.
struct FeedForwardEvaluation {
  let split: Gauge.Split
  let activation: FeedForwardActivation
  private let total: Int
  /// The targets of a regression; `nil` of classes.
  private let targets: Targets?
  private var sum = Trainer.BatchResult()

  /// What the errors of a regression are held against.
  private struct Targets {
    /// What a target of 1 is in the units of the data.
    var scale: Double
    /// Sum of the squared distances from the mean.
    var squares = 0.0

    init(_ images: any LabelledImages, _ split: Gauge.Split) {
      scale = images.targetScale
      let all = (0..<images.count(in: split)).map { Double(images.target($0, in: split)) }
      let mean = all.reduce(0, +) / Double(max(all.count, 1))
      squares = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  init(split: Gauge.Split, of images: any LabelledImages, activation: FeedForwardActivation) {
    self.split = split
    self.activation = activation
    total = images.count(in: split)
    targets = images.isRegression ? Targets(images, split) : nil
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

  /// The scores; call when done. Of a regression they are the root of the mean squared error, in the
  /// units of the data, and R^2, the share of the targets' variance that is explained.
  var metrics: [Reading] {
    guard total > 0 else { return [] }
    let regime: Gauge.Regime = activation.form == .rectified ? .nonSpiking : .spiking
    let mean = sum.loss / Double(total)
    let loss = Reading("\(regime).loss", mean)
    guard let targets else {
      return [Reading("\(regime).accuracy", Double(sum.correct) / Double(total)), loss]
    }
    let error = Reading("\(regime).rmse", targets.scale * mean.squareRoot())
    guard targets.squares > 0 else { return [error, loss] }
    return [error, Reading("\(regime).r2", 1 - sum.loss / targets.squares), loss]
  }
}
