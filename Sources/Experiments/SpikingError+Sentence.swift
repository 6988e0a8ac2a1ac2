import Documents
package import Engine

extension SpikingError {
  /// What is wrong, and the rule, on one line without a place.
  package var sentence: String {
    switch self {
    case .thresholds(let found, let layers):
      "spiking.thresholds: found \(found), expected \(layers): one for each hidden layer and one "
        + "for the output"
    case .layer(let text):
      "spiking.hiddenLayers: found \(TOMLText.quoted(text)), expected the neurons of a layer such as "
        + "\"400\", or \"R400\" of a recurrent one, at most "
        + "\(SpikingConfiguration.allowedUnits.upperBound), layers joined by \"-\""
    case .tooManyLayers(let found, let most):
      "spiking.hiddenLayers: found \(found) layers, expected at most \(most)"
    case .noSamples(let split):
      "spiking: no samples are left for the \(split.rawValue), expected at least one"
    }
  }
}
