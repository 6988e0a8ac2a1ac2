import Foundation
import Kernels

/// A self-learnable activation as a layer: g(x) = b + sum_j c_j phi_j(z), whose coefficients are
/// trained with the weights (Goyal, Goyal and Lall 2019). Row r of the coefficients belongs to
/// channel r, or to all.
package struct SelfLearnableActivation: FeedForwardLayer {
  package let input: ImageShape
  package var output: ImageShape { input }
  package let configuration: SelfLearnableConfiguration
  /// w: 1 or channels x elements, and b: one a row.
  package let coefficients: ParameterHandle
  package let constant: ParameterHandle
  /// theta: 1 x elements.
  package let gate: ParameterHandle?
  /// Running means and variances of the elements: channels x elements.
  package let statistics: (mean: ParameterHandle, variance: ParameterHandle)?
  /// m, and the running maxima of the channels.
  package let maximum: (multiplier: ParameterHandle, peak: ParameterHandle)?
  /// Running quantiles of the inputs, channels x 2, between which there are no tails.
  package let quantiles: ParameterHandle?

  static let epsilon = 1e-8
  /// The share of the present batch in running statistics.
  static let renewal: Float = 0.01
  private static let startingConstant: Float = 0.1
  private static let startingMultiplier: Float = 2

  /// Throws where the configuration is not one that there is.
  package init(
    _ name: String, input: ImageShape, configuration: SelfLearnableConfiguration,
    layout: inout ParameterLayout
  ) throws(SelfLearnableError) {
    try configuration.validate()
    var configuration = configuration
    if configuration.sharing == .planes {
      configuration.sharing = input.area > 1 ? .channel : .layer
    }
    self.input = input
    self.configuration = configuration
    let (channels, elements) = (input.channels, configuration.ownElements)
    let rows = configuration.sharing == .layer ? 1 : channels
    coefficients = layout.add(name + Self.ownSuffixes[0], rows: rows, columns: elements)
    constant = layout.add("\(name).constant", rows: rows, columns: 1, role: .bias)
    gate =
      configuration.isGated
      ? layout.add(name + Self.ownSuffixes[1], rows: 1, columns: elements) : nil
    let add = { (part: String, columns: Int, layout: inout ParameterLayout) in
      layout.add("\(name).\(part)", rows: channels, columns: columns, role: .statistic)
    }
    statistics =
      configuration.normalization == .elements
      ? (add("mean", elements, &layout), add("variance", elements, &layout)) : nil
    if case .maximum = configuration.normalization {
      maximum = (
        layout.add(name + Self.ownSuffixes[2], rows: 1, columns: 1), add("peak", 1, &layout)
      )
    } else {
      maximum = nil
    }
    quantiles = configuration.ends == .tails ? add("quantiles", 2, &layout) : nil
  }

  private static let ownSuffixes = [".coefficients", ".gate", ".multiplier"]

  /// Whether a parameter with this name belongs to an activation, so that weight decay leaves it.
  static func isOwn(_ name: String) -> Bool { ownSuffixes.contains(where: name.hasSuffix) }

  /// Elements of a row, the constant among them.
  var count: Int { configuration.ownElements + 1 }

  /// The row of coefficients that a channel has.
  func row(ofChannel channel: Int) -> Int { configuration.sharing == .layer ? 0 : channel }

  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .initialization, lane: coefficients.index + 1)
    if let gate {
      let matrix = weights[gate]
      matrix.set((0..<matrix.count).map { _ in Float(stream.nextNormal()) })
    }
    if let statistics {
      weights[statistics.mean].fill(0)
      weights[statistics.variance].fill(1)
    }
    if let maximum {
      weights[maximum.multiplier].fill(Self.startingMultiplier)
      weights[maximum.peak].fill(1)
    }
    if let quantiles { weights[quantiles].fill(0) }
    start(weights, &stream)
  }

  private func start(_ weights: ParameterSlab, _ stream: inout RandomStream) {
    let (matrix, constants) = (weights[coefficients], weights[constant])
    let known = startingNumbers
    for row in 0..<matrix.rows {
      switch configuration.start {
      case .identity(let deviation):
        constants[row, 0] = Float(deviation * stream.nextNormal())
        for j in 0..<matrix.columns {
          matrix[row, j] = j == 0 ? 1 : Float(deviation * stream.nextNormal())
        }
      case .normal(let addsIdentity):
        constants[row, 0] = Self.startingConstant
        for j in 0..<matrix.columns {
          matrix[row, j] = Float(stream.nextNormal()) + (addsIdentity && j == 0 ? 1 : 0)
        }
      case .known:
        constants[row, 0] = Float(known?.constant ?? 0)
        for j in 0..<matrix.columns {
          matrix[row, j] = Float((known?.own[j] ?? 0) / Double(gateValue(j, weights)))
        }
      }
    }
  }

  /// Those of a known function, which have been found before when the configuration was validated.
  private var startingNumbers: (constant: Double, own: [Double])? {
    guard case .known(let known, let reach) = configuration.start else { return nil }
    return try? StartingCurve(known, reach: reach, configuration).numbers
  }

  /// sigmoid(theta_j), or 1.
  func gateValue(_ j: Int, _ weights: ParameterSlab) -> Float {
    gate.map { 1 / (1 + exp(-weights[$0][0, j])) } ?? 1
  }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    let memory = SelfLearnableMemory(self, shards: shards, in: workspace)
    switch configuration.normalization {
    case .elements:
      return NormalizedActivationPass(memory, shards: shards, rows: rows, in: workspace)
    case .maximum: return ScaledActivationPass(memory, shards: shards, in: workspace)
    case .none:
      return configuration.ends == .tails
        ? TailedActivationPass(memory, shards: shards, rows: rows, in: workspace)
        : SelfLearnablePass(memory)
    }
  }
}
