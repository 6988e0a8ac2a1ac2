import Engine
import Foundation
import Runs
import Testing

@Suite final class StoredRunTests {
  private let root = NSTemporaryDirectory() + "stored-" + UUID().uuidString
  private let checkpoint = Checkpoint(
    tensors: [.init(name: "w", shape: [1], values: [1])], metadata: [:])

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Saves a run with checkpoints of these steps; its newest was written at `date`.
  @discardableResult
  private func save(_ name: String, steps: [Int], date: Double = 0) throws -> String {
    let folder = RunFolder(in: root, name: name, experiment: "name = \"a\"\n")
    let path = try folder.prepare()
    for step in steps {
      let file = try folder.save(checkpoint, step: step)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: date)], ofItemAtPath: file)
    }
    return path
  }

  private var library: RunLibrary { RunLibrary(runsFolder: root) }

  private func error(_ reference: String) -> RunError? {
    do throws(RunError) {
      _ = try library.find(reference)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a run is found by its name, its folder or as the latest`() throws {
    let first = try save("first", steps: [20, 3, 100], date: 2_000_000_000)
    try save("second", steps: [7], date: 1_900_000_000)
    try save("third", steps: [])
    #expect(try library.find("first").folder == first)
    #expect(try library.find(first + "/").folder == first)
    #expect(try library.find("latest").folder == first)
    #expect(try library.find("first").checkpoints.map(\.step) == [3, 20, 100])
    #expect(try RunLibrary(runsFolder: nil).find(first).folder == first)
  }

  @Test func `the newest checkpoint is taken, or the one that is named`() throws {
    let run = try StoredRun(folder: try save("a", steps: [20, 3, 100]))
    #expect(try run.checkpoint(nil).hasSuffix("/a/checkpoints/step-00000100.safetensors"))
    #expect(try run.checkpoint("3").hasSuffix("step-00000003.safetensors"))
    #expect(try run.checkpoint(run.experimentFile) == run.experimentFile)
    #expect(
      throws: RunError.noCheckpoint(folder: run.folder, step: 4, available: [3, 20, 100])
    ) { try run.checkpoint("4") }
    #expect(throws: RunError.noFile(path: "none.safetensors")) {
      try run.checkpoint("none.safetensors")
    }
  }

  @Test func `what is no run is refused with what was looked for`() throws {
    #expect(error("latest") == .nothingSaved(runsFolder: root))
    try save("digits-20261127", steps: [])
    #expect(
      error("digits") == .unknown(reference: "digits", runsFolder: root, nearest: "digits-20261127")
    )
    #expect(error("latest") == .nothingSaved(runsFolder: root))
    #expect(
      error("/no/such") == .unknown(reference: "/no/such", runsFolder: root, nearest: nil))
    #expect(error(root) == .notARun(folder: root))
    let run = try library.find("digits-20261127")
    #expect(throws: RunError.noCheckpoints(folder: run.folder)) { try run.checkpoint(nil) }
  }
}
