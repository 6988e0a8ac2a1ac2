import ArgumentParser
import Engine

/// A network of the psMNIST size, or of another kind, on random sequences, and how to train it:
/// what the benchmarks of the engine measure.
struct Workload {
  /// The kind of network.
  enum Model: String, ExpressibleByArgument {
    case lmu, rnn, lstm, gru, nru
    /// An LMU whose hidden units see its memory alone.
    case feedforward
    /// An LMU without connections into its memory.
    case open

    /// The hidden units of the networks that are raced at 784 steps.
    var standardHidden: Int { isLMU ? 212 : 200 }

    var isLMU: Bool { [.lmu, .feedforward, .open].contains(self) }

    /// Whether m is a signal of its own.
    var hasMemory: Bool { isLMU || self == .nru }

    var title: String {
      switch self {
      case .feedforward: "feed-forward LMU"
      case .open: "open LMU"
      default: rawValue.uppercased()
      }
    }
  }

  var model = Model.lmu
  var hidden = 212
  /// Order of the memory of an LMU, numbers of that of an NRU.
  var order = 256
  var steps = 784
  var batch = 100
  var threads = 2
  /// Whether h is quantized, and m of an LMU or an NRU (diffused, w = 1 and 8).
  var isHybrid = false
  var variant = LMUConfiguration.Variant.exactState
  /// Whether all w are infinite, though there are quantizers.
  var isBypassed = false
  /// Layers above each other.
  var layers = 1
  /// Whether the readout takes the mean of all steps, rather than the last one.
  var readsSequence = false

  /// Kind and size, e.g. `LMU 212/256`, or `LMU 2x212/256` of two layers.
  var title: String {
    model.title + " " + (layers > 1 ? "\(layers)x" : "") + "\(hidden)"
      + (model.hasMemory ? "/\(order)" : "")
  }

  /// w of all sites of all layers.
  var resolutions: [Float] {
    (0..<layers).flatMap { _ in layerResolutions }
  }

  /// w of h, of m where there is one, and of u of an LMU.
  private var layerResolutions: [Float] {
    switch (model, isHybrid && !isBypassed) {
    case (.lmu, true), (.feedforward, true), (.open, true): [1, 8, .infinity]
    case (.lmu, false), (.feedforward, false), (.open, false): [.infinity, .infinity, .infinity]
    case (.nru, true): [1, 8]
    case (.nru, false): [.infinity, .infinity]
    case (_, true): [1]
    case (_, false): [.infinity]
    }
  }

  private var configuration: ModelConfiguration {
    func site(_ w: Double) -> QuantizerSite {
      QuantizerSite(kind: isHybrid ? .diffused : .off, resolution: Schedule(.hold(w)))
    }
    switch model {
    case .lmu, .feedforward, .open:
      return .lmu(
        LMUConfiguration(
          hidden: hidden, order: order, theta: Double(steps), variant: variant,
          hiddenBias: false,
          connections: model == .lmu
            ? .all : model == .open ? [.inputToHidden, .hiddenToHidden] : .feedforward,
          h: site(1), m: site(8),
          u: QuantizerSite(kind: .off, resolution: Schedule(.hold(1)))))
    case .rnn: return .rnn(RNNConfiguration(hidden: hidden, h: site(1)))
    case .lstm: return .lstm(LSTMConfiguration(hidden: hidden, h: site(1)))
    case .gru: return .gru(GRUConfiguration(hidden: hidden, h: site(1)))
    case .nru:
      return .nru(NRUConfiguration(hidden: hidden, memory: order, h: site(1), m: site(8)))
    }
  }

  func makeTrainer(shards: Int = 2) throws -> Trainer {
    try Trainer(
      network: try Network(
        configuration, layers: layers, reading: readsSequence ? .mean(steps: steps) : .spikes,
        inputs: 1, classes: 10),
      problem: RandomSequences(steps: steps, samples: batch),
      configuration: trainingConfiguration(shards: shards, epochs: 1), threads: threads)
  }

  private func trainingConfiguration(shards: Int, epochs: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      model: configuration,
      optimizer: OptimizerConfiguration(
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
        learningRate: Schedule(.hold(1e-3)), clipNorm: 1),
      epochs: epochs, batch: batch, shards: shards)
  }

  /// The whole training, one batch an epoch, without validations on the way.
  func makeStudy() throws -> TrainingStudy {
    var configuration = trainingConfiguration(shards: 2, epochs: 1 << 30)
    configuration.evaluation.everyEpochs = 1 << 30
    return try TrainingStudy(
      name: "bench", configuration: configuration,
      problem: RandomSequences(steps: steps, samples: batch), threads: threads)
  }

  /// Does training step `step` (from 0), with the workload's resolutions unless they are given.
  func train(
    _ trainer: Trainer, samples: ArraySlice<Int>, step: Int, at resolutions: [Float]? = nil
  ) {
    _ = trainer.train(
      samples, epoch: step, resolutions: resolutions ?? self.resolutions, rate: 1e-3)
  }
}

/// Uniform random inputs with labels in turn.
struct RandomSequences: Problem {
  let title = "random"
  let steps: Int
  let channels = 1
  let classes = 10
  private let samples: Int
  private let values: [Float]

  init(steps: Int, samples: Int) {
    self.steps = steps
    self.samples = samples
    var values = [Float](repeating: 0, count: steps * samples)
    values.withUnsafeMutableBufferPointer { target in
      if let base = target.baseAddress {
        RandomStream(seed: 1, purpose: .permutation).fillUniforms(base, count: target.count)
      }
    }
    self.values = values
  }

  func count(in split: Gauge.Split) -> Int { samples }
  func label(_ index: Int, in split: Gauge.Split) -> Int { index % classes }

  func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for t in 0..<steps { destination[t * stride] = values[index * steps + t] }
  }
}
