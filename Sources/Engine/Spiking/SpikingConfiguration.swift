/// The training of a network of spike trains by spike-train level backpropagation, as an experiment
/// (Zhang and Li 2019, arXiv:1908.06378).
package struct SpikingConfiguration: Sendable, Equatable {
  package enum DataSet: String, Sendable, CaseIterable {
    case digits, mnist, fashionMNIST = "fashion-mnist"
    case fsdd
    case ti46Digits = "ti46-digits"
    case ti46Letters = "ti46-letters"
    case nTIDIGITS = "n-tidigits"
    case nMNIST = "n-mnist"

    /// The recordings, where it is of these.
    package var recordings: RecordedDataSet? { RecordedDataSet(rawValue: rawValue) }
  }

  package var dataSet = DataSet.fashionMNIST
  /// Hidden layers from the input on: `400` for one of 400 neurons, `R400` for a recurrent one.
  package var hidden = ["400", "R400"]
  /// nu of the hidden layers and of the output.
  package var thresholds = [20.0, 20, 15]
  package var graph = RecurrentGraph.Rule.distance
  package var response = SpikeResponse()
  /// w0: what a spike of an output takes from all others.
  package var lateral = 1.0
  package var training = SpikingTraining()
  package var epochs = 20
  package var rate = 0.001
  /// Samples that train, and that validate and test; 0 for all there are.
  package var trainingSamples = 0
  package var evaluationSamples = 0
  /// Samples of those that train which validate in their place; 0 to validate on those that test.
  package var heldOut = 0
  /// Validate after every so many epochs.
  package var everyEpochs = 1

  package init() {}

  package static let allowedThresholds = 0.01...1000.0
  package static let allowedLateral = 0.0...100.0
  package static let allowedUnits = 1...10_000
  package static let mostHidden = 8

  /// What the text of a hidden layer says; `nil` where it is none.
  package static func hidden(_ text: String) -> (units: Int, isRecurrent: Bool)? {
    let isRecurrent = text.hasPrefix("R")
    guard let units = Int(text.dropFirst(isRecurrent ? 1 : 0)), allowedUnits.contains(units)
    else { return nil }
    return (units, isRecurrent)
  }

  /// One line, such as `784-400-R400-10`.
  package func title(inputs: Int, outputs: Int) -> String {
    ([String(inputs)] + hidden + [String(outputs)]).joined(separator: "-")
  }

  /// Throws where the layers make no network.
  package func validate() throws(SpikingError) {
    guard hidden.count <= Self.mostHidden else {
      throw .tooManyLayers(found: hidden.count, most: Self.mostHidden)
    }
    for text in hidden where Self.hidden(text) == nil { throw .layer(text) }
    guard thresholds.count == hidden.count + 1 else {
      throw .thresholds(found: thresholds.count, layers: hidden.count + 1)
    }
  }

  /// The network for so many inputs and classes.
  package func network(inputs: Int, outputs: Int) throws(SpikingError) -> SpikingNetwork {
    try validate()
    var layers: [SpikingNetwork.Layer] = []
    for (text, threshold) in zip(hidden, thresholds) {
      guard let layer = Self.hidden(text) else { throw .layer(text) }
      let graph =
        layer.isRecurrent
        ? RecurrentGraph(sides: RecurrentGraph.sides(of: layer.units), rule: graph) : nil
      layers.append(.init(units: layer.units, threshold: threshold, graph: graph))
    }
    layers.append(
      .init(units: outputs, threshold: thresholds[hidden.count], lateral: lateral))
    return SpikingNetwork(inputs: inputs, layers: layers, response: response)
  }

  /// The rate of each step: rate / sqrt(epoch + 1), epochs from 0 (specification, 3.4).
  func schedule(stepsPerEpoch: Int) -> Schedule {
    let rates = (0..<max(epochs, 1)).map { rate / Double($0 + 1).squareRoot() }
    guard rates.count > 1 else { return Schedule(.hold(rate)) }
    // Between the last step at the old rate and the first at the new one.
    let boundaries = (1..<rates.count).map { Double($0 * stepsPerEpoch) - 0.5 }
    return Schedule(.piecewiseConstant(boundaries: boundaries, values: rates))
  }
}

/// Why a network of spike trains cannot be made.
package enum SpikingError: Error, Sendable, Equatable {
  /// As many thresholds as layers are needed, the output's among them.
  case thresholds(found: Int, layers: Int)
  case layer(String)
  case tooManyLayers(found: Int, most: Int)
  case noSamples(split: Gauge.Split)
}
