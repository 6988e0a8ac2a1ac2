/// Weights that the numbers of one source are multiplied by, as the equations of a layer have them.
package struct Connection: Sendable, Equatable {
  /// Where the numbers come from.
  package enum Source: Sendable, Equatable {
    /// What goes into the layer.
    case input
    /// Outputs of the layer's site with this index: counts while its quantizer is on.
    case site(Int)
    /// Numbers of the layer that pass no quantizer.
    case exact

    /// The same in a stack where `sites` sites come before.
    func shifted(by sites: Int) -> Source {
      if case .site(let index) = self { .site(index + sites) } else { self }
    }
  }

  /// Which steps of a sequence the weights are used at.
  package enum Use: Sendable, Equatable {
    case everyStep
    /// Of what comes from the step before, and is zero at the first.
    case afterFirst
    case lastStep
  }

  package var source: Source
  package var units: Int
  /// Weights that each unit meets.
  package var fanOut: Int
  package var use: Use

  package init(_ source: Source, units: Int, fanOut: Int, _ use: Use = .everyStep) {
    self.source = source
    self.units = units
    self.fanOut = fanOut
    self.use = use
  }

  package var weights: Int { units * fanOut }
}

/// What a step computes element by element, beside its products with weights.
package struct ElementwiseWork: Sendable, Equatable {
  package var multiplies = 0
  package var additions = 0
  /// Nonlinear functions, such as tanh, and divisions.
  package var functions = 0

  package init(multiplies: Int = 0, additions: Int = 0, functions: Int = 0) {
    self.multiplies = multiplies
    self.additions = additions
    self.functions = functions
  }

  static func + (a: Self, b: Self) -> Self {
    ElementwiseWork(
      multiplies: a.multiplies + b.multiplies, additions: a.additions + b.additions,
      functions: a.functions + b.functions)
  }
}

/// What one step of a layer takes, by its equations rather than by how passes compute them.
package struct LayerWork: Sendable, Equatable {
  package var connections: [Connection]
  /// Without its quantizers.
  package var elementwise: ElementwiseWork
  /// Numbers that are made from sums of products, such as gates and units, and states beside them.
  package var neurons: Int
  /// Parameters that are read element by element; a sum starts at its bias.
  package var biases: Int
  /// Numbers that are kept from step to step, without and with what quantizers keep.
  package var plainState: Int
  package var state: Int

  package init(
    _ connections: [Connection], elementwise: ElementwiseWork = .init(), neurons: Int,
    biases: Int = 0, plainState: Int = 0, state: Int = 0
  ) {
    self.connections = connections
    self.elementwise = elementwise
    self.neurons = neurons
    self.biases = biases
    self.plainState = plainState
    self.state = state
  }

  /// Adds the work of another layer of the same steps.
  mutating func add(_ other: LayerWork) {
    connections += other.connections
    elementwise = elementwise + other.elementwise
    neurons += other.neurons
    biases += other.biases
    plainState += other.plainState
    state += other.state
  }
}

extension Quantizer {
  /// What the quantizer does with one activity: w a, and the sums and differences around it. The
  /// division by w goes into the weights behind; random numbers are not counted.
  var work: ElementwiseWork {
    switch self {
    case .off: ElementwiseWork()
    case .diffused: ElementwiseWork(multiplies: 1, additions: 2)
    case .nearest, .stochastic, .poisson: ElementwiseWork(multiplies: 1, additions: 1)
    }
  }
}
