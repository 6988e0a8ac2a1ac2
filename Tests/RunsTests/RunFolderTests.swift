import Engine
import Foundation
import Runs
import Testing

@Suite final class RunFolderTests {
  private let root = NSTemporaryDirectory() + "runs-" + UUID().uuidString
  private let checkpoint = Checkpoint(
    tensors: [.init(name: "w", shape: [2], values: [1, 2])], metadata: ["step": "3"])

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func `runs lie where the base directory specification says`() throws {
    #expect(
      try RunLocation.runsFolder(environment: ["XDG_DATA_HOME": "/d", "HOME": "/h"])
        == "/d/interspike/runs")
    #expect(
      try RunLocation.runsFolder(environment: ["XDG_DATA_HOME": "relative", "HOME": "/h"])
        == "/h/.local/share/interspike/runs")
    #expect(throws: FileError.noDataFolder) { try RunLocation.runsFolder(environment: [:]) }
  }

  @Test func `a run's name has experiment, time and seed and is one path component`() throws {
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    let zone = try #require(TimeZone(secondsFromGMT: 3600))
    #expect(
      RunLocation.runName(experiment: "digits", seed: 7, date: date, in: zone)
        == "digits-20231114-231320-7")
    #expect(
      RunLocation.runName(experiment: "../my run", seed: 0, date: date, in: zone)
        == "my-run-20231114-231320-0")
    #expect(
      RunLocation.runName(experiment: "..", seed: 0, date: date, in: zone)
        == "run-20231114-231320-0")
    #expect(
      RunLocation.checkpointFile(in: "/r", step: 120)
        == "/r/checkpoints/step-00000120.safetensors")
  }

  @Test func `nothing is made before something is saved`() throws {
    let folder = RunFolder(in: root, name: "a", experiment: "epochs = 1\n")
    #expect(folder.path == nil && !FileManager.default.fileExists(atPath: root))
    let file = try folder.save(checkpoint, step: 3)
    #expect(file == root + "/a/checkpoints/step-00000003.safetensors")
    #expect(try CheckpointFile.read(file, isWhole: true) == checkpoint)
    #expect(
      try String(contentsOfFile: root + "/a/experiment.toml", encoding: .utf8) == "epochs = 1\n")
    #expect(try names(in: root + "/a") == ["checkpoints", "experiment.toml", "run.lock"])
    #expect(try folder.save(checkpoint, step: 3) == file)
    #expect(try names(in: root + "/a/checkpoints") == ["step-00000003.safetensors"])
  }

  @Test func `a second run of the same name gets a number`() throws {
    let folders = (0..<3).map { _ in RunFolder(in: root, name: "a", experiment: "") }
    for folder in folders { _ = try folder.save(checkpoint, step: 1) }
    #expect(folders.map(\.path) == [root + "/a", root + "/a-2", root + "/a-3"])
  }

  @Test func `a given folder is used, but not over another run`() throws {
    let path = root + "/deep/er"
    let folder = RunFolder(at: path, experiment: "x")
    for step in 1...2 { _ = try folder.save(checkpoint, step: step) }
    #expect(try names(in: path + "/checkpoints").count == 2)
    // Neither another experiment nor the same once more.
    for experiment in ["x", "y"] {
      #expect(throws: FileError.occupied(path: path)) {
        try RunFolder(at: path, experiment: experiment).save(checkpoint, step: 3)
      }
    }
    #expect(try names(in: path + "/checkpoints").count == 2)
  }

  @Test func `a folder that cannot be made is an error with its path and reason`() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    try "".write(toFile: root + "/file", atomically: true, encoding: .utf8)
    #expect(
      throws: FileError.failed(.createDirectory, path: root + "/file", errno: EEXIST)
    ) {
      try RunFolder(in: root + "/file", name: "a", experiment: "").save(checkpoint, step: 1)
    }
  }

  @Test func `a failed write leaves what was there and no temporary file`() throws {
    let target = root + "/target"
    try FileManager.default.createDirectory(
      atPath: target + "/inside", withIntermediateDirectories: true)
    // A file cannot take the place of a folder, so the rename fails.
    #expect(throws: FileError.failed(.rename, path: target, errno: EISDIR)) {
      try DurableFile.write([1, 2, 3], to: target)
    }
    #expect(try names(in: root) == ["target"])
    #expect(try names(in: target) == ["inside"])
  }
}
