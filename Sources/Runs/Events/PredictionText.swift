package import Engine

/// What a network says about sequences, as CSV or as JSON, one a line.
package struct PredictionText {
  package enum Form: Sendable {
    case csv, json
  }

  private let form: Form
  private let classes: [String]
  private let hasProbabilities: Bool

  /// `hasProbabilities` adds those of all classes.
  package init(_ form: Form, classes: [String], hasProbabilities: Bool) {
    self.form = form
    self.classes = classes
    self.hasProbabilities = hasProbabilities
  }

  /// The first line, where there is one.
  package var header: String? {
    guard form == .csv else { return nil }
    let names = ["sample", "label", "confidence"] + (hasProbabilities ? classes : [])
    return names.map(Self.field).joined(separator: ",")
  }

  package func line(_ prediction: Prediction) -> String {
    form == .csv ? row(prediction) : object(prediction)
  }

  private func row(_ prediction: Prediction) -> String {
    let shares =
      [prediction.confidence] + (hasProbabilities ? prediction.probabilities : [])
    return
      ([String(prediction.sample), Self.field(classes[prediction.label])]
      + shares.map { PlainText.fixed($0, 6) }).joined(separator: ",")
  }

  private func object(_ prediction: Prediction) -> String {
    var object = JSONObject()
    object["sample"] = .integer(prediction.sample)
    object["label"] = .string(classes[prediction.label])
    object["confidence"] = Self.rounded(prediction.confidence)
    if hasProbabilities {
      var shares = JSONObject()
      for (name, share) in zip(classes, prediction.probabilities) {
        shares[name] = Self.rounded(share)
      }
      object["probabilities"] = .object(shares)
    }
    return JSONValue.object(object).text
  }

  private static func rounded(_ share: Double) -> JSONValue {
    .number((share * 1e6).rounded() / 1e6)
  }

  /// A field of CSV, in quotation marks where it needs them (RFC 4180).
  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
    guard needsQuotes || text.first == " " || text.last == " " else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
