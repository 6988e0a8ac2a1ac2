import Foundation
import Testing

@testable import RunStore

@Suite struct IndexTests {
  private let store = StoreFolder()

  private func names(_ index: RunIndex, _ condition: String? = nil) throws -> [String] {
    try index.list(RunQuery(condition: condition, sort: "name")).map(\.name)
  }

  @Test func `only what has changed is read again`() throws {
    let index = try store.openIndex()
    #expect(try index.refresh() == .init(read: 0, removed: 0))
    try store.write("a", events: [EventLine.began()])
    let b = try store.write("b", events: [EventLine.began(), EventLine.ended(test: 0.5, at: 9)])
    try store.write("c")
    try FileManager.default.createDirectory(
      atPath: store.location.runsFolder + "/no-run", withIntermediateDirectories: true)
    #expect(try index.refresh() == .init(read: 3, removed: 0))
    #expect(try index.refresh() == .init(read: 0, removed: 0))
    let rows = try index.list(RunQuery(sort: "name"))
    #expect(rows.map(\.name) == ["a", "b", "c"])
    #expect(rows.map(\.state) == [.interrupted, .completed, .unknown])
    #expect(rows[1].scores.test == 0.5 && rows[1].seed == 7 && rows[1].folder == b)
    try store.write("a", events: [EventLine.began(), EventLine.evaluated(0.8, step: 1, at: 3)])
    try AboutFile.update(in: b) { $0.tags = ["keep"] }
    #expect(try index.refresh() == .init(read: 2, removed: 0))
    #expect(try names(index, "tag = keep or best = 0.8") == ["a", "b"])
    try FileManager.default.removeItem(atPath: b)
    #expect(try index.refresh() == .init(read: 0, removed: 1))
    #expect(try names(index, "tag = keep") == [])
    #expect(try names(try store.openIndex()) == ["a", "c"])
    #expect(store.warnings.isEmpty)
  }

  @Test func `a run is running while its lock is held`() throws {
    let folder = try store.write("a", events: [EventLine.began()])
    try store.write("", to: folder + "/run.lock")
    let index = try store.openIndex()
    try index.refresh()
    #expect(try index.list()[0].state == .interrupted)
    let descriptor = open(folder + "/run.lock", O_RDONLY)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(try index.refresh().read == 0)
    #expect(try index.list()[0].state == .running)
    #expect(throws: RunTrashError.running(folder: folder)) {
      try RunTrash(store.location).take(folder)
    }
    close(descriptor)
    try index.refresh()
    #expect(try index.list()[0].state == .interrupted)
  }

  @Test func `folders elsewhere are kept, and missing while they are gone`() throws {
    let elsewhere = store.root + "/elsewhere"
    let folder = try store.write("x", events: [EventLine.began()], in: elsewhere)
    let inside = try store.write("a", events: [EventLine.began()])
    let index = try store.openIndex()
    try index.record(folder: folder)
    try index.record(folder: inside)
    try index.record(folder: elsewhere + "/none")
    try index.refresh()
    #expect(try names(index) == ["a", "x"])
    try FileManager.default.moveItem(atPath: folder, toPath: elsewhere + "/y")
    try index.refresh()
    #expect(try index.list(RunQuery(sort: "name")).map(\.state) == [.interrupted, .missing])
    try FileManager.default.moveItem(atPath: elsewhere + "/y", toPath: folder)
    #expect(try index.rebuild() == .init(read: 2, removed: 0))
    #expect(try names(index, "state = interrupted") == ["a", "x"])
    try FileManager.default.removeItem(atPath: folder)
    try index.rebuild()
    #expect(try names(index) == ["a"])
  }

  @Test func `forks are found by the name or folder of their parent`() throws {
    let parent = try store.write("a", events: [EventLine.began()])
    try store.write("b", events: [EventLine.began(at: 1, parent: "a")])
    try store.write("c", events: [EventLine.began(at: 2, parent: parent)])
    let index = try store.openIndex()
    try index.refresh()
    let forks = try index.forks(ofRun: "a", folder: parent)
    #expect(forks.map(\.name) == ["b", "c"] && forks.map(\.step) == [20, 20])
  }

  @Test func `a removed run is in the trash as a whole`() throws {
    let folder = try store.write("a", events: [EventLine.began()])
    let trash = RunTrash(store.location)
    let target = try trash.take(folder)
    #expect(target.hasPrefix(store.location.trashFolder + "/a-20"))
    #expect(FileManager.default.fileExists(atPath: target + "/events.jsonl"))
    #expect(!FileManager.default.fileExists(atPath: folder))
    let again = try trash.take(try store.write("a"))
    #expect(again != target)
    #expect(try trash.purge() == 2)
    #expect(!FileManager.default.fileExists(atPath: target))
  }
}
