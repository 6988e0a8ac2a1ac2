import Engine

/// What the graph holds and what it does not, for people.
extension NIRTranslation {
  /// Notes what NIR has no way to say of this network, apart from missing cells.
  mutating func noteOmissions() {
    let activations = Set(
      graph.nodes.values.compactMap { node -> String? in
        guard case .text(let name)? = node.metadata["standsFor"], name != "quantizer" else {
          return nil
        }
        return name
      })
    for activation in activations.sorted() {
      omit(
        "\(activation): NIR has no such node; a Scale of 1 stands in its place, with standsFor ="
          + " \(activation) in its metadata, and passes its sum on unchanged")
    }
    noteQuantizers()
    noteReading()
    if network.training.layers > 1 || activations.isEmpty == false {
      omit(
        "the order within a time step: nodes without a Delay act at once, those with one a step"
          + " later; before the first step all delayed signals are 0")
    }
  }

  private mutating func noteQuantizers() {
    let kinds = Set(network.sites.map(\.site.kind)).subtracting([.off])
    guard !kinds.isEmpty else { return }
    if kinds.contains(.diffused) {
      omit(
        "the quantizer with temporally diffused error (s = v + w a, n = floor(s), v' = s - n,"
          + " o = n / w): it emits several spikes in a step, negative ones too, and subtracts what it"
          + " emitted, where NIR's IF and LIF emit at most one and are set to v_reset; a Scale of 1"
          + " stands in its place, with its w and scale in the metadata")
    }
    let others = kinds.subtracting([.diffused]).map(\.rawValue).sorted()
    if !others.isEmpty {
      omit(
        "\(others.joined(separator: " and ")) rounding: a Scale of 1 stands in its place, with its"
          + " w and scale in the metadata")
    }
    omit("the starting voltages of quantizers, which are drawn or fixed")
    omit("the schedules of w: those in the metadata are the ones at this checkpoint")
  }

  private mutating func noteReading() {
    switch network.training.reading {
    case .mean(let steps):
      omit(
        "the readout's mean over the last \(steps) steps: the graph's output is that of every single"
          + " step; the mean of its last \(steps) is the same, as the readout is linear")
    case .spikes, .rate:
      omit(
        "that the result is the output after the last of \(network.inputs.steps) time steps: the"
          + " graph has one at every step")
    }
    if network.inputs.scaling != nil {
      omit(
        "the normalization of the inputs by the training part's means and deviations: the graph"
          + " expects normalized ones")
    }
  }

  /// The whole report; it is in the graph's metadata too.
  package var report: String {
    var text =
      "NIR \(NIRFile.version) graph: \(title)"
      + (network.step.map { ", weights of step \($0)" } ?? "") + "\n\n"
    text +=
      isOpen
      ? "The model cannot be expressed as a graph that runs. The file holds all its products, with"
        + " an Output\nwhere its cells take in and an Input where they emit.\n\n"
      : "The graph has every product, sum and delay of the model. Replace the nodes that stand for\n"
        + "something by that, and it computes the same.\n\n"
    text += "One time step of a sequence is \(Self.timeStep) s.\n\nNodes\n"
    let width = lines.map(\.name.count).max() ?? 0
    for line in lines {
      guard let node = graph.nodes[line.name] else { continue }
      let sizes = node.sizes ?? (0, 0)
      let shape =
        sizes.inputs == sizes.outputs && node.type != .linear && node.type != .affine
        ? "\(sizes.inputs)" : "\(sizes.inputs) -> \(sizes.outputs)"
      text +=
        "  " + Self.padded(line.name, width) + "  " + Self.padded(node.type.rawValue, 6) + "  "
        + Self.padded(shape, 12) + "  " + line.meaning + "\n"
    }
    text += "\nNot in the graph\n"
    for omission in omissions { text += "  - " + omission + "\n" }
    return text
  }

  private var title: String {
    let training = network.training
    let layers = training.layers > 1 ? ", \(training.layers) layers" : ""
    switch training.model {
    case .lmu(let lmu):
      return "Legendre memory unit (\(lmu.hidden) hidden units, order \(lmu.order), window"
        + " \(lmu.theta), \(lmu.variant.rawValue)\(layers))"
    case .rnn(let rnn): return "plain RNN (\(rnn.hidden) hidden units\(layers))"
    case .lstm(let lstm): return "LSTM (\(lstm.hidden) hidden units\(layers))"
    case .gru(let gru):
      return "GRU (\(gru.hidden) hidden units, reset \(gru.reset.rawValue)\(layers))"
    case .nru(let nru):
      return "NRU (\(nru.hidden) hidden units, memory of \(nru.memory)\(layers))"
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
