/// Which checkpoints of a run stay.
///
/// The newest stay, the best and the best spiking one, those that the user asked for, the last of a
/// run that ended, and the first of every tenth of the run, so that one can go back anywhere.
struct CheckpointShelf {
  private struct Item {
    var step: Int
    var reason: SaveReason
    var isFirstOfTenth: Bool
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

  /// Adds a checkpoint; one of the same step is replaced by it, and keeps the better reason.
  mutating func add(step: Int, reason: SaveReason) {
    let tenth = step * 10 / steps
    let present = items.first { $0.step == step }
    let isFirst = present?.isFirstOfTenth ?? !items.contains { $0.step * 10 / steps == tenth }
    items.removeAll { $0.step == step }
    let kept = present.map { $0.reason == .interval ? reason : $0.reason } ?? reason
    // Only the latest best one is the best.
    let isBest = reason == .best || reason == .bestSpiking
    items.append(Item(step: step, reason: isBest ? reason : kept, isFirstOfTenth: isFirst))
  }

  /// A run that went back has abandoned what came later; those may be deleted like any other.
  mutating func goBack(to step: Int) {
    for index in items.indices where items[index].step > step {
      items[index].reason = .interval
      items[index].isFirstOfTenth = false
    }
  }

  /// Takes those off the shelf that do not stay, and returns their steps.
  mutating func takeSuperfluous() -> [Int] {
    let recent = Set(items.suffix(newest).map(\.step))
    let best = [SaveReason.best, .bestSpiking].compactMap { reason in
      items.last { $0.reason == reason }?.step
    }
    let end = items.last { $0.reason == .end }?.step
    let stays = { (item: Item) in
      recent.contains(item.step) || best.contains(item.step) || item.step == end
        || item.reason == .asked || item.isFirstOfTenth
    }
    let superfluous = items.filter { !stays($0) }.map(\.step)
    items.removeAll { !stays($0) }
    return superfluous
  }
}
