import Engine
import Foundation
import Runs
import Terminal
import TestSupport
import Testing

@testable import Dashboard

/// Curves whose points are in the folder of the run, rather than in memory.
@Suite final class RecordedCurvesTests {
  private let run = NSTemporaryDirectory() + "curves-" + UUID().uuidString
  private lazy var writer = ReadingWriter(folder: run + "/readings")
  private let gauges = [
    Gauge(id: "loss", title: "loss", group: .loss),
    Gauge(id: "accuracy", title: "accuracy", group: .accuracy, limits: 0...1),
  ]

  init() throws {
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: run) }

  /// One reading, or its extremes too every now and then.
  private func readings(_ step: Int, sign: Double = 1) -> Readings {
    let value = sign * Double(step * 7919 % 1000) / 1000
    let loss =
      step % 5 == 0
      ? Reading(gauge: "loss", last: value, minimum: value - 1, maximum: value + 1)
      : Reading("loss", value)
    return Readings(
      epoch: 1, step: step, samples: step, values: [loss, Reading("accuracy", value)])
  }

  private func tell(_ history: inout History, _ steps: ClosedRange<Int>, sign: Double = 1) {
    for step in steps { history.append(readings(step, sign: sign), seconds: Double(step) / 10) }
  }

  private func write(_ steps: ClosedRange<Int>, sign: Double = 1) throws {
    for step in steps { writer.append(readings(step, sign: sign), seconds: Double(step) / 10) }
    try writer.flush()
  }

  private func history(recorded: Bool = true) -> History {
    var history = History()
    history.gauges = gauges
    if recorded { history.record(in: run) }
    return history
  }

  /// Whether all that may be asked of the curves is the same.
  private func expectSame(_ one: History, _ other: History) {
    for gauge in gauges {
      let (left, right) = (one.values(of: gauge), other.values(of: gauge))
      #expect(left == right, "\(gauge.id)")
      for start in stride(from: 0, to: left.count, by: 997) {
        let range = start..<min(left.count, start * 2 + 5)
        #expect(left.extremes(in: range) == right.extremes(in: range))
      }
      #expect(one.value(of: gauge, at: 777) == other.value(of: gauge, at: 777))
    }
    #expect(one.seconds(at: 3000) == other.seconds(at: 3000))
  }

  @Test func `points that are on the disk leave the memory while the run goes on`() throws {
    var (history, whole) = (history(), history(recorded: false))
    for start in stride(from: 1, to: 8000, by: 500) {
      // The disk is behind.
      if start > 1000 { try write(start - 1000...start - 501) }
      tell(&history, start...start + 499)
      tell(&whole, start...start + 499)
      expectSame(history, whole)
    }
    for gauge in gauges {
      let series = history.values(of: gauge)
      #expect(series.storedCount > 5000 && series.count - series.storedCount < 3500)
      #expect(whole.values(of: gauge).storedCount == 0)
    }
    for axis in [ChartWindow.Axis.seconds, .epoch] {
      history.place(over: axis)
      whole.place(over: axis)
      expectSame(history, whole)
    }
  }

  @Test func `a run that goes on from a checkpoint takes up the same columns`() throws {
    try write(1...4000)
    var told = history(recorded: false)
    tell(&told, 1...2500)
    var history = history(recorded: false)
    history.recall(try RunPast(run: run, goingOnAt: 2500))
    #expect(history.values(of: gauges[0]).storedCount > 2000)
    expectSame(history, told)
    history.record(in: run)
    writer.closeAll()
    writer = ReadingWriter(folder: run + "/readings")
    writer.resume(at: 2500)
    for start in stride(from: 2501, to: 6000, by: 250) {
      try write(start...start + 249, sign: -1)
      tell(&history, start...start + 249, sign: -1)
      tell(&told, start...start + 249, sign: -1)
    }
    expectSame(history, told)
    #expect(history.values(of: gauges[0]).storedCount > 6000)
    #expect(history.abandoned["loss"]?.first?.count == 1500 + 300 * 2)
  }

  @Test func `what was not written stays in memory`() throws {
    var (history, whole) = (history(), history(recorded: false))
    try write(1...1500)
    // A gap, as when readings were given up.
    try write(1600...4000)
    tell(&history, 1...4000)
    tell(&whole, 1...4000)
    expectSame(history, whole)
    let stored = history.values(of: gauges[1]).storedCount
    #expect(stored > 1000 && stored <= 1500)
  }

  @Test func `a column that is cut leaves gaps and no crash`() throws {
    try write(1...5000)
    var dashboard = Dashboard(size: Size(width: 120, height: 36))
    dashboard.history.gauges = gauges
    dashboard.history.record(in: run)
    tell(&dashboard.history, 1...5000)
    #expect(dashboard.history.values(of: gauges[1]).storedCount > 4000)
    for gauge in ["loss", "accuracy", "seconds"] {
      truncate(StoredReadings.path(ofGauge: gauge, in: run), 16 * 1000)
    }
    let series = dashboard.history.values(of: gauges[1])
    #expect(series[500].y.isFinite && series[3000].y.isNaN)
    for key in "+++-HLxxxxXyhhhmm" {
      _ = dashboard.press(.character(key))
      #expect(dashboard.frame.size == Size(width: 120, height: 36))
    }
    tell(&dashboard.history, 5001...7000)
    try FileManager.default.removeItem(atPath: run)
    tell(&dashboard.history, 7001...9000)
    #expect(dashboard.history.latest(gauges[0]) == readings(9000).values[0].last)
    #expect(!dashboard.frame.text.isEmpty)
  }

  @Test func `means over many steps take few points`() {
    var history = history(recorded: false)
    history.smooth(gauges[0], over: 1000, isGeometric: false)
    tell(&history, 1...20_000)
    let trend = history.trend(of: gauges[0]) ?? Series()
    #expect(trend.count > 1000 && trend.count < 1500)
    #expect(trend.lastX.map { 20_000 - $0 < 16 } == true)
    // The mean of values that go round all places.
    #expect(trend.lastY.map { abs($0 - 0.4995) < 0.02 } == true)
  }
}
