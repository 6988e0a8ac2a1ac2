import Engine

extension EngineRoute {
  package func run(
    _ cell: ReferenceCell, over x: [[Double]], from voltages: [Double],
    hiddenGradient: [[Double]]
  ) throws -> BaselineRun {
    let inputs = cell.weights.kernel.count
    let run = try SequenceRun(
      SequenceRun.Setting(
        model: try model(of: cell), inputs: inputs,
        weights: cell.byName.mapValues { $0.map(Float.init) },
        resolutions: [Float(cell.resolution)], voltages: [voltages.map(Float.init)],
        x: x.flatMap { $0.map(Float.init) }, outputGradient: lastSteps(of: hiddenGradient)))
    let h = run.signals[0].map(Double.init)
    let w = cell.resolution
    var gradients = cell
    gradients.set(run.gradients.mapValues { $0.map(Double.init) })
    return BaselineRun(
      h: h.rows(of: cell.units),
      counts: h.map { w.isFinite ? ($0 * w).rounded() : 0 }.rows(of: cell.units),
      voltages: run.voltages[0].map(Double.init), gradients: gradients.weights,
      inputGradient: run.inputGradient.map(Double.init).rows(of: inputs))
  }

  private func model(of cell: ReferenceCell) throws(EngineRouteError) -> ModelConfiguration {
    let h = QuantizerSite(
      kind: cell.resolution.isFinite ? .diffused : .off,
      resolution: Schedule(.hold(cell.resolution)), surrogate: cell.surrogate)
    switch cell.kind {
    case .rnn(let reference):
      guard let activation = HiddenActivation(rawValue: reference.rawValue) else {
        throw .activation(reference)
      }
      return .rnn(RNNConfiguration(hidden: cell.units, activation: activation, h: h))
    case .lstm: return .lstm(LSTMConfiguration(hidden: cell.units, h: h))
    case .gruResetAfter:
      return .gru(GRUConfiguration(hidden: cell.units, reset: .after, h: h))
    case .gruResetBefore:
      return .gru(GRUConfiguration(hidden: cell.units, reset: .before, h: h))
    }
  }
}

extension ReferenceCell {
  /// All weights row-major, by the names of the engine's parameters.
  package var byName: [String: [Double]] {
    let (kernel, recurrent) = (weights.kernel.flatMap { $0 }, weights.recurrent.flatMap { $0 })
    switch kind {
    case .rnn:
      return [
        "rnn.inputWeights": kernel, "rnn.hiddenWeights": recurrent, "rnn.bias": weights.biases[0],
      ]
    case .lstm:
      return [
        "lstm.inputWeights": kernel, "lstm.hiddenWeights": recurrent,
        "lstm.bias": weights.biases[0],
      ]
    case .gruResetAfter:
      return [
        "gru.inputWeights": kernel, "gru.hiddenWeights": recurrent, "gru.bias": weights.biases[0],
        "gru.hiddenBias": weights.biases[1],
      ]
    case .gruResetBefore:
      return [
        "gru.inputWeights": kernel, "gru.bias": weights.biases[0],
        "gru.gateWeights": weights.recurrent.flatMap { $0.prefix(2 * units) },
        "gru.candidateWeights": weights.recurrent.flatMap { $0.suffix(units) },
      ]
    }
  }

  /// The inverse of ``byName``. Names that are missing leave what is there.
  mutating func set(_ byName: [String: [Double]]) {
    let columns = kind.gates * units
    for (name, numbers) in byName {
      switch name.split(separator: ".").last {
      case "inputWeights": weights.kernel = numbers.rows(of: columns)
      case "hiddenWeights": weights.recurrent = numbers.rows(of: columns)
      case "bias": weights.biases[0] = numbers
      case "hiddenBias": weights.biases[1] = numbers
      case "gateWeights":
        for (row, part) in numbers.rows(of: 2 * units).enumerated() {
          weights.recurrent[row].replaceSubrange(..<(2 * units), with: part)
        }
      case "candidateWeights":
        for (row, part) in numbers.rows(of: units).enumerated() {
          weights.recurrent[row].replaceSubrange((2 * units)..., with: part)
        }
      default: break
      }
    }
  }
}

extension [Double] {
  /// These numbers in rows of `columns`.
  func rows(of columns: Int) -> [[Double]] {
    stride(from: 0, to: count, by: columns).map {
      Array(self[$0..<Swift.min($0 + columns, count)])
    }
  }
}
