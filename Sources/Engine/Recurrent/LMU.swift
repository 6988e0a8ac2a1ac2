import Foundation

/// The Legendre memory unit with quantizers: the hybrid-spiking LMU.
///
///     u_t  = e_x x_t + e_h hq_{t-1} + e_m mq_{t-1} + b_u
///     m_t  = Ad s_{t-1} + Bd Q(u_t; w_u)          s = m (exactState) or mq (quantizedState)
///     mq_t = Q(m_t; w_m)
///     z_t  = W_x x_t + W_h hq_{t-1} + W_m mq_t + b
///     hq_t = Q(f(z_t); w_h)                        f = tanh, ReLU or a learned function
///
/// With all resolutions infinite this is the LMU of Voelker, Kajic and Eliasmith (2019). Sizes:
/// x in R^inputs, h in R^hidden, u in R^channels; m has `order` numbers for each channel, channel
/// by channel, on which Ad and Bd act alike. Everything is zero before the first step except the
/// voltages. Ad and Bd are fixed; e_h, e_m, W_x, W_h, b and b_u may be absent. Hybrid-spiking
/// specification, sections 3.2 and 3.3.
package struct LMU: SequenceLayer {
  package let configuration: LMUConfiguration
  package let inputs: Int
  package var outputs: Int { configuration.hidden }
  package var inputFanOut: Int {
    configuration.channels
      + (configuration.connections.contains(.inputToHidden) ? configuration.hidden : 0)
  }

  let legendre: LegendreMemory
  /// Transposed memory matrix, so that m_t = m_{t-1} Ad' for rows m; and Ad for the way back.
  let memoryTransposed: Matrix
  let memory: Matrix
  /// Bd as a row.
  let memoryInput: Matrix
  /// Where the memory can be run in chunks.
  let chunkedMemory: ChunkedMemory?
  let handles: Handles
  /// f, where it is learned.
  let learned: SelfLearnableActivation?

  /// Places of the parameters. Weights are inputs x outputs; encoders have a row for each channel.
  struct Handles: Sendable {
    let inputEncoder: ParameterHandle
    let hiddenEncoder, memoryEncoder, memoryBias: ParameterHandle?
    let inputWeights, hiddenWeights: ParameterHandle?
    let memoryWeights: ParameterHandle
    let bias: ParameterHandle?
  }

  /// How a pass computes the memory.
  package enum Form: String, Sendable {
    /// Step by step, whatever is quantized.
    case stepwise
    /// In chunks of steps, without forming the memory: neither m nor u is quantized.
    case chunked
    /// Over the whole sequence before the hidden units, of which no connection comes back.
    case parallel
  }

  /// Throws when the memory's discretisation is unstable.
  package init(
    _ configuration: LMUConfiguration, inputs: Int, layout: inout ParameterLayout
  ) throws(LegendreMemoryError) {
    legendre = try LegendreMemory(
      order: configuration.order, theta: configuration.theta,
      discretization: configuration.discretization)
    self.configuration = configuration
    self.inputs = inputs
    memory = Matrix(rows: configuration.order, columns: configuration.order)
    memory.set(legendre.stateMatrix.map(Float.init))
    memoryTransposed = Matrix(rows: configuration.order, columns: configuration.order)
    memoryTransposed.setTranspose(of: memory)
    memoryInput = Matrix(rows: 1, columns: configuration.order)
    memoryInput.set(legendre.inputVector.map(Float.init))
    let isChunkable = configuration.form != .stepwise || configuration.channels == 1
    chunkedMemory = isChunkable ? ChunkedMemory(legendre) : nil
    handles = Self.declare(configuration, inputs: inputs, in: &layout)
    learned = configuration.learned.map {
      $0.declare("lmu.learned", units: configuration.hidden, in: &layout)
    }
  }

  private static func declare(
    _ configuration: LMUConfiguration, inputs: Int, in layout: inout ParameterLayout
  ) -> Handles {
    let (n, channels) = (configuration.hidden, configuration.channels)
    func add(_ name: String, _ rows: Int, _ columns: Int, if isThere: Bool) -> ParameterHandle? {
      isThere ? layout.add("lmu.\(name)", rows: rows, columns: columns) : nil
    }
    func has(_ connection: LMUConfiguration.Connections) -> Bool {
      configuration.connections.contains(connection)
    }
    return Handles(
      inputEncoder: layout.add("lmu.inputEncoder", rows: channels, columns: inputs),
      hiddenEncoder: add("hiddenEncoder", channels, n, if: has(.hiddenToMemory)),
      memoryEncoder: add(
        "memoryEncoder", channels, configuration.memory, if: has(.memoryToMemory)),
      memoryBias: configuration.memoryBias
        ? layout.add("lmu.memoryBias", rows: 1, columns: channels, role: .bias) : nil,
      inputWeights: add("inputWeights", inputs, n, if: has(.inputToHidden)),
      hiddenWeights: add("hiddenWeights", n, n, if: has(.hiddenToHidden)),
      memoryWeights: layout.add("lmu.memoryWeights", rows: configuration.memory, columns: n),
      bias: configuration.hiddenBias
        ? layout.add("lmu.bias", rows: 1, columns: n, role: .bias) : nil)
  }

  package var form: String { configuration.form.rawValue }
  package var learnedActivations: [SelfLearnableActivation] { [learned].compactMap(\.self) }

  /// h and m, and a voltage for each diffused signal.
  package var state: Int {
    configuration.hidden + configuration.memory
      + sites.reduce(0) { $0 + ($1.site.kind == .diffused ? $1.units : 0) }
  }

  package var sites: [QuantizedSignal] {
    let (n, d, channels) = (configuration.hidden, configuration.order, configuration.channels)
    func count(_ weights: Int, if connection: LMUConfiguration.Connections) -> Int {
      configuration.connections.contains(connection) ? weights : 0
    }
    return [
      QuantizedSignal(
        id: "h", title: "hidden", units: n,
        fanOut: count(n, if: .hiddenToHidden) + count(channels, if: .hiddenToMemory),
        site: configuration.h, bounds: configuration.bounds),
      QuantizedSignal(
        id: "m", title: "memory", units: configuration.memory,
        fanOut: n + count(channels, if: .memoryToMemory)
          + (configuration.variant == .quantizedState ? d : 0),
        site: configuration.m, bounds: nil),
      QuantizedSignal(
        id: "u", title: "memory input", units: channels, fanOut: d, site: configuration.u,
        bounds: nil),
    ]
  }

  package var work: LayerWork {
    let (n, d, channels) = (configuration.hidden, configuration.order, configuration.channels)
    let (m, connections) = (configuration.memory, configuration.connections)
    let isExact = configuration.variant == .exactState && configuration.m.kind != .off
    func count(_ weights: Int, if connection: LMUConfiguration.Connections) -> Int {
      connections.contains(connection) ? weights : 0
    }
    return LayerWork(
      [
        // e_x and W_x; e_h and W_h; W_m; e_m; Ad; Bd.
        Connection(.input, units: inputs, fanOut: inputFanOut),
        Connection(
          .site(0), units: n,
          fanOut: count(n, if: .hiddenToHidden) + count(channels, if: .hiddenToMemory), .afterFirst),
        Connection(.site(1), units: m, fanOut: n),
        Connection(.site(1), units: m, fanOut: count(channels, if: .memoryToMemory), .afterFirst),
        Connection(isExact ? .exact : .site(1), units: m, fanOut: d, .afterFirst),
        Connection(.site(2), units: channels, fanOut: d),
      ].filter { $0.weights > 0 },
      elementwise: configuration.learned.map { $0.work(units: n) } ?? ElementwiseWork(functions: n),
      neurons: n + m + channels,
      biases: (configuration.hiddenBias ? n : 0) + (configuration.memoryBias ? channels : 0)
        + (learned.map { n * $0.count } ?? 0),
      plainState: n + m, state: state)
  }

  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    guard configuration.form == .stepwise else {
      return makePass(configuration.form, steps: steps, rows: rows, in: workspace)
    }
    let isChunked = ChunkedMemoryGradient.isWorthwhile(configuration, steps: steps, rows: rows)
    return LMUPass(
      self, chunks: isChunked ? chunkedMemory : nil, steps: steps, rows: rows, in: workspace)
  }

  /// A pass of the configuration's own form, or one that runs forward and back step by step all
  /// the same.
  package func makePass(
    _ form: Form, steps: Int, rows: Int, in workspace: Workspace
  ) -> any SequencePass {
    switch (form, chunkedMemory) {
    case (.parallel, let chunked?):
      ParallelLMUPass(self, memory: chunked, steps: steps, rows: rows, in: workspace)
    case (.chunked, let chunked?):
      ChunkedLMUPass(self, memory: chunked, steps: steps, rows: rows, in: workspace)
    default: LMUPass(self, steps: steps, rows: rows, in: workspace)
    }
  }
}

extension LMUConfiguration {
  /// The quickest form that computes this network.
  package var form: LMU.Form {
    let isChunkable = m.kind == .off && u.kind == .off && channels == 1
    // Chunks do without forming the memory at all, which only hidden units that see each other
    // at every step make worth the while.
    if hasParallelMemory && !(isChunkable && connections.contains(.hiddenToHidden)) {
      return .parallel
    }
    return isChunkable ? .chunked : .stepwise
  }
}
