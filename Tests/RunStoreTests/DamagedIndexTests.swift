import Foundation
import RunStore
import TestSupport
import Testing

/// An index that cannot be used is put aside or left alone, never deleted, and lists go on.
@Suite struct DamagedIndexTests {
  private let store = StoreFolder()
  private var file: String { store.location.indexFile }

  private func makeIndex() throws {
    for index in 0..<40 {
      try store.write(
        "run\(index)",
        events: [EventLine.began(), EventLine.evaluated(0.5, step: index, at: index)])
    }
    let index = try store.openIndex()
    try index.refresh()
  }

  private func count() throws -> Int {
    let index = try store.openIndex()
    try index.refresh()
    return try index.list(RunQuery(condition: "validation.spiking.accuracy = 0.5")).count
  }

  @Test func `a file that is no database is put aside`() throws {
    try makeIndex()
    let text = String(repeating: "this is no database ", count: 500)
    try store.write(text, to: file)
    #expect(try count() == 40)
    guard case .setAside(let path, let newPath, false)? = store.warnings.first else {
      Issue.record("\(store.warnings)")
      return
    }
    #expect(path == file && newPath.hasPrefix(file + ".damaged-20"))
    #expect(try String(contentsOfFile: newPath, encoding: .utf8) == text)
    #expect(try count() == 40 && store.warnings.count == 1)
  }

  @Test func `an index of a newer version is put aside`() throws {
    try makeIndex()
    // The version is in bytes 60 to 63 (SQLite's file format, 1.3).
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[60...63] = Data([0, 0, 0, 99])
    try bytes.write(to: URL(fileURLWithPath: file))
    #expect(try count() == 40)
    guard case .setAside(_, let newPath, true)? = store.warnings.first else {
      Issue.record("\(store.warnings)")
      return
    }
    #expect(newPath.hasPrefix(file + ".newer-20"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: newPath)) == bytes)
  }

  @Test func `an empty file becomes an index`() throws {
    try FileManager.default.createDirectory(
      atPath: store.location.dataFolder, withIntermediateDirectories: true)
    try store.write("", to: file)
    try store.write("a", events: [EventLine.began()])
    let index = try store.openIndex()
    try index.refresh()
    #expect(try index.list().count == 1 && store.warnings.isEmpty)
  }

  @Test func `where no file can be written, all folders are read`() throws {
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
    try store.write("a", events: [EventLine.began()])
    let index = try store.openIndex()
    try index.refresh()
    #expect(try index.list().map(\.name) == ["a"])
    guard case .unusable(file, _)? = store.warnings.first else {
      Issue.record("\(store.warnings)")
      return
    }
  }

  @Test func `bytes that are wrong anywhere in the file never trap`() throws {
    try makeIndex()
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    var generator = SeededGenerator(43)
    for _ in 0..<Trials.count(150) {
      var bytes = whole
      // The pages of tables and their roots are in the first part; the rest is much the same.
      for _ in 0..<(1 + generator.below(30)) {
        bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
      }
      if generator.below(8) == 0 { bytes.removeLast(generator.below(bytes.count)) }
      for name in store.files where name.hasPrefix("runs.sqlite") {
        try FileManager.default.removeItem(atPath: store.location.dataFolder + "/" + name)
      }
      try bytes.write(to: URL(fileURLWithPath: file))
      let index = try store.openIndex()
      try index.refresh()
      _ = try index.list(RunQuery(condition: "training.batch > 1 or tag = x", sort: "best"))
    }
    #expect(!store.warnings.isEmpty)
  }

  @Test func `several indexes at once agree`() async throws {
    let location = store.location
    for index in 0..<60 { try store.write("run\(index)", events: [EventLine.began()]) }
    let counts = await withTaskGroup(of: Int?.self) { group in
      for task in 0..<6 {
        group.addTask {
          guard let index = try? RunIndex(location, warn: { Issue.record("\($0)") }) else {
            return nil
          }
          for round in 0..<5 {
            let folder = location.runsFolder + "/run\((task * 7 + round) % 60)"
            _ = try? AboutFile.update(in: folder) { $0.tags.append("t\(task)-\(round)") }
            guard (try? index.refresh()) != nil else { return nil }
          }
          return try? index.list().count
        }
      }
      return await group.reduce(into: [Int?]()) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 60, count: 6))
    let index = try store.openIndex()
    try index.refresh()
    #expect(try index.list(RunQuery(condition: "tag ~ t")).flatMap(\.tags).count == 30)
  }
}
