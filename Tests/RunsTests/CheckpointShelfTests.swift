import Testing

@testable import Runs

/// Which checkpoints of a run stay.
@Suite struct CheckpointShelfTests {
  @Test func `the newest, the best, those asked for and one of every tenth stay`() {
    var shelf = CheckpointShelf(newest: 2, steps: 100)
    var kept: Set<Int> = []
    for step in 1...40 {
      let reason: SaveReason =
        switch step {
        case 17: .asked
        case 23, 25: .best
        case 27: .bestSpiking
        default: .interval
        }
      shelf.add(step: step, reason: reason)
      kept.insert(step)
      for gone in shelf.takeSuperfluous() { kept.remove(gone) }
    }
    #expect(kept == [1, 10, 17, 20, 25, 27, 30, 39, 40])
    shelf.goBack(to: 26)
    shelf.add(step: 28, reason: .end)
    for gone in shelf.takeSuperfluous() { kept.remove(gone) }
    #expect(kept == [1, 10, 17, 20, 25, 40])
  }

  @Test func `what was asked for stays whatever else it is, and so does the last safe one`() {
    var shelf = CheckpointShelf(newest: 2, steps: 1000)
    for (step, reason) in [
      (1, .interval), (2, .best), (2, .asked), (3, .asked), (3, .best), (4, .interval),
      (5, .best), (6, .best), (7, .best),
    ] as [(Int, SaveReason)] {
      shelf.add(step: step, reason: reason)
    }
    #expect(shelf.takeSuperfluous().sorted() == [5])
  }
}
