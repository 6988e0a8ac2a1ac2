import Engine
import Experiments

extension Messages {
  /// What a user should know of an experiment before it runs, each on a line of its own.
  static func notes(on experiment: Experiment) -> [String] {
    experiment.notes.map { "note: \($0)" }
  }

  /// Why a network cannot be made.
  static func sentence(_ error: FeedForwardError) -> String {
    switch error {
    case .randomSurrogate: "a network without time has no random surrogate"
    case .imagesTooSmall(let found, let side):
      "the images have \(found.height)x\(found.width) pixels; expected at least \(side)x\(side)"
    case .notTwoClasses(let found):
      "feedforward.head: found logit beside data of \(found) classes, expected data of 2"
    case .activations(let error): error.sentence
    }
  }
}
