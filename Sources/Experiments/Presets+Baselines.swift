import Engine

extension Presets {
  /// The models that the LMU is compared with, without spikes: on the data of an LMU, trained as
  /// that is, and with about as many parameters (sections 4.4 and 4.5).
  static let baselines = digitRows + smaller

  private static let digitRows =
    Rivals(
      task: "psmnist", title: "Permuted MNIST", data: "permuted MNIST", parameters: 102_027,
      rnn: (313, 101_735), lstm: (157, 101_432), gru: (181, 101_732), nru: (160, 196, 101_730)
    ).presets + [published]
    + Rivals(
      task: "smnist", title: "MNIST row by row", data: "MNIST row by row", parameters: 34_571,
      order: .rows, rnn: (180, 34_570), lstm: (91, 34_772), gru: (104, 34_434),
      nru: (89, 100, 34_619)
    ).presets

  private static let smaller =
    Rivals(
      task: "psmnist-14", title: "Permuted 14x14 MNIST", data: "permuted 14x14 MNIST",
      parameters: 26_315, side: 14, rnn: (156, 26_218), lstm: (79, 26_396), gru: (91, 26_582),
      nru: (91, 64, 26_439)
    ).presets
    + Rivals(
      task: "psmnist-7", title: "Permuted 7x7 MNIST", data: "permuted 7x7 MNIST",
      parameters: 7019, side: 7, epochs: 30, rnn: (78, 7030), lstm: (40, 7130),
      gru: (45, 6940), nru: (35, 36, 6947)
    ).presets

  private static let published = Preset(
    summary: "NRU of 2019 on permuted MNIST, 165,554 parameters",
    source: "Published sizes and training: 50,000 steps with batches of 100",
    experiment: mnist(
      "psmnist-nru-2019", "Permuted MNIST, NRU of 2019",
      .nru(NRUConfiguration(hidden: 212, memory: 256, h: .off, m: .off))
    ) {
      $0.training.optimizer.rule = Rivals.ruleOfNRU
      $0.training.epochs = 100
    })
}

/// Four models of one task.
private struct Rivals {
  /// What the presets are called before the name of the model.
  var task: String
  var title: String
  var data: String
  /// Those of the LMU.
  var parameters: Int
  var order = ProblemConfiguration.Order.permuted
  var side = 28
  var epochs = 10
  var rnn, lstm, gru: (hidden: Int, parameters: Int)
  var nru: (hidden: Int, memory: Int, parameters: Int)

  /// Adam with the constants that the NRU was published with.
  static let ruleOfNRU = OptimizerRule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  var presets: [Preset] {
    [
      preset(
        "LSTM", .lstm(LSTMConfiguration(hidden: lstm.hidden, h: .off)), lstm.parameters,
        "\(lstm.hidden) hidden units"),
      preset(
        "GRU", .gru(GRUConfiguration(hidden: gru.hidden, h: .off)), gru.parameters,
        "\(gru.hidden) hidden units, the reset after the product"),
      preset(
        "NRU",
        .nru(NRUConfiguration(hidden: nru.hidden, memory: nru.memory, h: .off, m: .off)),
        nru.parameters, "\(nru.hidden) hidden units and a memory of \(nru.memory) in 4 heads",
        rule: Self.ruleOfNRU),
      preset(
        "RNN", .rnn(RNNConfiguration(hidden: rnn.hidden, h: .off)), rnn.parameters,
        "\(rnn.hidden) hidden units and orthogonal recurrent weights"),
    ]
  }

  private func preset(
    _ name: String, _ model: ModelConfiguration, _ count: Int, _ sizes: String,
    rule: OptimizerRule? = nil
  ) -> Preset {
    Preset(
      summary: "\(name) on \(data), \(grouped(count)) parameters",
      source:
        "Without spikes; beside the LMU with \(grouped(parameters)) parameters: \(sizes)",
      experiment: Presets.mnist(
        "\(task)-\(name.lowercased())", "\(title), \(name)", model, side: side
      ) {
        $0.problem.order = order
        $0.training.epochs = epochs
        if let rule { $0.training.optimizer.rule = rule }
      })
  }

  /// `102,027`
  private func grouped(_ count: Int) -> String {
    let (thousands, rest) = count.quotientAndRemainder(dividingBy: 1000)
    return "\(thousands)," + "\(1000 + rest)".dropFirst()
  }
}
