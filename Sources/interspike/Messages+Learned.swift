import Engine
import Experiments

extension Messages {
  /// Why a network cannot be made.
  static func sentence(_ error: FeedForwardError) -> String {
    switch error {
    case .randomSurrogate: "a network without time has no random surrogate"
    case .imagesTooSmall(let found, let side):
      "the images have \(found.height)x\(found.width) pixels; expected at least \(side)x\(side)"
    case .activations(let error): error.sentence
    }
  }
}
