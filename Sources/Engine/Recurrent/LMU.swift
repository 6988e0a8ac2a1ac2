import Foundation

/// The Legendre memory unit with quantizers: the hybrid-spiking LMU.
///
///     u_t  = e_x . x_t + e_h . hq_{t-1} + e_m . mq_{t-1}
///     m_t  = Ad s_{t-1} + Bd Q(u_t; w_u)          s = m (exactState) or mq (quantizedState)
///     mq_t = Q(m_t; w_m)
///     z_t  = W_x x_t + W_h hq_{t-1} + W_m mq_t + b
///     hq_t = Q(f(z_t); w_h)                        f = tanh or ReLU
///
/// With all resolutions infinite this is the LMU of Voelker, Kajic and Eliasmith (2019). Sizes:
/// x in R^inputs, h in R^hidden, m in R^order, u in R. Everything is zero before the first step
/// except the voltages. Ad and Bd are fixed. Hybrid-spiking specification, sections 3.2 and 3.3.
package struct LMU: SequenceLayer {
  package let configuration: LMUConfiguration
  package let inputs: Int
  package var outputs: Int { configuration.hidden }

  /// Transposed memory matrix, so that m_t = m_{t-1} Ad' for rows m; and Ad for the way back.
  let memoryTransposed: Matrix
  let memory: Matrix
  /// Bd as a row.
  let memoryInput: Matrix
  /// Where neither m nor u has a quantizer.
  let chunkedMemory: ChunkedMemory?
  let handles: Handles

  /// Places of the parameters. Weights are inputs x outputs; encoders are one row.
  struct Handles: Sendable {
    let inputEncoder, hiddenEncoder, memoryEncoder: ParameterHandle
    let inputWeights, hiddenWeights, memoryWeights: ParameterHandle
    let bias: ParameterHandle?
  }

  /// Throws when the memory's discretisation is unstable.
  package init(
    _ configuration: LMUConfiguration, inputs: Int, layout: inout ParameterLayout
  ) throws(LegendreMemoryError) {
    let legendre = try LegendreMemory(
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
    let isLinear = configuration.m.kind == .off && configuration.u.kind == .off
    chunkedMemory = isLinear ? ChunkedMemory(legendre) : nil
    handles = Self.declare(configuration, inputs: inputs, in: &layout)
  }

  private static func declare(
    _ configuration: LMUConfiguration, inputs: Int, in layout: inout ParameterLayout
  ) -> Handles {
    let (n, d) = (configuration.hidden, configuration.order)
    return Handles(
      inputEncoder: layout.add("lmu.inputEncoder", rows: 1, columns: inputs),
      hiddenEncoder: layout.add("lmu.hiddenEncoder", rows: 1, columns: n),
      memoryEncoder: layout.add("lmu.memoryEncoder", rows: 1, columns: d),
      inputWeights: layout.add("lmu.inputWeights", rows: inputs, columns: n),
      hiddenWeights: layout.add("lmu.hiddenWeights", rows: n, columns: n),
      memoryWeights: layout.add("lmu.memoryWeights", rows: d, columns: n),
      bias: configuration.hiddenBias
        ? layout.add("lmu.bias", rows: 1, columns: n, role: .bias) : nil)
  }

  /// h and m, and a voltage for each diffused signal.
  package var state: Int {
    configuration.hidden + configuration.order
      + sites.reduce(0) { $0 + ($1.site.kind == .diffused ? $1.units : 0) }
  }

  package var sites: [QuantizedSignal] {
    let (n, d) = (configuration.hidden, configuration.order)
    return [
      QuantizedSignal(
        id: "h", title: "hidden", units: n, fanOut: n + 1, site: configuration.h,
        bounds: configuration.activation == .tanh ? -1...1 : nil),
      QuantizedSignal(
        id: "m", title: "memory", units: d,
        fanOut: n + 1 + (configuration.variant == .quantizedState ? d : 0),
        site: configuration.m, bounds: nil),
      QuantizedSignal(
        id: "u", title: "memory input", units: 1, fanOut: d, site: configuration.u, bounds: nil),
    ]
  }

  package var work: LayerWork {
    let (n, d) = (configuration.hidden, configuration.order)
    let isExact = configuration.variant == .exactState && configuration.m.kind != .off
    return LayerWork(
      [
        // e_x and W_x; e_h and W_h; W_m; e_m; Ad; Bd.
        Connection(.input, units: inputs, fanOut: n + 1),
        Connection(.site(0), units: n, fanOut: n + 1, .afterFirst),
        Connection(.site(1), units: d, fanOut: n),
        Connection(.site(1), units: d, fanOut: 1, .afterFirst),
        Connection(isExact ? .exact : .site(1), units: d, fanOut: d, .afterFirst),
        Connection(.site(2), units: 1, fanOut: d),
      ],
      elementwise: ElementwiseWork(functions: n), neurons: n + d + 1,
      biases: configuration.hiddenBias ? n : 0, plainState: n + d, state: state)
  }

  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    let (n, d) = (configuration.hidden, configuration.order)
    var stream = RandomStream(seed: seed, purpose: .initialization)
    weights[handles.memoryEncoder].fill(0)
    weights[handles.memoryWeights].fillNormal(glorot(d, n), &stream)
    if let bias = handles.bias { weights[bias].fill(0) }
    switch configuration.initialization {
    case .memoryOnly:
      weights[handles.inputEncoder].fill(1)
      weights[handles.hiddenEncoder].fill(0)
      weights[handles.inputWeights].fill(0)
      weights[handles.hiddenWeights].fill(0)
    case .full:
      weights[handles.inputEncoder].fillUniform(sqrt(3 / Double(inputs)), &stream)
      weights[handles.hiddenEncoder].fillUniform(sqrt(3 / Double(n)), &stream)
      weights[handles.inputWeights].fillNormal(glorot(inputs, n), &stream)
      weights[handles.hiddenWeights].fillNormal(glorot(n, n), &stream)
    }
  }

  /// A pass that runs in chunks of steps where the memory is linear, else step by step.
  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    guard let chunkedMemory else {
      return makeStepwisePass(steps: steps, rows: rows, in: workspace)
    }
    return ChunkedLMUPass(
      self, memory: chunkedMemory, steps: steps, rows: rows, in: workspace)
  }

  /// A pass that runs step by step, whatever is quantized.
  package func makeStepwisePass(steps: Int, rows: Int, in workspace: Workspace) -> LMUPass {
    LMUPass(self, steps: steps, rows: rows, in: workspace)
  }
}

/// Standard deviation of Glorot and Bengio (2010) for a weight between `a` and `b` units.
func glorot(_ a: Int, _ b: Int) -> Double { sqrt(2 / Double(a + b)) }

extension Matrix {
  func fillNormal(_ deviation: Double, _ stream: inout RandomStream) {
    for index in 0..<count { base[index] = Float(deviation * stream.nextNormal()) }
  }

  /// Uniform on -limit ... limit.
  func fillUniform(_ limit: Double, _ stream: inout RandomStream) {
    for index in 0..<count { base[index] = Float(limit * (2 * stream.nextUniform() - 1)) }
  }
}
