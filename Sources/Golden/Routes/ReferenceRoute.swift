/// The plain Double references as a route.
package struct ReferenceRoute: HybridRoute {
  package var name: String { "double" }
  package var precision: GoldenPrecision { .double }

  package init() {}

  package func diffused(
    _ x: [Double], activation: ReferenceActivation, resolution: Double, voltage: Double
  ) -> ReferenceQuantizer.Sequence {
    ReferenceQuantizer.diffused(
      x.map(activation.value), resolution: resolution, voltage: voltage)
  }

  package func gradient(
    _ x: [Double], upstream: [Double], activation: ReferenceActivation, resolution: Double,
    voltage: Double
  ) -> [Double] {
    ReferenceQuantizer.gradient(x, upstream: upstream, activation: activation)
  }

  package func stochastic(
    _ rates: [Double], resolution: Double, uniforms: [Double]
  ) -> [Double] {
    ReferenceQuantizer.stochastic(rates, resolution: resolution, uniforms: uniforms).counts
  }

  package func run(
    _ cell: ReferenceLMU, over x: [[Double]], from voltages: ReferenceLMU.Voltages,
    hiddenGradient: [[Double]]
  ) -> CellRun {
    let trace = cell.forward(x, from: voltages)
    let gradients = cell.backward(trace, hiddenGradient: hiddenGradient)
    return CellRun(
      u: trace.u, m: trace.m, h: trace.h, memoryCounts: trace.memoryCounts,
      hiddenCounts: trace.hiddenCounts, voltages: trace.voltages,
      gradients: gradients.weights, inputGradient: gradients.x)
  }

  package func run(
    _ cell: ReferenceCell, over x: [[Double]], from voltages: [Double],
    hiddenGradient: [[Double]]
  ) -> BaselineRun {
    let trace = cell.forward(x, from: voltages)
    let gradients = cell.gradients(x, from: voltages, hiddenGradient: hiddenGradient)
    return BaselineRun(
      h: trace.h, counts: trace.counts, voltages: trace.voltages, gradients: gradients.weights,
      inputGradient: gradients.x)
  }

  package func run(
    _ cell: ReferenceNRU, over x: [[Double]], from voltages: ReferenceNRU.Pair<[Double]>,
    hiddenGradient: [[Double]]
  ) -> NRURun {
    let trace = cell.forward(x, from: voltages)
    let gradients = cell.gradients(x, from: voltages, hiddenGradient: hiddenGradient)
    func signal(_ signal: ReferenceNRU.Signal) -> NRURun.Signal {
      NRURun.Signal(
        outputs: signal.outputs, counts: signal.counts, voltages: signal.voltages)
    }
    return NRURun(
      h: signal(trace.h), m: signal(trace.m), gradients: gradients.weights,
      inputGradient: gradients.x)
  }

  package func metrics(_ counts: [Int]) -> [BitMetricName: Double] {
    let metrics = ReferenceBitMetrics(counts)
    return [
      .levelsRange: metrics.levelsRange, .levelsDistinct: metrics.levelsDistinct,
      .bitsRange: metrics.bitsRange, .bitsDistinct: metrics.bitsDistinct,
      .bitsEntropy: metrics.bitsEntropy, .significantBits: metrics.significantBits,
      .significantBitsSigned: metrics.significantBitsSigned, .popcount: metrics.popcount,
      .log2OnePlus: metrics.log2OnePlus, .spikeRate: metrics.spikeRate,
      .zeroFraction: metrics.zeroFraction,
    ]
  }

  package func weighted(_ units: [[Int]], fanOut: [Int]) -> WeightedBits {
    let fanOut = fanOut.map(Double.init)
    let metrics = units.map(ReferenceBitMetrics.init)
    func mean(_ metric: (ReferenceBitMetrics) -> Double) -> Double {
      zip(fanOut, metrics).reduce(0) { $0 + $1.0 * metric($1.1) } / fanOut.reduce(0, +)
    }
    return WeightedBits(
      bitsRange: mean(\.bitsRange), significantBits: mean(\.significantBits),
      operations: ReferenceOperations(units: units, fanOut: fanOut))
  }
}
