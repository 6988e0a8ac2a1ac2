/// Sizes, structure and quantizers of a (hybrid-spiking) Legendre memory unit.
package struct LMUConfiguration: Sendable, Equatable, Codable {
  /// What the memory recursion works on (hybrid-spiking specification, section 3.3).
  package enum Variant: String, Sendable, Codable, CaseIterable {
    /// The recursion keeps the exact memory; only what leaves it is quantized.
    case exactState
    /// The recursion uses the quantized memory too.
    case quantizedState
  }

  package enum Discretization: String, Sendable, Codable, CaseIterable {
    case zeroOrderHold, euler
  }

  /// Where the input weights start.
  package enum Initialization: String, Sendable, Codable, CaseIterable {
    /// e_x = 1; e_h, e_m, W_x, W_h = 0; W_m Glorot normal (the psMNIST setting of 2019).
    case memoryOnly
    /// e_x, e_h LeCun uniform; e_m = 0; W_x, W_h, W_m Glorot normal (the cell's defaults).
    case full
    /// e_x = 1; e_h, e_m LeCun uniform; W_x, W_m Glorot uniform, W_h orthogonal (KerasLMU).
    case orthogonal
  }

  /// Hidden units n.
  package var hidden: Int
  /// Order d of the memory.
  package var order: Int
  /// Window of the memory in steps.
  package var theta: Double
  package var variant: Variant
  package var discretization: Discretization
  package var activation: HiddenActivation
  /// A function that is learned in place of ``activation``, where there is one.
  package var learned: LearnedHidden?
  package var initialization: Initialization
  /// Whether the hidden units have a bias.
  package var hiddenBias: Bool
  /// Signals u that are remembered, each in d numbers of its own.
  package var channels: Int
  /// Whether u has a bias.
  package var memoryBias: Bool
  /// Which connections there are.
  package var connections: Connections
  /// Quantizers of the hidden state, the memory and the memory's input.
  package var h: QuantizerSite
  package var m: QuantizerSite
  package var u: QuantizerSite

  package init(
    hidden: Int, order: Int, theta: Double, variant: Variant = .exactState,
    discretization: Discretization = .zeroOrderHold, activation: HiddenActivation = .tanh,
    learned: LearnedHidden? = nil,
    initialization: Initialization = .memoryOnly, hiddenBias: Bool = true,
    channels: Int = 1, memoryBias: Bool = false, connections: Connections = .all,
    h: QuantizerSite, m: QuantizerSite, u: QuantizerSite
  ) {
    self.hidden = hidden
    self.order = order
    self.theta = theta
    self.variant = variant
    self.discretization = discretization
    self.activation = activation
    self.learned = learned
    self.initialization = initialization
    self.hiddenBias = hiddenBias
    self.channels = channels
    self.memoryBias = memoryBias
    self.connections = connections
    self.h = h
    self.m = m
    self.u = u
  }

  /// Numbers of the memory, over all its channels.
  var memory: Int { channels * order }

  /// Whether the memory is a convolution of x, known before the hidden state is: neither h nor m
  /// reaches u, and its recursion is linear.
  var hasParallelMemory: Bool {
    !connections.contains(.hiddenToMemory) && !connections.contains(.memoryToMemory)
      && (variant == .exactState || m.kind == .off)
  }
}

extension LMUConfiguration {
  /// The connections of an LMU that may be left out.
  package struct Connections: OptionSet, Sendable, Codable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    fileprivate mutating func set(_ connection: Connections, _ isThere: Bool) {
      if isThere { insert(connection) } else { remove(connection) }
    }

    /// e_h.
    package static let hiddenToMemory = Connections(rawValue: 1)
    /// e_m.
    package static let memoryToMemory = Connections(rawValue: 2)
    /// W_x.
    package static let inputToHidden = Connections(rawValue: 4)
    /// W_h.
    package static let hiddenToHidden = Connections(rawValue: 8)

    package static let all: Connections = [
      .hiddenToMemory, .memoryToMemory, .inputToHidden, .hiddenToHidden,
    ]
    /// None: a fixed memory of x, and hidden units that see only it.
    package static let feedforward: Connections = []
  }

  package var hiddenToMemory: Bool {
    get { connections.contains(.hiddenToMemory) }
    set { connections.set(.hiddenToMemory, newValue) }
  }

  package var memoryToMemory: Bool {
    get { connections.contains(.memoryToMemory) }
    set { connections.set(.memoryToMemory, newValue) }
  }

  package var inputToHidden: Bool {
    get { connections.contains(.inputToHidden) }
    set { connections.set(.inputToHidden, newValue) }
  }

  package var hiddenToHidden: Bool {
    get { connections.contains(.hiddenToHidden) }
    set { connections.set(.hiddenToHidden, newValue) }
  }
}
