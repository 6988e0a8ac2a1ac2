import Engine
import Foundation
import Runs

/// The folder of one run of ``LearnedReproduction``: its newest checkpoint and a log of its tests.
struct LearnedRunFolder {
  let path: String

  /// Where a run is.
  struct State: Equatable {
    var step = 0
    var seconds = 0.0
    /// Of the last test, and of the best one.
    var last = 0.0
    var best = 0.0
    var bestStep = 0

    /// Notes a test at the present step.
    mutating func add(accuracy: Double) {
      last = accuracy
      if accuracy > best { (best, bestStep) = (accuracy, step) }
    }
  }

  init(at path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private var checkpoint: String { path + "/state.safetensors" }

  func restore(into trainer: FeedForwardTrainer) throws -> State {
    guard FileManager.default.fileExists(atPath: checkpoint) else { return State() }
    let saved = try SafetensorsReader.read(checkpoint)
    let number = { (key: String) in saved.metadata[key].flatMap(Double.init) ?? 0 }
    try trainer.restore(saved)
    return State(
      step: Int(number("step")), seconds: number("seconds"), last: number("last"),
      best: number("best"), bestStep: Int(number("bestStep")))
  }

  func save(_ trainer: FeedForwardTrainer, _ state: State) throws {
    let metadata = [
      "step": String(state.step), "seconds": String(state.seconds), "last": String(state.last),
      "best": String(state.best), "bestStep": String(state.bestStep),
    ].merging(trainer.counts) { own, _ in own }
    try SafetensorsWriter.write(
      Checkpoint(tensors: trainer.tensors, metadata: metadata), to: checkpoint)
  }

  /// Prints a test and adds it to the log; one that is done again after a stop is there twice.
  func log(_ state: State) throws {
    let line =
      "step \(state.step)  test \((100 * state.last).fixed(2)) %  best "
      + "\((100 * state.best).fixed(2)) % at \(state.bestStep)  \((state.seconds / 60).fixed(1)) min"
    print(line)
    fflush(nil)
    try EventFile(at: path + "/tests.log").append(line)
  }
}

/// What was measured beside what was published.
struct LearnedTable {
  struct Row {
    var model: LearnedModel
    var parameters: Int
    var state: LearnedRunFolder.State
  }

  let seed: UInt64
  let rows: [Row]

  var text: String {
    let head = """
      \(Self.day), bench reproduce slaf-mnist --seed \(seed)

      | network | parameters | steps, hours | best test % at step | published | last test % | published |
      |---|---|---|---|---|---|---|
      """
    return rows.reduce(into: head) { text, row in
      let (state, anchor) = (row.state, row.model.published)
      text += "\n| \(row.model.rawValue) | \(row.parameters) "
      text += "| \(state.step), \((state.seconds / 3600).fixed(2)) "
      text += "| \((100 * state.best).fixed(2)) at \(state.bestStep) "
      text += "| \(anchor.best.fixed(2)) at \(anchor.step) "
      text += "| \((100 * state.last).fixed(2)) | \(anchor.last.fixed(2)) |"
    }
  }

  /// The present day in UTC.
  private static var day: String {
    String(Date().ISO8601Format().prefix(10))
  }
}
