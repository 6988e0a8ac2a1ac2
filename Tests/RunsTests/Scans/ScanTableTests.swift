import Engine
import Experiments
import Foundation
import Testing

@testable import Runs

@Suite struct ScanTableTests {
  @Test func `a row has settings, what was measured, and the theory beside`() throws {
    let work = try ScanHarness.work()
    #expect(
      work.columns.header
        == "point,g,delay,n,k,seed,activeFraction,rate,order,modulation,variation,localVariation,"
        + "freeFraction,spikesPerBurst,period,spikes,seconds,theoryRate,theoryActiveFraction")
    let row = try #require(try work.row(of: 10) { false })
    #expect(Array(row.fields.prefix(6)) == ["10", "4", "0.1", "20", "19", "4"])
    let experiment = try work.plan.experiment(of: 10)
    let point = try #require(
      try InhibitorySteadyState.measure(experiment.inhibitory, seed: 4, isStopped: { false }))
    #expect(row.number(at: 6) == point.activeFraction && row.number(at: 7) == point.rate)
    #expect(row.number(at: 15) == Double(point.spikes) && point.spikes > 0)
    #expect(abs(point.rate - Double(point.spikes) / (20 * 20)) < 1e-12)
    #expect(row.number(at: 17) == point.predictedRate && point.predictedRate != nil)
    #expect(try work.row(of: 10) { true } == nil)
  }

  @Test func `a coupling that moves is no point`() throws {
    var moving = try ExperimentFile.load("inhibitory-winner").inhibitory
    moving.neurons = 10
    #expect(throws: InhibitoryError.movingCoupling) {
      try InhibitorySteadyState.measure(moving, seed: 1)
    }
  }

  @Test func `axes without a column of their own get one, others do not`() throws {
    let work = try ScanHarness.work(
      over: ["inhibitory.spread=drawn,even", "inhibitory.neurons=20,30"])
    #expect(work.columns.names[6] == "inhibitory.spread" && work.columns.firstResult == 7)
    #expect(work.columns.names.filter { $0 == "n" }.count == 1)
    let row = try #require(try work.row(of: 7) { false })
    #expect(row.fields[6] == "even" && row.fields[3] == "30", "\(row.fields)")
  }

  @Test func `rows are the same on any number of threads`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work()
    let tables = try [1, 3].map { threads in
      let folder = harness.scanFolder("t\(threads)")
      try ScanHarness.run(work, in: folder, threads: threads)
      return ScanHarness.withoutSeconds(try ScanMerge(folders: [folder]).text)
    }
    #expect(tables[0].count == 13 && tables[0] == tables[1])
  }

  @Test func `a line that was cut off is ignored, and its point measured again`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work()
    let folder = harness.scanFolder("cut")
    try ScanHarness.run(work, in: folder)
    let path = folder.rowsFile(of: .whole)
    let whole = try ScanHarness.text(path)
    // Whatever is left of the last rows, a number of theirs cut in two among it.
    for length in [1, 3, 20, 150, whole.utf8.count - 3, whole.utf8.count - 300] {
      try String(whole.dropLast(length)).write(toFile: path, atomically: false, encoding: .utf8)
      #expect(try ScanMerge(folders: [folder]).rows.count < 12)
      try ScanHarness.run(work, in: folder)
      let merge = try ScanMerge(folders: [folder])
      #expect(merge.missing.isEmpty && merge.duplicates == 0 && merge.damagedLines.isEmpty)
      #expect(
        ScanHarness.withoutSeconds(try ScanHarness.text(path))
          == ScanHarness.withoutSeconds(whole))
    }
  }

  @Test func `what is there is not measured again`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work()
    let folder = harness.scanFolder("twice")
    try ScanHarness.run(work, in: folder)
    let first = try ScanHarness.text(folder.rowsFile(of: .whole))
    try ScanHarness.run(work, in: folder, threads: 2)
    #expect(try ScanHarness.text(folder.rowsFile(of: .whole)) == first)
  }

  @Test func `a folder belongs to one plan and a table to one process`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let folder = harness.scanFolder("deep/er")
    let work = try ScanHarness.work()
    try folder.prepare(work)
    try folder.prepare(try ScanHarness.work())
    #expect(throws: ScanFileError.foreignPlan(folder: folder.path)) {
      try folder.prepare(try ScanHarness.work(couplings: "1,5"))
    }
    let path = folder.rowsFile(of: .whole)
    let table = try ScanTable(at: path, columns: work.columns)
    #expect(throws: ScanFileError.busy(path: path)) {
      try ScanTable(at: path, columns: work.columns)
    }
    withExtendedLifetime(table) {}
    let plan = try ScanHarness.text(folder.planFile)
    #expect(plan.contains("[inhibitory]") && plan.contains("[scan]"))
    try plan.replacingOccurrences(of: "neurons = 20", with: "neurons = 21")
      .write(toFile: folder.planFile, atomically: false, encoding: .utf8)
    #expect(throws: ScanFileError.damagedPlan(path: folder.planFile)) { try folder.prepare(work) }
  }

  @Test func `a stop gives up what is under way and leaves whole rows`() throws {
    let harness = try ScanHarness()
    defer { harness.remove() }
    let work = try ScanHarness.work(sets: ["inhibitory.duration=1e8"])
    let folder = harness.scanFolder("stopped")
    try folder.prepare(work)
    let runner = ScanRunner(
      work, points: Array(1...12), threads: 2,
      table: try ScanTable(at: folder.rowsFile(of: .whole), columns: work.columns))
    runner.start()
    runner.stop()
    try ScanHarness.wait(for: runner)
    #expect(try ScanHarness.text(folder.rowsFile(of: .whole)) == work.columns.header + "\n")
  }
}
