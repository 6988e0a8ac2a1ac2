extension GoldenSuite {
  /// The checks of surrogate gradients and of the quantized ReLU.
  package static let surrogateChecks: [any GoldenCheck] = [
    SurrogateCatalogueCheck(), QuantizedReLUCheck(), StepCalibrationCheck(),
  ]
}
