import Engine
import Foundation

/// Trains studies in their folders until they end or time is up, saving now and then.
struct ReproductionTraining {
  /// Seconds after which it stops; `nil` for never.
  let limit: Double?
  private var spent = 0.0

  /// Work between two checkpoints.
  private static let secondsBetweenSaves = 120.0

  init(minutes: Double?) { limit = minutes.map { $0 * 60 } }

  /// Goes on with a study from its place in the folder, to its end or until time is up (`nil`);
  /// `seconds` is what was worked on it in all.
  mutating func train(
    _ study: any Study, in store: ReproductionFolder, _ seconds: inout Double
  ) throws -> Conclusion? {
    var study = study
    var sinceSave = 0.0
    while true {
      var events: [StudyEvent] = []
      let taken = try Measurement.seconds { events = try study.advance(within: .seconds(1)) }
      seconds += taken
      spent += taken
      sinceSave += taken
      for event in events {
        switch event {
        case .evaluated(let evaluation): try store.log(evaluation, seconds: seconds)
        case .ended(let conclusion):
          try store.save(study, seconds: seconds)
          return conclusion
        default: break
        }
      }
      let isOver = limit.map { spent > $0 } ?? false
      if isOver || sinceSave > Self.secondsBetweenSaves {
        try store.save(study, seconds: seconds)
        sinceSave = 0
      }
      if isOver { return nil }
    }
  }
}
