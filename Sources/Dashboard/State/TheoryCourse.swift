import Engine

/// Where the descents of a theory study began, how it was turned and what became of the losses, as
/// its record has it.
struct TheoryCourse: Equatable {
  /// `random 3`; `nil` where the record does not say.
  var start: String?
  /// The start and how many random ones there were.
  private(set) var kind: CoarseTheoryConfiguration.Start?
  private(set) var index = 0
  var dials: CoarseDials?
  /// Since the start, by the lane's id.
  var rises: [String: RecordedRises] = [:]
  /// K (A - B) by the estimator's name: what is found by quadrature is found once.
  var residuals: [String: Double] = [:]

  init(_ outline: TheoryOutline? = nil) {
    dials = outline?.dials
    begin(outline?.start)
  }

  private mutating func begin(_ word: String?) {
    kind = word.flatMap(CoarseTheoryConfiguration.Start.init)
    start = kind == .random ? "random \(index)" : word
  }

  mutating func note(_ record: EditRecord) {
    switch record.edit {
    case .choose(CoarseDials.Knobs.start, let option): begin(option)
    case .perform(CoarseDials.Knobs.newStart):
      index += 1
      begin(CoarseTheoryConfiguration.Start.random.rawValue)
    default: dials = dials?.recalling(record)
    }
  }
}
