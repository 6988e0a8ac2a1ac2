import Engine

/// Models that are linear but for activations and quantizers.
extension NIRTranslation {
  mutating func addRNN(
    _ rnn: RNNConfiguration, _ names: LayerNames, source: String
  ) -> Emission {
    let (node, weights) = (names.nodes, names.weights + "rnn.")
    linear(
      node + "input_weights", weights + "inputWeights", bias: weights + "bias", "W' and b",
      from: [source])
    activation(
      node + "hidden", rnn.activation, rnn.hidden, from: [node + "input_weights"])
    let hidden = quantizer(
      node + "hidden_quantizer", names.site(0), from: node + "hidden")
    delay(node + "hidden_delay", rnn.hidden, "hq of the step before", from: hidden)
    linear(
      node + "hidden_weights", weights + "hiddenWeights", "U'", from: [node + "hidden_delay"])
    connect(node + "hidden_weights", node + "hidden")
    return Emission(activity: node + "hidden", output: hidden)
  }

  /// The memory of each channel is a block of its own in Ad and Bd.
  mutating func addLMU(
    _ lmu: LMUConfiguration, _ names: LayerNames, source: String
  ) throws(LegendreMemoryError) -> Emission {
    let (node, weights) = (names.nodes, names.weights + "lmu.")
    let legendre = try LegendreMemory(
      order: lmu.order, theta: lmu.theta, discretization: lmu.discretization)
    linear(
      node + "input_encoder", weights + "inputEncoder", asStored: true,
      bias: weights + "memoryBias", "e_x and b_u", from: [source])
    place(node + "memory_input", lmu.channels, "u", from: [node + "input_encoder"])
    let u = quantizer(
      node + "memory_input_quantizer", names.site(2), from: node + "memory_input")
    let memory = lmu.channels * lmu.order
    block(
      node + "memory_input_weights", legendre.inputVector, columns: 1, copies: lmu.channels, "Bd",
      from: u)
    place(node + "memory", memory, "m", from: [node + "memory_input_weights"])
    let mq = quantizer(
      node + "memory_quantizer", names.site(1), from: node + "memory")
    let state = lmu.variant == .exactState ? node + "memory" : mq
    delay(node + "memory_delay", memory, "s of the step before", from: state)
    block(
      node + "memory_recursion", legendre.stateMatrix, columns: lmu.order, copies: lmu.channels,
      "Ad", from: node + "memory_delay")
    connect(node + "memory_recursion", node + "memory")
    addMemoryEncoder(lmu, names, mq, isState: state == mq)
    return addHidden(lmu, names, source: source, memory: mq)
  }

  /// e_m, which sees what the memory emitted one step before.
  private mutating func addMemoryEncoder(
    _ lmu: LMUConfiguration, _ names: LayerNames, _ mq: String, isState: Bool
  ) {
    guard lmu.memoryToMemory else { return }
    let node = names.nodes
    var delayed = node + "memory_delay"
    if !isState {
      delayed = node + "memory_output_delay"
      delay(delayed, lmu.channels * lmu.order, "mq of the step before", from: mq)
    }
    linear(
      node + "memory_encoder", names.weights + "lmu.memoryEncoder", asStored: true, "e_m",
      from: [delayed])
    connect(node + "memory_encoder", node + "memory_input")
  }

  private mutating func addHidden(
    _ lmu: LMUConfiguration, _ names: LayerNames, source: String, memory: String
  ) -> Emission {
    let (node, weights) = (names.nodes, names.weights + "lmu.")
    linear(
      node + "memory_weights", weights + "memoryWeights", bias: weights + "bias", "W_m' and b",
      from: [memory])
    var sums = [node + "memory_weights"]
    if linear(node + "input_weights", weights + "inputWeights", "W_x'", from: [source]) {
      sums.append(node + "input_weights")
    }
    if let learned = lmu.learned {
      learnedActivation(node + "hidden", learned, weights + "learned", lmu.hidden, from: sums)
    } else {
      activation(node + "hidden", lmu.activation, lmu.hidden, from: sums)
    }
    let hidden = quantizer(
      node + "hidden_quantizer", names.site(0), from: node + "hidden")
    let emission = Emission(activity: node + "hidden", output: hidden)
    guard lmu.hiddenToHidden || lmu.hiddenToMemory else { return emission }
    delay(node + "hidden_delay", lmu.hidden, "hq of the step before", from: hidden)
    if linear(
      node + "hidden_weights", weights + "hiddenWeights", "W_h'", from: [node + "hidden_delay"])
    {
      connect(node + "hidden_weights", node + "hidden")
    }
    if linear(
      node + "hidden_encoder", weights + "hiddenEncoder", asStored: true, "e_h",
      from: [node + "hidden_delay"])
    {
      connect(node + "hidden_encoder", node + "memory_input")
    }
    return emission
  }

  /// A Linear node of `copies` equal blocks along the diagonal.
  private mutating func block(
    _ name: String, _ values: [Double], columns: Int, copies: Int, _ meaning: String,
    from source: String
  ) {
    let rows = values.count / columns
    var weight = [Float](repeating: 0, count: copies * rows * copies * columns)
    for copy in 0..<copies {
      for (index, value) in values.enumerated() {
        let row = copy * rows + index / columns
        weight[row * copies * columns + copy * columns + index % columns] = Float(value)
      }
    }
    let parameters: [String: HDF5Value] = [
      "weight": .floats(shape: [copies * rows, copies * columns], weight)
    ]
    add(name, NIRNode(.linear, parameters), meaning, from: [source])
  }
}
