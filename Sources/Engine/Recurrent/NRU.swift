/// The non-saturating recurrent unit (Chandar et al. 2019) with quantizers:
///
///     a_t = x_t W + hq_{t-1} U + mq_{t-1} R + b       h_t = relu(a_t) or relu(norm(a_t))
///     alpha, beta, p, q, p', q' = hq_t A + mq_{t-1} B + c
///     V, E = p q', p' q''      flattened row by row, cut into k rows of M numbers
///     m_t  = m_{t-1} + (1/k) sum over heads j of (alpha_j V_j / |V_j| - beta_j E_j / |E_j|)
///     hq_t = Q(h_t; w_h)     mq_t = Q(m_t; w_m)
///
/// (In V and E the second factor is transposed.) With n hidden units, M numbers of memory and k
/// heads, alpha and beta are in R^k, the four vectors in R^s with s = sqrt(M k), and |.| is the
/// 5-norm, at least 1e-12; rows of 5e7 and more change nothing, as their norm is infinite where
/// fifth powers are added in single precision. W is inputs x n, U n x n, R M x n, A n x (2k + 4s),
/// B M x (2k + 4s); norm is a layer normalization with gain and shift, and alpha, beta, V and E can
/// be rectified.
/// h and m are zero before the first step. Where a state has no quantizer it is seen as it is. The
/// m that is carried over stays exact, since it meets no weights. Hybrid-spiking specification,
/// section 4.4.
package struct NRU: SequenceLayer {
  package let configuration: NRUConfiguration
  package let inputs: Int
  package var outputs: Int { configuration.hidden }
  package var inputFanOut: Int { configuration.hidden }
  /// s.
  let side: Int
  let handles: Handles

  /// Places of the parameters.
  struct Handles: Sendable {
    /// W and b.
    let projection: InputProjection
    /// U and R.
    let hiddenWeights, memoryWeights: ParameterHandle
    /// A, B and c.
    let hiddenHeadWeights, memoryHeadWeights, headBias: ParameterHandle
    let normalization: Normalization?

    struct Normalization: Sendable {
      let gain, shift: ParameterHandle
    }
  }

  package init(_ configuration: NRUConfiguration, inputs: Int, layout: inout ParameterLayout) {
    guard let side = configuration.side else {
      preconditionFailure("memory times heads is a square")
    }
    let (n, memory) = (configuration.hidden, configuration.memory)
    let vectors = 2 * configuration.heads + 4 * side
    self.configuration = configuration
    self.inputs = inputs
    self.side = side
    handles = Handles(
      projection: InputProjection("nru", inputs: inputs, columns: n, layout: &layout),
      hiddenWeights: layout.add("nru.hiddenWeights", rows: n, columns: n),
      memoryWeights: layout.add("nru.memoryWeights", rows: memory, columns: n),
      hiddenHeadWeights: layout.add("nru.hiddenHeadWeights", rows: n, columns: vectors),
      memoryHeadWeights: layout.add("nru.memoryHeadWeights", rows: memory, columns: vectors),
      headBias: layout.add("nru.headBias", rows: 1, columns: vectors, role: .bias),
      normalization: configuration.hasLayerNorm
        ? Handles.Normalization(
          gain: layout.add("nru.gain", rows: 1, columns: n),
          shift: layout.add("nru.shift", rows: 1, columns: n, role: .bias)) : nil)
  }

  /// h and m, mq where it differs from m, and the voltages of both.
  package var state: Int {
    let (n, memory) = (configuration.hidden, configuration.memory)
    return n + memory + (configuration.m.kind == .off ? 0 : memory)
      + configuration.h.voltages(n) + configuration.m.voltages(memory)
  }

  /// Columns of A and B.
  var vectors: Int { 2 * configuration.heads + 4 * side }

  package var sites: [QuantizedSignal] {
    let fanOut = configuration.hidden + vectors
    return [
      .hidden(configuration.h, units: configuration.hidden, fanOut: fanOut, bounds: nil),
      QuantizedSignal(
        id: "m", title: "memory", units: configuration.memory, fanOut: fanOut,
        site: configuration.m, bounds: nil),
    ]
  }

  /// What the heads read has no unit of m as its target.
  package var junctions: [Junction] {
    [
      Junction("W", .trained(handles.projection.weights), from: .input, to: 0),
      Junction("U", .trained(handles.hiddenWeights), from: .site(0), to: 0, isDelayed: true),
      Junction("R", .trained(handles.memoryWeights), from: .site(1), to: 0, isDelayed: true),
      Junction("b", .trained(handles.projection.bias), from: .one, to: 0),
    ]
  }

  package var work: LayerWork {
    let (n, memory) = (configuration.hidden, configuration.memory)
    return LayerWork(
      [
        Connection(.input, units: inputs, fanOut: n),
        Connection(.site(0), units: n, fanOut: n, .afterFirst),
        Connection(.site(0), units: n, fanOut: vectors),
        Connection(.site(1), units: memory, fanOut: n + vectors, .afterFirst),
      ],
      elementwise: elementwiseWork, neurons: n + vectors + memory,
      biases: n + vectors + (handles.normalization == nil ? 0 : 2 * n),
      plainState: n + memory, state: state)
  }

  /// Of V and E each number is made by one product, takes three to its fifth power and one to be
  /// scaled, and is summed into a norm and into the memory; each head has two norms to take the
  /// root of and to divide by.
  private var elementwiseWork: ElementwiseWork {
    let (n, numbers) = (configuration.hidden, 2 * configuration.memory * configuration.heads)
    let outer = ElementwiseWork(
      multiplies: 5 * numbers, additions: 2 * numbers, functions: 4 * configuration.heads)
    let hidden = ElementwiseWork(functions: n)
    guard configuration.hasLayerNorm else { return outer + hidden }
    // Mean, variance, gain and shift, and one root.
    return outer + hidden
      + ElementwiseWork(multiplies: 3 * n, additions: 4 * n, functions: 1)
  }

  /// Weights and biases uniform within 1 / sqrt(numbers that come in), as published; a
  /// normalization starts with gain 1 and shift 0.
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    let both = configuration.hidden + configuration.memory
    var stream = RandomStream(seed: seed, purpose: .initialization)
    let limit = 1 / Double(inputs + both).squareRoot()
    for handle in [
      handles.projection.weights, handles.projection.bias, handles.hiddenWeights,
      handles.memoryWeights,
    ] {
      weights[handle].fillUniform(limit, &stream)
    }
    for handle in [handles.hiddenHeadWeights, handles.memoryHeadWeights, handles.headBias] {
      weights[handle].fillUniform(1 / Double(both).squareRoot(), &stream)
    }
    guard let normalization = handles.normalization else { return }
    weights[normalization.gain].fill(1)
    weights[normalization.shift].fill(0)
  }

  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    NRUPass(self, steps: steps, rows: rows, in: workspace)
  }
}
