/// The numbers of a surrogate as knobs, and why it was refused.
extension Surrogate {
  /// One for each number, with ids such as `estimator.alpha`.
  func knobs(below id: String) -> [Knob] {
    zip(kind.parameters, parameters).map { parameter, value in
      Knob(
        id: "\(id).\(parameter.name)", title: "\(parameter.name) of \(kind.rawValue)",
        kind: .number(value: value, range: parameter.range, step: parameter.step))
    }
  }
}

extension EditError {
  /// Why a curve that was named for a knob is refused.
  init(_ error: SurrogateError, of knob: String, option: String, among options: [String]) {
    self =
      switch error {
      case .unknownKind: .unknownOption(knob: knob, option: option, allowed: options)
      case .outOfRange(_, let parameter, let found):
        .outOfRange(
          knob: "\(knob).\(parameter.name)", value: found, allowed: parameter.range)
      default: .invalidSurrogate(knob: knob, reason: error)
      }
  }
}
