/// Which checkpoints of a run stay.
///
/// The newest stay, the best and the best spiking one, those that the user asked for, the last of a
/// run that ended, and the first of every tenth of the run, so that one can go back anywhere.
struct CheckpointShelf {
  private struct Item {
    var step: Int
    /// Why it was written; a checkpoint that is written again has more than one reason.
    var reasons: Set<SaveReason>
    var isFirstOfTenth: Bool

    /// Whether the disk was waited for.
    var isSafe: Bool { reasons.contains(where: \.waitsForDisk) }
  }

  private let newest: Int
  /// Steps of the whole run.
  private let steps: Int
  /// In the order in which they were written.
  private var items: [Item] = []

  init(newest: Int, steps: Int) {
    self.newest = newest
    self.steps = max(steps, 1)
  }

  /// Adds a checkpoint; one of the same step is replaced by it, and keeps its reasons.
  mutating func add(step: Int, reason: SaveReason) {
    let tenth = tenth(of: step)
    let present = items.first { $0.step == step }
    let isFirst = present?.isFirstOfTenth ?? !items.contains { self.tenth(of: $0.step) == tenth }
    items.removeAll { $0.step == step }
    items.append(
      Item(
        step: step, reasons: (present?.reasons ?? []).union([reason]), isFirstOfTenth: isFirst))
  }

  private func tenth(of step: Int) -> Int { Int(Double(step) / Double(steps) * 10) }

  /// A run that went back has abandoned what came later; those may be deleted like any other.
  mutating func goBack(to step: Int) {
    for index in items.indices where items[index].step > step {
      items[index].reasons = [.interval]
      items[index].isFirstOfTenth = false
    }
  }

  /// Takes those off the shelf that do not stay, and returns their steps.
  mutating func takeSuperfluous() -> [Int] {
    var kept = Set(items.suffix(newest).map(\.step))
    for reason in [SaveReason.best, .bestSpiking, .end] {
      if let last = items.last(where: { $0.reasons.contains(reason) }) { kept.insert(last.step) }
    }
    // Where the machine loses its power, the last one that the disk was waited for is there.
    if let safe = items.last(where: \.isSafe) { kept.insert(safe.step) }
    let stays = { (item: Item) in
      kept.contains(item.step) || item.reasons.contains(.asked) || item.isFirstOfTenth
    }
    let superfluous = items.filter { !stays($0) }.map(\.step)
    items.removeAll { !stays($0) }
    return superfluous
  }
}
