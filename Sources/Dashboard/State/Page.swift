/// One of the screens that the dashboard can show; there is one at a time.
package enum Page: Int, Sendable, Equatable, CaseIterable {
  // The numbers are those of the keys that open them.
  case train = 1
  case raster = 2
  case schedule = 3
  case layers = 4
  case runs = 5
  case log = 6
  case sweep = 7
  /// The descents of a theory study; the other runs have no such screen.
  case theory = 8
  /// A test of whether the weights stay.
  case stability = 9
  /// Learned activations; the other runs have no such screen.
  case curves = 10
  /// A network that is simulated; the other runs have no such screen.
  case dynamics = 11

  /// The pages whose rows can be moved through.
  static let scrolling: [Page] = [.train, .raster, .layers, .runs, .log, .sweep, .stability]

  /// The key that opens it. A run has one screen of its own kind at most, and that has one key.
  package var key: Character {
    switch self {
    case .curves, .dynamics: Page.theory.key
    default: Character(String(rawValue))
    }
  }

  package var title: String {
    switch self {
    case .train: "Train"
    case .raster: "Raster"
    case .schedule: "Schedule"
    case .layers: "Layers"
    case .runs: "Runs"
    case .log: "Log"
    case .sweep: "Sweep"
    case .theory: "Theory"
    case .stability: "Stability"
    case .curves: "Curves"
    case .dynamics: "Network"
    }
  }
}

/// A bordered part of a page that can be focused and zoomed.
package enum PanelName: String, Sendable, Equatable, CaseIterable {
  case loss, accuracy, rate, bits, resolution, raster, population, neuron, learningRate, numbers,
    log, allowedBits
  case activations, inputs, sites, levels, weights, operations, energy
  case sweep, sweepTable
  case stability, stabilityTable
  case runs, comparison, differences
  /// Of a theory study.
  case descent, descentLoss, landscape, angle, split, boundRatio, race, batch, residual
  /// Of learned activations.
  case curves, coefficients, decisions, example, shares, health, polynomial, scale
  /// Of a simulated network.
  case spikes, field, portrait, rates, plane, observables
  /// The schedule of its coupling.
  case coupling
  /// Charts of the gauges that were asked for.
  case grid

  /// Whether the values can be drawn on a logarithmic axis.
  var hasValueAxis: Bool {
    switch self {
    case .raster, .neuron, .numbers, .log, .activations, .inputs, .sites, .levels, .weights,
      .operations, .energy, .sweepTable, .stabilityTable, .runs, .differences, .grid,
      .allowedBits, .descent, .landscape, .angle, .split, .race, .batch,
      .residual, .curves, .coefficients, .decisions, .example, .shares, .health, .polynomial,
      .scale, .spikes, .field, .portrait, .rates, .plane, .observables:
      false
    default: true
    }
  }

  /// Whether outliers of its values are left out until they are asked for.
  var hasOutliers: Bool {
    switch self {
    case .loss, .accuracy, .rate, .bits: true
    default: false
    }
  }

  /// The name within a sentence.
  var title: String {
    switch self {
    case .rate: "spike rate"
    case .neuron: "unit"
    case .resolution: "w"
    case .learningRate: "learning rate"
    case .allowedBits: "allowed bits"
    case .inputs: "inputs of activations"
    case .descentLoss: "loss"
    case .boundRatio: "bound ratio"
    case .sweepTable: "sweep in numbers"
    case .stabilityTable: "stability in numbers"
    case .example: "why this row"
    case .shares: "what matters"
    case .scale: "loss over size"
    default: rawValue
    }
  }
}
