/// What the activations of a network without time do with one batch: a look into its layers
/// (specification of the coarse gradient, 7).
package struct ActivationReport: Sendable, Equatable, Codable {
  /// The activations behind one layer.
  package struct Layer: Sendable, Equatable, Codable {
    /// The layer whose weights lead here, as its parameters are named.
    package var name: String
    /// Shares of the inputs in equal parts of ``inputRange``; the outermost parts have what lies
    /// beyond them too.
    package var inputs: [Double]
    /// Share of the inputs that are at most 0.
    package var inactive: Double
    /// Share of the inputs above the highest level.
    package var saturated: Double
    /// Shares of the levels from 0 up; empty in full precision.
    package var levels: [Double]
    /// Share of the magnitude of the gradient that meets a derivative of 0.
    package var masked: Double
    /// Norm of the gradient of the mean loss by the weights that lead here.
    package var gradientNorm: Double
    /// Cosine between that gradient and the one by the clipped ReLU; `nil` where one of them is 0,
    /// and in full precision.
    package var cosine: Double?
    /// Where layers learn their own.
    package var resolution: Resolution?

    package init(
      name: String, inputs: [Double], inactive: Double, saturated: Double, levels: [Double],
      masked: Double, gradientNorm: Double, cosine: Double?, resolution: Resolution? = nil
    ) {
      self.name = name
      self.inputs = inputs
      self.inactive = inactive
      self.saturated = saturated
      self.levels = levels
      self.masked = masked
      self.gradientNorm = gradientNorm
      self.cosine = cosine
      self.resolution = resolution
    }
  }

  /// alpha of a layer, and the gradient that it descends along.
  package struct Resolution: Sendable, Equatable, Codable {
    package var value: Double
    package var gradient: Double

    package init(value: Double, gradient: Double) {
      self.value = value
      self.gradient = gradient
    }
  }

  /// The quantizer of all activations.
  package struct Quantizer: Sendable, Equatable, Codable {
    package var bits: Int
    /// alpha, the distance of two levels; where layers learn their own, what is best for standard
    /// normal inputs.
    package var resolution: Double
    /// What stands for its derivative, by its name in the catalogue.
    package var surrogate: String

    /// The highest level.
    package var clip: Double { Double((1 << bits) - 1) * resolution }

    package init(bits: Int, resolution: Double, surrogate: String) {
      self.bits = bits
      self.resolution = resolution
      self.surrogate = surrogate
    }
  }

  /// Optimizer steps done when it was made.
  package var step: Int
  /// `nil` in full precision.
  package var quantizer: Quantizer?
  package var layers: [Layer]

  package init(step: Int = 0, quantizer: Quantizer?, layers: [Layer]) {
    self.step = step
    self.quantizer = quantizer
    self.layers = layers
  }

  /// The highest level of a layer; `nil` in full precision.
  package func clip(of layer: Layer) -> Double? {
    guard let quantizer else { return nil }
    return quantizer.clip * (layer.resolution.map { $0.value / quantizer.resolution } ?? 1)
  }

  /// Batch normalization gives standard normal inputs: few lie beyond.
  package static let inputRange = -4.0...4.0
  package static let inputParts = 32
}
