package import Engine

/// The graph of a trained network as far as NIR can express it, and what it cannot.
///
/// One time step of a sequence is one ``timeStep`` of the graph, and all that comes from the step
/// before goes through a Delay of that length. NIR has no nodes for activations and quantizers: in
/// their place stand nodes of type Scale with factors of 1 whose metadata say what they stand for.
/// The cells of LSTM, GRU and NRU multiply signals with each other, for which NIR has nothing: the
/// graph is open there, with an Output for what the cell takes in and an Input for what it emits.
package struct NIRTranslation: Sendable {
  /// Seconds of a time step: the step that importers take where none is given.
  package static let timeStep = 1e-4

  /// A node with what it is in the equations of the model.
  struct Line: Sendable {
    var name: String
    var meaning: String
  }

  package internal(set) var graph = NIRGraph()
  /// The nodes in the order in which they were made.
  private(set) var lines: [Line] = []
  /// What NIR cannot express, a sentence each.
  private(set) var omissions: [String] = []
  /// Whether the graph is open where cells are missing.
  private(set) var isOpen = false
  let network: NetworkDescription

  /// Where a layer takes its weights and signals from, and how its nodes are called.
  struct LayerNames {
    /// Begins the names of weights: nothing, or `layer1.`.
    var weights: String
    /// Begins the names of nodes: nothing, or `layer1_`.
    var nodes: String
    /// The layer's quantized signals.
    var sites: ArraySlice<QuantizedSignal>

    func site(_ index: Int) -> QuantizedSignal { sites[sites.startIndex + index] }
  }

  /// What a layer emits: the activity of its hidden units, and that after their quantizer.
  struct Emission {
    var activity: String
    var output: String
  }

  /// - Throws: ``LegendreMemoryError``
  package init(_ network: NetworkDescription) throws(LegendreMemoryError) {
    self.network = network
    add("input", NIRNode(.input, Self.shape(network.inputs.channels)), "x", from: [])
    var emission = Emission(activity: "input", output: "input")
    let count = network.training.layers
    let perLayer = network.sites.count / max(count, 1)
    for index in 0..<count {
      let names = LayerNames(
        weights: count > 1 ? "layer\(index + 1)." : "",
        nodes: count > 1 ? "layer\(index + 1)_" : "",
        sites: network.sites[index * perLayer..<(index + 1) * perLayer])
      emission = try addLayer(names, source: emission.output)
    }
    addReadout(emission)
    noteOmissions()
    graph.metadata["timeStep"] = .number(Self.timeStep)
    graph.metadata["steps"] = .number(Double(network.inputs.steps))
    graph.metadata["report"] = .text(report)
  }

  private mutating func addLayer(
    _ names: LayerNames, source: String
  ) throws(LegendreMemoryError) -> Emission {
    switch network.training.model {
    case .lmu(let lmu): try addLMU(lmu, names, source: source)
    case .rnn(let rnn): addRNN(rnn, names, source: source)
    case .lstm(let lstm): addLSTM(lstm, names, source: source)
    case .gru(let gru): addGRU(gru, names, source: source)
    case .nru(let nru): addNRU(nru, names, source: source)
    }
  }

  private mutating func addReadout(_ last: Emission) {
    let source = network.training.reading == .rate ? last.activity : last.output
    linear("readout", "readout.weights", bias: "readout.bias", "readout", from: [source])
    add(
      "output", NIRNode(.output, Self.shape(network.inputs.classes.count)),
      "a score for each class", from: ["readout"])
  }

  // MARK: Nodes

  static func shape(_ size: Int) -> [String: HDF5Value] { ["shape": .integers(shape: [1], [size])] }

  mutating func add(_ name: String, _ node: NIRNode, _ meaning: String, from sources: [String]) {
    precondition(graph.nodes[name] == nil, "\(name) names one node")
    graph.nodes[name] = node
    lines.append(Line(name: name, meaning: meaning))
    for source in sources { connect(source, name) }
  }

  mutating func connect(_ source: String, _ target: String) {
    graph.edges.append(.init(source, target))
  }

  /// A Linear or, with a bias, an Affine node of weights that are stored inputs x outputs; or,
  /// `asStored`, outputs x inputs. Absent weights make none, and the result is `false`.
  @discardableResult
  mutating func linear(
    _ name: String, _ weights: String, asStored: Bool = false, bias: String? = nil,
    _ meaning: String, from sources: [String]
  ) -> Bool {
    guard let stored = network[weights] else { return false }
    let weight = asStored ? stored : stored.transposed
    var parameters: [String: HDF5Value] = [
      "weight": .floats(shape: [weight.rows, weight.columns], weight.values)
    ]
    let shift = bias.flatMap { network[$0] }
    if let shift { parameters["bias"] = .floats(shape: [shift.values.count], shift.values) }
    add(name, NIRNode(shift == nil ? .linear : .affine, parameters), meaning, from: sources)
    return true
  }

  mutating func delay(_ name: String, _ size: Int, _ meaning: String, from source: String) {
    let delays = [Float](repeating: Float(Self.timeStep), count: size)
    add(
      name, NIRNode(.delay, ["delay": .floats(shape: [size], delays)]), meaning, from: [source])
  }

  /// A node that passes on the sum of what comes in, where `metadata` say what is to be there.
  mutating func place(
    _ name: String, _ size: Int, _ meaning: String, from sources: [String],
    metadata: [String: HDF5Value] = [:]
  ) {
    let ones = [Float](repeating: 1, count: size)
    let node = NIRNode(
      .scale, ["scale": .floats(shape: [size], ones)], metadata: metadata)
    add(name, node, meaning, from: sources)
  }

  /// The place of an activation.
  mutating func activation(
    _ name: String, _ activation: HiddenActivation, _ size: Int, from sources: [String]
  ) {
    place(
      name, size, "in place of \(activation.rawValue) of the sum", from: sources,
      metadata: ["standsFor": .text(activation.rawValue)])
  }

  /// The place of a quantizer, where the signal has one; returns what its output is called.
  mutating func quantizer(
    _ name: String, _ signal: QuantizedSignal, from source: String
  ) -> String {
    guard signal.site.kind != .off else { return source }
    var metadata: [String: HDF5Value] = [
      "standsFor": .text("quantizer"), "quantizer": .text(signal.site.kind.rawValue),
    ]
    let w = network.resolution(of: signal.id)
    metadata["w"] = w.map { .number($0) }
    metadata["scale"] = network.scale(of: signal.id).map { .number($0) }
    let resolution = w.map { "w = \($0)" } ?? "w is not known"
    place(
      name, signal.units, "in place of the \(signal.site.kind.rawValue) quantizer, \(resolution)",
      from: [source], metadata: metadata)
    return name
  }

  /// An Output for what a cell that NIR cannot express takes in.
  mutating func opening(
    output name: String, _ size: Int, _ meaning: String, from sources: [String]
  ) {
    isOpen = true
    add(name, NIRNode(.output, Self.shape(size)), meaning, from: sources)
  }

  /// An Input for what a cell that NIR cannot express emits.
  mutating func opening(input name: String, _ size: Int, _ meaning: String) {
    isOpen = true
    add(name, NIRNode(.input, Self.shape(size)), meaning, from: [])
  }

  mutating func omit(_ sentence: String) {
    if !omissions.contains(sentence) { omissions.append(sentence) }
  }
}
