import Kernels

/// What all activations of a feed-forward network are: it may change while the weights stay, so
/// that a network begins in full precision, or another estimator takes over.
package struct FeedForwardActivation: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    /// max(x, 0), with its own gradient.
    case rectified
    /// A quantized ReLU, whose gradient the surrogate stands for.
    case quantized(QuantizedReLU, Surrogate)
  }

  package let form: Form
  private let wayBack: WayBack

  /// How gradients come through.
  private enum WayBack: Sendable, Equatable {
    case everywhere
    /// Where low < x <= high.
    case window(Float, Float)
    case curve(surrogate_curve)

    static func == (left: WayBack, right: WayBack) -> Bool {
      switch (left, right) {
      case (.everywhere, .everywhere), (.curve, .curve): true
      case (.window(let low, let high), .window(let otherLow, let otherHigh)):
        low == otherLow && high == otherHigh
      default: false
      }
    }
  }

  package static let rectified = FeedForwardActivation(
    form: .rectified, wayBack: .window(0, .infinity))

  private init(form: Form, wayBack: WayBack) {
    self.form = form
    self.wayBack = wayBack
  }

  /// Throws for the curve that is drawn anew each time: layers here have no random numbers.
  package init(_ relu: QuantizedReLU, by surrogate: Surrogate) throws(FeedForwardError) {
    let wayBack: WayBack
    switch surrogate.kind {
    case .stochasticSpike: throw .randomSurrogate
    case .identity where surrogate.scale == 1: wayBack = .everywhere
    case .relu where surrogate.scale == 1: wayBack = .window(0, .infinity)
    case .clippedReLU where surrogate.scale == 1:
      wayBack = .window(0, Float(surrogate.parameters[0]))
    default: wayBack = .curve(surrogate.kernel)
    }
    self.init(form: .quantized(relu, surrogate), wayBack: wayBack)
  }

  /// With the best resolution for standard normal inputs, as batch normalization makes them, and a
  /// surrogate that ends where the quantizer saturates.
  package init(
    bits: Int, thresholds: QuantizedReLU.Thresholds = .nearest, by kind: Surrogate.Kind
  ) throws {
    let relu = QuantizedReLU(try StepCalibration.optimum(bits: bits, thresholds: thresholds))
    try self.init(relu, by: try relu.surrogate(kind))
  }

  func forward(_ input: Matrix, into output: Matrix) {
    switch form {
    case .rectified:
      output.copy(from: input)
      relu_in_place(output.base, output.count)
    case .quantized(let relu, _):
      quantized_relu(
        output.base, input.base, Float(relu.step), Float(relu.levels), relu.thresholds.kernel,
        input.count)
    }
  }

  func backward(_ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix) {
    let (target, upstream, count) = (inputGradient.base, outputGradient.base, input.count)
    switch wayBack {
    case .everywhere: inputGradient.copy(from: outputGradient)
    case .window(let low, let high):
      window_backward(target, upstream, input.base, low, high, count)
    case .curve(let curve):
      // Only the curve that is not offered reads random numbers.
      surrogate_slopes(target, input.base, input.base, count, curve)
      multiply_in_place(target, upstream, count)
    }
  }
}

/// Why a feed-forward network cannot be as asked for.
package enum FeedForwardError: Error, Sendable, Equatable {
  /// A surrogate that draws random numbers.
  case randomSurrogate
  /// The network needs images of at least this side.
  case imagesTooSmall(found: ImageShape, side: Int)
}

extension QuantizedReLU.Thresholds {
  var kernel: relu_thresholds {
    switch self {
    case .nearest: THRESHOLDS_NEAREST
    case .hwgq: THRESHOLDS_HWGQ
    case .ceil: THRESHOLDS_CEIL
    case .nearestHalfEven: THRESHOLDS_HALF_EVEN
    }
  }
}

/// The place of an activation in a network; ``FeedForwardContext/activation`` says which.
package struct ActivationLayer: FeedForwardLayer {
  package let input: ImageShape
  package var output: ImageShape { input }

  package init(input: ImageShape) { self.input = input }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    ActivationPass()
  }
}

final class ActivationPass: FeedForwardLayerPass {
  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    context.activation.forward(input, into: output)
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    context.activation.backward(outputGradient, input: input, into: inputGradient)
  }
}
