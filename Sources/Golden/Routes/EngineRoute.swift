import Engine
import Foundation
import Kernels

/// The engine in Float32 as a route: its kernels, its LMU and its bit meters.
package struct EngineRoute: HybridRoute {
  package var name: String { "engine" }
  package var precision: GoldenPrecision { .single }

  /// Whether cells run step by step even where the engine would run them in chunks of steps.
  private let isStepwise: Bool

  package init(isStepwise: Bool = false) { self.isStepwise = isStepwise }

  package func diffused(
    _ x: [Double], activation: ReferenceActivation, resolution: Double, voltage: Double
  ) -> ReferenceQuantizer.Sequence {
    let activities = x.map { value(Float($0), activation) }
    var voltage = Float(voltage)
    guard resolution.isFinite else {
      return ReferenceQuantizer.Sequence(
        counts: x.map { _ in 0 }, outputs: activities.map(Double.init), voltage: Double(voltage))
    }
    let w = Float(resolution)
    let outputs = activities.map { activity in
      var output: Float = 0
      withUnsafePointer(to: activity) { quantize_diffused(&output, $0, &voltage, w, 1) }
      return output
    }
    return ReferenceQuantizer.Sequence(
      counts: counts(outputs, w), outputs: outputs.map(Double.init), voltage: Double(voltage))
  }

  package func gradient(
    _ x: [Double], upstream: [Double], activation: ReferenceActivation, resolution: Double,
    voltage: Double
  ) -> [Double] {
    zip(x, upstream).map { x, upstream in
      let output = value(Float(x), activation)
      return Double(gradient(Float(upstream), output: output, activation))
    }
  }

  package func stochastic(
    _ rates: [Double], resolution: Double, uniforms: [Double]
  ) -> [Double] {
    var outputs = rates.map(Float.init)
    quantize_stochastic(
      &outputs, rates.map(Float.init), uniforms.map(Float.init), Float(resolution), rates.count)
    return counts(outputs, Float(resolution))
  }

  /// n from n / w.
  private func counts(_ outputs: [Float], _ w: Float) -> [Double] {
    outputs.map { Double(($0 * w).rounded()) }
  }

  /// The activation by the engine's kernel. The engine has none for sigmoid, which is plain
  /// Float32 here.
  private func value(_ x: Float, _ activation: ReferenceActivation) -> Float {
    var output = x
    switch activation {
    case .linear: break
    case .relu: relu_in_place(&output, 1)
    case .tanh: tanh_in_place(&output, 1)
    case .sigmoid: output = 1 / (1 + exp(-x))
    }
    return output
  }

  private func gradient(
    _ upstream: Float, output: Float, _ activation: ReferenceActivation
  ) -> Float {
    var gradient: Float = 0
    withUnsafePointer(to: upstream) { upstream in
      withUnsafePointer(to: output) { output in
        switch activation {
        case .linear: gradient = upstream.pointee
        case .relu: relu_backward(&gradient, upstream, output, 1)
        case .tanh: tanh_backward(&gradient, upstream, output, 1)
        case .sigmoid:
          gradient = upstream.pointee * output.pointee * (1 - output.pointee)
        }
      }
    }
    return gradient
  }
}

// MARK: The cell

extension EngineRoute {
  package func run(
    _ cell: ReferenceLMU, over x: [[Double]], from voltages: ReferenceLMU.Voltages,
    hiddenGradient: [[Double]]
  ) throws -> CellRun {
    let resolutions = [cell.resolutions.h, cell.resolutions.m, cell.resolutions.u]
    let run = try SequenceRun(
      SequenceRun.Setting(
        model: .lmu(try configuration(of: cell)), inputs: cell.weights.inputs,
        weights: cell.weights.byName.mapValues { $0.map(Float.init) },
        resolutions: resolutions.map(Float.init),
        voltages: [voltages.h, voltages.m, [voltages.u]].map { $0.map(Float.init) },
        x: x.flatMap { $0.map(Float.init) }, outputGradient: lastSteps(of: hiddenGradient),
        isStepwise: isStepwise))
    let (hidden, order) = (cell.weights.hidden, cell.weights.order)
    let counts = zip(run.signals, resolutions).map { signal, resolution in
      resolution.isFinite ? self.counts(signal, Float(resolution)) : signal.map { _ in 0 }
    }
    return CellRun(
      u: run.signals[2].map(Double.init), m: run.signals[1].map(Double.init).rows(of: order),
      h: run.signals[0].map(Double.init).rows(of: hidden),
      memoryCounts: counts[1].rows(of: order), hiddenCounts: counts[0].rows(of: hidden),
      voltages: ReferenceLMU.Voltages(
        h: run.voltages[0].map(Double.init), m: run.voltages[1].map(Double.init),
        u: Double(run.voltages[2][0])),
      gradients: ReferenceLMU.Weights(
        run.gradients.mapValues { $0.map(Double.init) }, like: cell.weights),
      inputGradient: run.inputGradient.map(Double.init).rows(of: cell.weights.inputs))
  }

