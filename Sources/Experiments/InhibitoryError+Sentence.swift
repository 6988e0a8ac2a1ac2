import Documents
package import Engine

extension InhibitoryError {
  /// What is wrong, and the rule, on one line without a place.
  package var sentence: String {
    switch self {
    case .tooFewNeurons(let found, let least):
      "neurons: found \(found), expected at least \(least)"
    case .tooManyNeurons(let found, let most): "neurons: found \(found), expected at most \(most)"
    case .inDegreeOutOfRange(let found, let allowed):
      "in-degree: found \(found), expected \(allowed.lowerBound) to \(allowed.upperBound): "
        + "a neuron is inhibited by others, each once"
    case .excitabilityOutOfRange(let found, let allowed):
      "excitability: found \(TOMLText.number(found)), expected \(range(allowed)): "
        + "below 1 a neuron would not fire even when left alone"
    case .excitabilitiesOutOfOrder(let lower, let upper):
      "excitabilities: found \(TOMLText.number(lower)) to \(TOMLText.number(upper)), "
        + "expected the lower end first"
    case .wrongExcitabilityCount(let found, let expected):
      "excitabilities: found \(found), expected one for each of \(expected) neurons"
    case .unusableCoupling(let found):
      "coupling: found \(TOMLText.number(found)), expected a finite number from 0"
    case .unusableDelay(let found):
      "delay: found \(TOMLText.number(found)), expected a finite number from 0"
    case .delayTooShortForSlices(let found, let least):
      "delay: found \(TOMLText.number(found)), expected at least \(TOMLText.number(least)) "
        + "for the method slices; the method heap takes any"
    case .movingCoupling:
      "coupling: found one that changes in the course of time, expected shape = \"hold\": a point "
        + "of a scan is a steady state"
    case .unusableStep(let found):
      "clock step: found \(TOMLText.number(found)), expected a finite number above 0"
    case .tooLarge(let needed, let available):
      "not enough memory: the network takes \(Self.size(needed)), and \(Self.size(available)) are "
        + "free; expected fewer neurons or a smaller in-degree"
    case .noSuchNeuron(let found, let neurons):
      "neuron: found \(found), expected 0 to \(neurons - 1)"
    case .unusableChange(let found):
      "change: found \(TOMLText.number(found)), expected a finite number"
    case .foreignState(let field, let found, let expected):
      "state: \(field): found \(found), expected \(expected)"
    }
  }

  /// Bytes for people.
  private static func size(_ bytes: Int) -> String {
    let mebibytes = Double(bytes) / 1_048_576
    return mebibytes < 10_000
      ? "\(Int(mebibytes.rounded(.up))) MiB" : "\(Int((mebibytes / 1024).rounded(.up))) GiB"
  }

  private func range(_ range: ClosedRange<Double>) -> String {
    "\(TOMLText.number(range.lowerBound)) to \(TOMLText.number(range.upperBound))"
  }
}
