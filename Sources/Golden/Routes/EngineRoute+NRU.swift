import Engine

extension EngineRoute {
  package func run(
    _ cell: ReferenceNRU, over x: [[Double]], from voltages: ReferenceNRU.Pair<[Double]>,
    hiddenGradient: [[Double]]
  ) throws -> NRURun {
    guard cell.norm == 5 else { throw EngineRouteError.norm(cell.norm) }
    let run = try SequenceRun(
      SequenceRun.Setting(
        model: .nru(configuration(of: cell)), inputs: cell.inputs,
        weights: cell.byName.mapValues { $0.map(Float.init) },
        resolutions: [Float(cell.resolutions.h), Float(cell.resolutions.m)],
        voltages: [voltages.h.map(Float.init), voltages.m.map(Float.init)],
        x: x.flatMap { $0.map(Float.init) }, outputGradient: lastSteps(of: hiddenGradient)))
    func signal(_ site: Int, _ w: Double, _ units: Int) -> NRURun.Signal {
      let outputs = run.signals[site].map(Double.init)
      return NRURun.Signal(
        outputs: outputs.rows(of: units),
        counts: outputs.map { w.isFinite ? ($0 * w).rounded() : 0 }.rows(of: units),
        voltages: run.voltages[site].map(Double.init))
    }
    var gradients = cell
    gradients.set(run.gradients.mapValues { $0.map(Double.init) })
    return NRURun(
      h: signal(0, cell.resolutions.h, cell.units), m: signal(1, cell.resolutions.m, cell.memory),
      gradients: gradients.weights,
      inputGradient: run.inputGradient.map(Double.init).rows(of: cell.inputs))
  }

  private func configuration(of cell: ReferenceNRU) -> NRUConfiguration {
    func site(_ resolution: Double, _ surrogate: SiteSurrogate) -> QuantizerSite {
      QuantizerSite(
        kind: resolution.isFinite ? .diffused : .off, resolution: Schedule(.hold(resolution)),
        surrogate: surrogate)
    }
    return NRUConfiguration(
      hidden: cell.units, memory: cell.memory, heads: cell.heads,
      isRectified: cell.isRectified, hasLayerNorm: cell.hasLayerNorm,
      h: site(cell.resolutions.h, cell.surrogates.h),
      m: site(cell.resolutions.m, cell.surrogates.m))
  }
}

extension ReferenceNRU {
  private typealias Part = WritableKeyPath<Weights, Map>

  /// The maps of a step's vectors, in the order of the engine's columns.
  private static var headParts: [Part] { [\.write, \.erase, \.writeVectors, \.eraseVectors] }

  /// All weights by the names of the engine's parameters, which are [in][out].
  package var byName: [String: [Double]] {
    let hidden = weights.hidden.columns
    let heads = Self.headParts.map { weights[keyPath: $0].columns }
    let head = (0..<units + memory).map { row in heads.flatMap { $0[row] } }
    var byName = [
      "nru.inputWeights": Array(hidden[..<inputs].joined()),
      "nru.hiddenWeights": Array(hidden[inputs..<inputs + units].joined()),
      "nru.memoryWeights": Array(hidden[(inputs + units)...].joined()),
      "nru.bias": weights.hidden.bias,
      "nru.hiddenHeadWeights": Array(head[..<units].joined()),
      "nru.memoryHeadWeights": Array(head[units...].joined()),
      "nru.headBias": Self.headParts.flatMap { weights[keyPath: $0].bias },
    ]
    if hasLayerNorm {
      byName["nru.gain"] = weights.gain
      byName["nru.shift"] = weights.shift
    }
    return byName
  }

  /// The inverse of ``byName``. All names must be there.
  mutating func set(_ byName: [String: [Double]]) {
    func rows(_ names: [String], of columns: Int) -> [[Double]] {
      names.flatMap { (byName["nru.\($0)"] ?? []).rows(of: columns) }
    }
    weights.hidden.columns = rows(
      ["inputWeights", "hiddenWeights", "memoryWeights"], of: units)
    weights.hidden.bias = byName["nru.bias"] ?? []
    let bias = byName["nru.headBias"] ?? []
    let head = rows(["hiddenHeadWeights", "memoryHeadWeights"], of: bias.count)
    var first = 0
    for part in Self.headParts {
      let range = first..<first + weights[keyPath: part].bias.count
      weights[keyPath: part].columns = head.map { Array($0[range]) }
      weights[keyPath: part].bias = Array(bias[range])
      first = range.upperBound
    }
    weights.gain = byName["nru.gain"] ?? []
    weights.shift = byName["nru.shift"] ?? []
  }
}

extension ReferenceNRU.Map {
  /// W as [in][out].
  fileprivate var columns: [[Double]] {
    get {
      let inputs = weights.count / bias.count
      return (0..<inputs).map { column in
        bias.indices.map { weights[$0 * inputs + column] }
      }
    }
    set {
      weights = (0..<(newValue.first?.count ?? 0)).flatMap { row in newValue.map { $0[row] } }
    }
  }
}
