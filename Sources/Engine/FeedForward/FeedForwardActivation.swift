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
  /// How layers with a resolution of their own learn it.
  package var rule = ResolutionRule.fixed
  /// delta of EWGS (Lee, Kim and Ham 2021): gradients are scaled by 1 + delta sign(u) (x - Q(x)).
  package var elementWise = 0.0

  /// How gradients come through.
  private enum WayBack: Sendable, Equatable {
    case everywhere
    /// Where low < x <= high.
    case window(Float, Float)
    /// Where 0 < x <= L alpha, whatever alpha is.
    case unsaturated
    case curve(surrogate_curve)
    /// A curve whose end is at L alpha, whatever alpha is, and as it is at that of all layers.
    case endingCurve(surrogate_curve)

    static func == (left: WayBack, right: WayBack) -> Bool {
      switch (left, right) {
      case (.everywhere, .everywhere), (.unsaturated, .unsaturated), (.curve, .curve),
        (.endingCurve, .endingCurve):
        true
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
      let end = surrogate.parameters[0]
      wayBack = end == relu.clip ? .unsaturated : .window(0, Float(end))
    case .clippedReLU, .logTailedReLU, .hardTanh:
      let endsThere = surrogate.parameters[0] == relu.clip
      wayBack = endsThere ? .endingCurve(surrogate.kernel) : .curve(surrogate.kernel)
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

  /// With the resolution of a layer, or with that of all.
  func forward(_ input: Matrix, into output: Matrix, resolution: Float?) {
    switch form {
    case .rectified:
      output.copy(from: input)
      relu_in_place(output.base, output.count)
    case .quantized(let relu, _):
      quantized_relu(
        output.base, input.base, resolution ?? Float(relu.step), Float(relu.levels),
        relu.thresholds.kernel,
        input.count)
    }
  }

  /// The gradient by the input, from that by the output.
  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix, resolution: Float?
  ) {
    let (target, upstream, count) = (inputGradient.base, outputGradient.base, input.count)
    switch wayBack {
    case .everywhere: inputGradient.copy(from: outputGradient)
    case .window(let low, let high):
      window_backward(target, upstream, input.base, low, high, count)
    case .unsaturated:
      window_backward(target, upstream, input.base, 0, clip(resolution), count)
    case .curve(let curve), .endingCurve(let curve):
      let curve = endingCurve(resolution) ?? curve
      // Only the curve that is not offered reads random numbers.
      surrogate_slopes(target, input.base, input.base, count, curve)
      multiply_in_place(target, upstream, count)
    }
    guard elementWise > 0, case .quantized(let relu, _) = form else { return }
    element_wise_scaling(
      target, upstream, input.base, resolution ?? Float(relu.step), Float(relu.levels),
      relu.thresholds.kernel, Float(elementWise), count)
  }

  /// The curve that ends at L alpha of a layer; `nil` where it is that of all, or the curve has its
  /// own end.
  private func endingCurve(_ resolution: Float?) -> surrogate_curve? {
    guard case .endingCurve = wayBack, resolution != nil, case .quantized(_, let surrogate) = form
    else { return nil }
    return try? Surrogate(
      surrogate.kind, parameters: [Double(clip(resolution))],
      normalization: surrogate.normalization
    ).kernel
  }

  /// L alpha.
  private func clip(_ resolution: Float?) -> Float {
    guard case .quantized(let relu, _) = form else { return .infinity }
    return resolution.map { $0 * Float(relu.levels) } ?? Float(relu.clip)
  }

  /// The sum of the gradient by the output times the derivative of the output by the resolution; 0
  /// in full precision.
  func resolutionGradient(
    _ outputGradient: Matrix, input: Matrix, resolution: Float
  ) -> Double {
    guard case .quantized(let relu, _) = form, let kernel = rule.kernel else { return 0 }
    return resolution_gradient(
      outputGradient.base, input.base, resolution, Float(relu.levels), kernel,
      relu.thresholds.kernel, input.count)
  }
}

/// Why a feed-forward network cannot be as asked for.
package enum FeedForwardError: Error, Sendable, Equatable {
  /// A surrogate that draws random numbers.
  case randomSurrogate
  /// The network needs images of at least this side.
  case imagesTooSmall(found: ImageShape, side: Int)
  /// One logit for another number of classes than two.
  case notTwoClasses(found: Int)
  /// Self-learnable activations that there are not.
  case activations(SelfLearnableError)
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
