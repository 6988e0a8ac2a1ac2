import Engine

/// The rises of a loss as far as readings tell them: all of them while each reading is of one step,
/// and some where a reading stands for several.
struct RecordedRises: Equatable {
  /// Rises that were seen.
  private(set) var count = 0
  /// Steps from the start to the readings with the first and the last of them.
  private(set) var first: Int?
  private(set) var last: Int?
  /// Whether no step may have had a rise that was not seen; whether none before the first had.
  private(set) var isComplete: Bool
  private(set) var knowsFirst = false
  private var step = 0
  private var loss: Double?

  /// `loss` at the start; without it the first step tells nothing.
  init(from loss: Double?) {
    self.loss = loss
    isComplete = loss != nil
  }

  /// The loss after a step, counted from the start, and its extremes since the reading before.
  mutating func add(step: Int, loss: Double, least: Double, most: Double) {
    let isSingle = step == self.step + 1
    if !isSingle { isComplete = false }
    let before = self.loss
    (self.step, self.loss) = (step, loss)
    let rose = before.map { max(loss, most) - $0 > DescentRecord.noise } ?? false
    guard rose || (!isSingle && loss - least > DescentRecord.noise) else { return }
    if first == nil { (first, knowsFirst) = (step, isComplete) }
    count += 1
    last = step
  }
}
