import Engine

/// The presets. Sections named in comments are those of the hybrid-spiking specification.
package enum Presets {
  package static let all =
    digits + mnist + small + fashion + baselines + theory + feedForward
    + kolmogorov + inhibitory + spiking
    + learned

  /// What runs when nothing else is asked for, and what files start from.
  package static let standard = digits[0]

  package static func preset(named name: String) -> Preset? {
    all.first { $0.name == name }
  }

  // MARK: Digits

  private static let digits = [
    Preset(
      summary: "Hybrid-spiking LMU on permuted 8x8 digits: h ternary, memory at w = 1 too",
      source: "Our recipe, sized for about a minute of training",
      experiment: digits("digits", "Permuted digits, hybrid-spiking LMU")),
    Preset(
      summary: "The same on digits read row by row",
      source: "As digits",
      experiment: digits("digits-rows", "Digits row by row, hybrid-spiking LMU") {
        $0.problem.order = .rows
      }),
    Preset(
      summary: "The same with the quantized memory fed back: all weights meet small integers",
      source: "As digits, with variant = quantizedState",
      experiment: digits("digits-quantized-state", "Permuted digits, quantized recursion") {
        $0.training.model.lmu?.variant = .quantizedState
      }),
    Preset(
      summary: "The same without quantizers: the score to compare with",
      source: "As digits",
      experiment: digits("digits-nonspiking", "Permuted digits, LMU without spikes") {
        $0.training.model.lmu?.h = .off
        $0.training.model.lmu?.m = .off
      }),
    Preset(
      summary: "LSTM on the same data, h ternary: 26,396 parameters beside 26,315",
      source: "As digits, with 79 hidden units",
      experiment: digits("digits-lstm", "Permuted digits, hybrid-spiking LSTM") {
        $0.training.model = .lstm(LSTMConfiguration(hidden: 79, h: ternary))
      }),
    Preset(
      summary: "GRU on the same data, h ternary: 26,582 parameters beside 26,315",
      source: "As digits, with 91 hidden units and the reset after the product",
      experiment: digits("digits-gru", "Permuted digits, hybrid-spiking GRU") {
        $0.training.model = .gru(GRUConfiguration(hidden: 91, h: ternary))
      }),
    Preset(
      summary: "Plain RNN on the same data, h ternary: 26,218 parameters beside 26,315",
      source: "As digits, with 156 hidden units and orthogonal recurrent weights",
      experiment: digits("digits-rnn", "Permuted digits, hybrid-spiking RNN") {
        $0.training.model = .rnn(RNNConfiguration(hidden: 156, h: ternary))
      }),
    Preset(
      summary: "NRU on the same data, h and memory at w = 1: 26,439 parameters beside 26,315",
      source: "As digits, with 91 hidden units and a memory of 64 in 4 heads",
      experiment: digits("digits-nru", "Permuted digits, hybrid-spiking NRU") {
        $0.training.model = .nru(
          NRUConfiguration(
            hidden: 91, memory: 64, h: ternary, m: .annealed(from: 64, to: 1, hold: 0.6)))
      }),
  ]

  /// The hidden state of the default experiment.
  private static let ternary = QuantizerSite.annealed(from: 16, to: 1, hold: 0.6)

  /// The default experiment, changed: the recipe of section 3.4 with larger steps, smaller batches
  /// and a rate that decays, so that it takes about a minute.
  private static func digits(
    _ name: String, _ title: String, change: (inout Experiment) -> Void = { _ in }
  ) -> Experiment {
    var experiment = Experiment(
      name: name, title: title,
      problem: ProblemConfiguration(dataSet: .digits, order: .permuted, side: 8),
      training: TrainingConfiguration(
        model: .lmu(
          LMUConfiguration(
            hidden: 128, order: 64, theta: 64,
            h: ternary, m: .annealed(from: 64, to: 1, hold: 0.6),
            u: .off)),
        optimizer: OptimizerConfiguration(
          rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
          learningRate: Schedule(.cosine(start: 3e-3, end: 0)), clipNorm: 1),
        epochs: 100, batch: 32))
    change(&experiment)
    return experiment
  }

  // MARK: MNIST, 784 steps

  private static let mnist = [
    Preset(
      summary: "LMU without spikes on permuted MNIST, 102,027 parameters",
      source: "The LMU paper of 2019 (97.15 % test there), gradients clipped in addition",
      experiment: mnist("psmnist", "Permuted MNIST, LMU", hidden: 212, order: 256) {
        $0.training.model.lmu?.hiddenBias = false
      }),
    Preset(
      summary: "Hybrid-spiking LMU on permuted MNIST, 102,239 parameters",
      source: "Our recipe (the paper's is not known), sized as psmnist",
      experiment: mnist(
        "psmnist-hybrid", "Permuted MNIST, hybrid-spiking LMU", hidden: 212, order: 256
      ) {
        $0.training.model.lmu?.h = .annealed(from: 16, to: 2, hold: 0.75)
        $0.training.model.lmu?.m = .annealed(from: 64, to: 3, hold: 0.75)
        $0.training.optimizer.learningRate = Schedule(.cosine(start: 1.5e-3, end: 0))
      }),
    Preset(
      summary: "Feed-forward hybrid-spiking LMU on permuted MNIST, 164,787 parameters",
      source: "Sized as the parallel LMU of 2021 (98.49 % test there, without spikes); our recipe",
      experiment: mnist(
        "psmnist-feedforward", "Permuted MNIST, feed-forward hybrid-spiking LMU", hidden: 344,
        order: 468
      ) {
        $0.training.model.lmu?.connections = .feedforward
        $0.training.model.lmu?.h = .annealed(from: 16, to: 2, hold: 0.7)
        $0.training.model.lmu?.m = .annealed(from: 64, to: 3, hold: 0.7)
        $0.training.optimizer.learningRate = Schedule(.cosine(start: 2e-3, end: 0))
        $0.training.evaluation.everyEpochs = 15
        $0.training.epochs = 30
      }),
    Preset(
      summary: "LMU without spikes on MNIST row by row, 34,571 parameters",
      source: "Our choice of sizes, trained as psmnist",
      experiment: mnist("smnist", "MNIST row by row, LMU", hidden: 128, order: 128) {
        $0.problem.order = .rows
      }),
    Preset(
      summary: "Hybrid-spiking LMU on MNIST row by row, 34,571 parameters",
      source: "Our recipe (the paper's is not known), sized as smnist",
      experiment: mnist(
        "smnist-hybrid", "MNIST row by row, hybrid-spiking LMU", hidden: 128, order: 128
      ) {
        $0.problem.order = .rows
        quantize(&$0)
      }),
  ]

  /// h from 16 to 1, m from 64 to 8, over the first 30 % of the run (section 3.4).
  private static func quantize(_ experiment: inout Experiment) {
    experiment.training.model.lmu?.h = .annealed(from: 16, to: 1, hold: 0.7)
    experiment.training.model.lmu?.m = .annealed(from: 64, to: 8, hold: 0.7)
  }

  /// The training of 2019 (section 3.2): Adam with the constants of Keras, batches of 100, ten
  /// epochs; with gradients clipped, as section 3.2 advises.
  private static func mnist(
    _ name: String, _ title: String, hidden: Int, order: Int, dataSet: DataSet = .mnist,
    side: Int = 28, change: (inout Experiment) -> Void
  ) -> Experiment {
    let lmu = LMUConfiguration(
      hidden: hidden, order: order, theta: Double(side * side), h: .off, m: .off, u: .off)
    return mnist(name, title, .lmu(lmu), dataSet: dataSet, side: side, change: change)
  }

  /// The same training of any model.
  static func mnist(
    _ name: String, _ title: String, _ model: ModelConfiguration,
    dataSet: ProblemConfiguration.DataSet = .mnist, side: Int = 28,
    change: (inout Experiment) -> Void
  ) -> Experiment {
    var experiment = Experiment(
      name: name, title: title,
      problem: ProblemConfiguration(dataSet: dataSet, order: .permuted, side: side),
      training: TrainingConfiguration(
        model: model,
        optimizer: OptimizerConfiguration(
          rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7),
          learningRate: Schedule(.hold(1e-3)), clipNorm: 1),
        epochs: 10, batch: 100))
    change(&experiment)
    return experiment
  }

  private typealias DataSet = ProblemConfiguration.DataSet

  // MARK: Small MNIST

  /// Sizes, start and end of psmnist-7: section 7.4.
  private static let small = [
    Preset(
      summary: "Hybrid-spiking LMU on permuted 14x14 MNIST: a quarter of the steps",
      source: "Our recipe; sizes between those of psmnist-7 and psmnist-hybrid",
      experiment: mnist(
        "psmnist-14", "Permuted 14x14 MNIST, hybrid-spiking LMU", hidden: 128, order: 64,
        side: 14, change: quantize)),
    Preset(
      summary: "Hybrid-spiking LMU on permuted 7x7 MNIST: a sixteenth of the steps",
      source: "Our small experiment on schedules, the one that anneals over 30 % of the run",
      experiment: mnist(
        "psmnist-7", "Permuted 7x7 MNIST, hybrid-spiking LMU", hidden: 64, order: 32, side: 7
      ) {
        $0.training.model.lmu?.h = .annealed(from: 64, to: 1, hold: 0.7)
        $0.training.model.lmu?.m = .annealed(from: 256, to: 8, hold: 0.7)
        $0.training.epochs = 30
      }),
  ]

  // MARK: Fashion

  private static let fashion = [
    Preset(
      summary: "Hybrid-spiking LMU on pictures of clothes, row by row",
      source: "As smnist-hybrid",
      experiment: mnist(
        "fashion-rows", "Fashion-MNIST row by row, hybrid-spiking LMU", hidden: 128, order: 128,
        dataSet: .fashionMNIST
      ) {
        $0.problem.order = .rows
        quantize(&$0)
      }),
    Preset(
      summary: "The same at 14x14, permuted: a quarter of the steps",
      source: "As psmnist-14",
      experiment: mnist(
        "fashion-14", "Permuted 14x14 Fashion-MNIST, hybrid-spiking LMU", hidden: 128, order: 64,
        dataSet: .fashionMNIST, side: 14, change: quantize)),
  ]
}

extension QuantizerSite {
  /// Diffused, geometric from `start` to `end`, held for the last share of the run.
  fileprivate static func annealed(
    from start: Double, to end: Double, hold: Double
  ) -> QuantizerSite {
    QuantizerSite(
      kind: .diffused, resolution: Schedule(.geometric(start: start, end: end), hold: hold))
  }
}
