import Engine

/// Models whose cells NIR cannot express: their products, and openings where the cells are.
extension NIRTranslation {
  private static func missing(_ model: String, _ equation: String) -> String {
    "the cell of the \(model), \(equation): NIR has no product of two signals; the graph is open"
      + " there and does not run as it is"
  }

  /// What a cell emits, after its quantizer; returns the layer's emission.
  private mutating func cell(_ units: Int, _ names: LayerNames) -> Emission {
    let node = names.nodes
    opening(input: node + "hidden", units, "h, from the cell")
    let hidden = quantizer(
      node + "hidden_quantizer", names.site(0), from: node + "hidden")
    return Emission(activity: node + "hidden", output: hidden)
  }

  mutating func addLSTM(
    _ lstm: LSTMConfiguration, _ names: LayerNames, source: String
  ) -> Emission {
    let (node, weights, n) = (names.nodes, names.weights + "lstm.", lstm.hidden)
    omit(
      Self.missing(
        "LSTM", "c = sigmoid(f) c + sigmoid(i) tanh(c'), h = sigmoid(o) tanh(c)"))
    let emission = cell(n, names)
    delay(node + "hidden_delay", n, "hq of the step before", from: emission.output)
    linear(
      node + "input_weights", weights + "inputWeights", bias: weights + "bias", "W' and b",
      from: [source])
    linear(
      node + "hidden_weights", weights + "hiddenWeights", "U'", from: [node + "hidden_delay"])
    opening(
      output: node + "gates", 4 * n, "i, f, c', o, to the cell",
      from: [node + "input_weights", node + "hidden_weights"])
    return emission
  }

  mutating func addGRU(
    _ gru: GRUConfiguration, _ names: LayerNames, source: String
  ) -> Emission {
    let (node, weights, n) = (names.nodes, names.weights + "gru.", gru.hidden)
    let candidate = gru.reset == .after ? "tanh(g + r p_g)" : "tanh(g + (r hq) U_g)"
    omit(Self.missing("GRU", "h = z h + (1 - z) \(candidate)"))
    let emission = cell(n, names)
    delay(node + "hidden_delay", n, "hq of the step before", from: emission.output)
    linear(
      node + "input_weights", weights + "inputWeights", bias: weights + "bias", "W' and b",
      from: [source])
    opening(
      output: node + "gates_of_input", 3 * n, "z, r, g, to the cell",
      from: [node + "input_weights"])
    if gru.reset == .after {
      linear(
        node + "hidden_weights", weights + "hiddenWeights", bias: weights + "hiddenBias",
        "U' and b'", from: [node + "hidden_delay"])
      opening(
        output: node + "gates_of_hidden", 3 * n, "p, to the cell", from: [node + "hidden_weights"])
      return emission
    }
    linear(
      node + "hidden_weights", weights + "gateWeights", "[U_z U_r]'",
      from: [node + "hidden_delay"])
    opening(
      output: node + "gates_of_hidden", 2 * n, "of z and r, to the cell",
      from: [node + "hidden_weights"])
    opening(input: node + "reset_hidden", n, "r hq, from the cell")
    linear(
      node + "candidate_weights", weights + "candidateWeights", "U_g'",
      from: [node + "reset_hidden"])
    opening(
      output: node + "candidate", n, "of g, to the cell", from: [node + "candidate_weights"])
    return emission
  }

  mutating func addNRU(
    _ nru: NRUConfiguration, _ names: LayerNames, source: String
  ) -> Emission {
    let (node, weights, n) = (names.nodes, names.weights + "nru.", nru.hidden)
    omit(
      Self.missing(
        "NRU's memory", "m = m + (1/k) sum of (alpha V / |V| - beta E / |E|)"))
    if nru.hasLayerNorm {
      omit("the normalization of the hidden units; its gain and shift are not in the file")
    }
    linear(
      node + "input_weights", weights + "inputWeights", bias: weights + "bias", "W' and b",
      from: [source])
    activation(node + "hidden", .relu, n, from: [node + "input_weights"])
    let hidden = quantizer(
      node + "hidden_quantizer", names.site(0), from: node + "hidden")
    delay(node + "hidden_delay", n, "hq of the step before", from: hidden)
    linear(
      node + "hidden_weights", weights + "hiddenWeights", "U'", from: [node + "hidden_delay"])
    opening(input: node + "memory", nru.memory, "m, from the cell")
    let memory = quantizer(
      node + "memory_quantizer", names.site(1), from: node + "memory")
    delay(node + "memory_delay", nru.memory, "mq of the step before", from: memory)
    linear(
      node + "memory_weights", weights + "memoryWeights", "R'", from: [node + "memory_delay"])
    connect(node + "hidden_weights", node + "hidden")
    connect(node + "memory_weights", node + "hidden")
    linear(
      node + "hidden_head_weights", weights + "hiddenHeadWeights", bias: weights + "headBias",
      "A' and c", from: [hidden])
    linear(
      node + "memory_head_weights", weights + "memoryHeadWeights", "B'",
      from: [node + "memory_delay"])
    let heads = network[weights + "headBias"]?.values.count ?? 0
    opening(
      output: node + "heads", heads, "alpha, beta and the vectors, to the cell",
      from: [node + "hidden_head_weights", node + "memory_head_weights"])
    return Emission(activity: node + "hidden", output: hidden)
  }
}
