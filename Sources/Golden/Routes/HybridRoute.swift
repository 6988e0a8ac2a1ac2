/// A way to compute what the hybrid golden files list: the plain Double reference, or the engine
/// in Float32. Every check runs all routes and reports the worst.
package protocol HybridRoute: Sendable {
  /// How the route is called in messages.
  var name: String { get }
  var precision: GoldenPrecision { get }

  /// Base activation and temporally diffused quantizer over the steps of one neuron.
  func diffused(
    _ x: [Double], activation: ReferenceActivation, resolution: Double, voltage: Double
  ) throws -> ReferenceQuantizer.Sequence

  /// dL/dx of the same for the given dL/do.
  func gradient(
    _ x: [Double], upstream: [Double], activation: ReferenceActivation, resolution: Double,
    voltage: Double
  ) throws -> [Double]

  /// Counts of the stochastic quantizer for rates after the activation and listed uniforms.
  func stochastic(_ rates: [Double], resolution: Double, uniforms: [Double]) throws -> [Double]

  /// The cell over one sequence, and the gradients of sum h . `hiddenGradient` over all steps.
  func run(
    _ cell: ReferenceLMU, over x: [[Double]], from voltages: ReferenceLMU.Voltages,
    hiddenGradient: [[Double]]
  ) throws -> CellRun

  /// A baseline cell in the same way.
  func run(
    _ cell: ReferenceCell, over x: [[Double]], from voltages: [Double],
    hiddenGradient: [[Double]]
  ) throws -> BaselineRun

  /// A non-saturating recurrent unit in the same way.
  func run(
    _ cell: ReferenceNRU, over x: [[Double]], from voltages: ReferenceNRU.Pair<[Double]>,
    hiddenGradient: [[Double]]
  ) throws -> NRURun

  /// Bit metrics of one unit's counts, by the ids of the specification, section 6.1.
  func metrics(_ counts: [Int]) throws -> [BitMetricName: Double]

  /// What the average weight sees of units that feed `fanOut` weights each.
  func weighted(_ units: [[Int]], fanOut: [Int]) throws -> WeightedBits
}

/// Metrics of several units weighted by fan-out, and their operations over all steps.
package struct WeightedBits: Sendable {
  package var bitsRange: Double
  package var significantBits: Double
  package var operations: ReferenceOperations
  /// Energies that the route estimates by itself, by their keys in the file.
  package var joules: [String: Double]

  package init(
    bitsRange: Double, significantBits: Double, operations: ReferenceOperations,
    joules: [String: Double] = [:]
  ) {
    self.bitsRange = bitsRange
    self.significantBits = significantBits
    self.operations = operations
    self.joules = joules
  }
}

/// The float type of a route, which decides the tolerances.
package enum GoldenPrecision: Sendable {
  case double, single

  /// What holds where a file says nothing else.
  var standard: GoldenTolerance { self == .double ? .double : .single }
}

/// What a cell did over a sequence; outer index = step.
package struct CellRun: Sendable {
  package var u: [Double]
  /// Before its quantizer.
  package var m: [[Double]]
  /// After its quantizer.
  package var h: [[Double]]
  package var memoryCounts: [[Double]]
  package var hiddenCounts: [[Double]]
  package var voltages: ReferenceLMU.Voltages
  package var gradients: ReferenceLMU.Weights
  /// Gradient by x.
  package var inputGradient: [[Double]]

  package init(
    u: [Double], m: [[Double]], h: [[Double]], memoryCounts: [[Double]],
    hiddenCounts: [[Double]], voltages: ReferenceLMU.Voltages, gradients: ReferenceLMU.Weights,
    inputGradient: [[Double]]
  ) {
    self.u = u
    self.m = m
    self.h = h
    self.memoryCounts = memoryCounts
    self.hiddenCounts = hiddenCounts
    self.voltages = voltages
    self.gradients = gradients
    self.inputGradient = inputGradient
  }
}

/// What a baseline cell did over a sequence; outer index = step.
package struct BaselineRun: Sendable {
  /// After its quantizer.
  package var h: [[Double]]
  package var counts: [[Double]]
  /// After the last step.
  package var voltages: [Double]
  package var gradients: ReferenceCell.Weights
  /// Gradient by x.
  package var inputGradient: [[Double]]
}

/// What a non-saturating recurrent unit did over a sequence.
package struct NRURun: Sendable {
  package struct Signal: Sendable {
    /// After the quantizer; outer index = step.
    package var outputs: [[Double]]
    package var counts: [[Double]]
    /// After the last step.
    package var voltages: [Double]
  }

  package var h: Signal
  package var m: Signal
  package var gradients: ReferenceNRU.Weights
  /// Gradient by x.
  package var inputGradient: [[Double]]
}

extension [[Double]] {
  /// A gradient by the outputs of `steps` steps that is zero but by those of the last.
  package init(lastStep: [Double], steps: Int) {
    self.init(repeating: lastStep.map { _ in 0 }, count: steps - 1)
    append(lastStep)
  }
}

/// The metrics of the specification, section 6.1, that one unit's counts have.
package enum BitMetricName: String, Sendable, CaseIterable {
  case levelsRange, levelsDistinct, bitsRange, bitsDistinct, bitsEntropy, significantBits
  case significantBitsSigned, popcount, log2OnePlus, spikeRate, zeroFraction
}