  /// A gradient by the outputs of all steps without the first ones that it is zero by.
  func lastSteps(of gradient: [[Double]]) -> [Float] {
    let first = gradient.firstIndex { $0.contains { $0 != 0 } } ?? gradient.count - 1
    return gradient[first...].flatMap { $0.map(Float.init) }
  }

  private func configuration(of cell: ReferenceLMU) throws -> LMUConfiguration {
    func site(_ resolution: Double, _ surrogate: SiteSurrogate) -> QuantizerSite {
      QuantizerSite(
        kind: resolution.isFinite ? .diffused : .off, resolution: Schedule(.hold(resolution)),
        surrogate: surrogate)
    }
    let (w, surrogates) = (cell.resolutions, cell.surrogates)
    guard let activation = HiddenActivation(rawValue: cell.activation.rawValue) else {
      throw EngineRouteError.activation(cell.activation)
    }
    return LMUConfiguration(
      hidden: cell.weights.hidden, order: cell.weights.order, theta: cell.memory.theta,
      variant: cell.variant, discretization: cell.memory.discretization, activation: activation,
      h: site(w.h, surrogates.h), m: site(w.m, surrogates.m), u: site(w.u, surrogates.u))
  }
}

/// What the engine's cell does not have.
package enum EngineRouteError: Error, Sendable, Equatable {
  case activation(ReferenceActivation)
  /// The exponent of a norm.
  case norm(Double)
}

extension ReferenceLMU.Weights {
  /// All numbers row-major, by the names of the engine's parameters.
  package var byName: [String: [Double]] {
    [
      "lmu.inputEncoder": inputEncoder, "lmu.hiddenEncoder": hiddenEncoder,
      "lmu.memoryEncoder": memoryEncoder, "lmu.inputWeights": inputKernel.flatMap { $0 },
      "lmu.hiddenWeights": hiddenKernel.flatMap { $0 },
      "lmu.memoryWeights": memoryKernel.flatMap { $0 }, "lmu.bias": bias,
    ]
  }

  /// The inverse of `byName`, in the shape of `other`. Names that are missing give 0.
  package init(_ byName: [String: [Double]], like other: Self) {
    self.init(inputs: other.inputs, hidden: other.hidden, order: other.order)
    func matrix(_ name: String, _ zero: [[Double]]) -> [[Double]] {
      guard let numbers = byName[name], numbers.count == zero.count * hidden else { return zero }
      return zero.indices.map { Array(numbers[$0 * hidden..<($0 + 1) * hidden]) }
    }
    inputEncoder = byName["lmu.inputEncoder"] ?? inputEncoder
    hiddenEncoder = byName["lmu.hiddenEncoder"] ?? hiddenEncoder
    memoryEncoder = byName["lmu.memoryEncoder"] ?? memoryEncoder
    bias = byName["lmu.bias"] ?? bias
    inputKernel = matrix("lmu.inputWeights", inputKernel)
    hiddenKernel = matrix("lmu.hiddenWeights", hiddenKernel)
    memoryKernel = matrix("lmu.memoryWeights", memoryKernel)
  }
}

// MARK: Metrics

extension EngineRoute {
  package func metrics(_ counts: [Int]) throws -> [BitMetricName: Double] {
    guard let metrics = siteMetrics(counts) else { return [:] }
    return [
      .bitsRange: metrics.bitsRange, .bitsDistinct: metrics.bitsDistinct,
      .bitsEntropy: metrics.bitsEntropy, .significantBits: metrics.significantBits,
      .significantBitsSigned: metrics.significantBitsSigned, .popcount: metrics.popcount,
      .spikeRate: metrics.spikeRate, .zeroFraction: metrics.zeroFraction,
    ]
  }

  package func weighted(_ units: [[Int]], fanOut: [Int]) -> WeightedBits {
    let sites = units.map { counts in
      siteMetrics(counts).map {
        OperationCounts.Site(units: 1, kind: .off, metrics: $0, lastStep: $0)
      }
    }
    let all = WeightedMetrics(
      zip(sites, fanOut).compactMap { site, fanOut in
        site.map { WeightedMetrics.Site(metrics: $0.metrics, units: 1, fanOut: fanOut) }
      })
    let connections = fanOut.enumerated().map { Connection(.site($0), units: 1, fanOut: $1) }
    let counts = OperationCounts(
      LayerWork(connections, neurons: 0), sites: sites, steps: units.first?.count ?? 0)
    let energy = EnergyEstimates(counts)
    return WeightedBits(
      bitsRange: all.weighted(\.bitsRange), significantBits: all.weighted(\.significantBits),
      operations: ReferenceOperations(
        events: counts.events, unitOps: counts.unitOps, shiftAdds: counts.shiftAdds,
        dense: counts.dense),
      joules: [
        "dense_float32_mac_4_6": energy.denseFloat, "dense_int32_mac_3_2": energy.compute.dense,
        "unit_spike_int32_add_0_1": energy.compute.unitSpikes,
        "shift_add_int32_0_1": energy.compute.shiftAdds,
      ])
  }

  /// `nil` without counts.
  private func siteMetrics(_ counts: [Int]) -> SiteMetrics? {
    let meter = BitMeter(units: 1)
    meter.add(counts.map(Float.init), w: 1, rows: counts.count, stride: 1)
    return meter.metrics()
  }
}
