import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// What part of a run the curves show, over what, how smooth, and where one looks.
@Suite struct WindowTests {
  private func dashboard(width: Int = 120, height: Int = 36, steps: Int = 2000) -> Dashboard {
    Dashboard.training(width: width, height: height, steps: steps)
  }

  @Test func `the stretch is zoomed and moved within the run`() {
    let whole = AxisRange(0, 1000)
    var window = ChartWindow()
    let isMoved = window.pan(1, of: whole)
    #expect(!isMoved)
    window.zoom(in: true, of: whole)
    #expect(window.range.map { abs($0.length - 1000 / 1.5) < 1e-9 } == true)
    for _ in 0..<40 { window.zoom(in: true, of: whole) }
    #expect(window.range?.length == 4)
    while window.pan(1, of: whole) {}
    #expect(window.range == AxisRange(996, 1000))
    while window.pan(-1, of: whole) {}
    #expect(window.range == AxisRange(0, 4))
    for _ in 0..<40 { window.zoom(in: false, of: whole) }
    #expect(window.range == nil)
    // The cursor stays where it is while one comes nearer to it.
    window.moveCursor(-1, of: whole, last: 500)
    #expect(window.cursor == 500)
    window.moveCursor(-10, of: whole, last: 500)
    #expect(window.cursor == 400)
    for _ in 0..<6 { window.zoom(in: true, of: whole) }
    #expect(window.range.map { $0.lower < 400 && $0.upper > 400 } == true)
    for _ in 0..<2000 { window.moveCursor(-1, of: whole, last: 500) }
    #expect(window.cursor == 0 && window.range?.lower == 0)
  }

  @Test func `a run that has hardly begun is zoomed where its values are`() {
    var window = ChartWindow()
    let whole = AxisRange(0, 1000)
    for _ in 0..<6 {
      window.zoom(in: true, of: whole, last: 80)
      #expect(window.range.map { $0.lower <= 80 && $0.upper >= 80 } == true)
    }
    #expect(window.range.map { $0.length < 100 } == true)
  }

  @Test func `the borders and the bottom line show what the cursor is at`() {
    var dashboard = dashboard()
    _ = dashboard.update(.tick(seconds: 1000))
    let before = dashboard.frame.rowText(2)
    _ = dashboard.press(.left, .left, .left)
    let step = dashboard.window.cursor ?? 0
    #expect(step > 1900 && step < 2000)
    let footer = dashboard.frame.rowText(35)
    #expect(footer.contains("step \(Int(step))") && footer.contains("epoch 5"))
    #expect(footer.contains("w h ") && footer.contains("0:19"))
    #expect(dashboard.frame.rowText(2) != before && dashboard.frame.rowText(2).contains("~"))
    _ = dashboard.press(.escape)
    #expect(dashboard.window.cursor == nil && dashboard.frame.rowText(2) == before)
  }

  @Test func `curves stand over epochs, steps, samples, seconds and w`() {
    var dashboard = dashboard()
    for _ in ChartWindow.Axis.allCases {
      _ = dashboard.press(.character("x"))
      let axis = dashboard.window.axis
      let gauge = dashboard.history.gauges[0]
      let series = dashboard.history.values(of: gauge)
      #expect(series.count == 2000)
      switch axis {
      case .epoch, .step, .samples: #expect(series.lastX == 2000)
      case .seconds: #expect(series.lastX == 20)
      case .w:
        // w of h falls from 64 to 1, and was turned down by half a bit.
        #expect(series.lastX.map { abs($0 - 0.5) < 1e-9 } == true)
        #expect(abs(series[0].x + 6) < 0.1)
      }
      let places = (0..<series.count).map { series[$0].x }
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
    }
    #expect(dashboard.window.axis == .epoch)
  }

  @Test func `curves over seconds grow with the run as if they had been made at its end`() {
    var early = dashboard(steps: 1000)
    for _ in 0..<3 { _ = early.press(.character("x")) }
    #expect(early.window.axis == .seconds)
    var late = dashboard(steps: 1000)
    let run = ScriptedRun()
    for step in 1001...1100 {
      let report = run.event(.stepped(run.readings(step)), step: step)
      _ = early.update(.reports([report]))
      _ = late.update(.reports([report]))
    }
    for _ in 0..<3 { _ = late.press(.character("x")) }
    for gauge in late.history.gauges {
      #expect(early.history.values(of: gauge) == late.history.values(of: gauge), "\(gauge.id)")
      #expect(early.history.trend(of: gauge) == late.history.trend(of: gauge), "\(gauge.id)")
    }
  }

  @Test func `a panel is smoothed in the space it is drawn in, its values as a backdrop`() {
    var dashboard = dashboard()
    let loss = dashboard.history.gauges[0]
    let geometric = dashboard.history.trend(of: loss)
    _ = dashboard.press(.character("y"))
    let linear = dashboard.history.trend(of: loss)
    #expect(geometric != nil && linear != nil && geometric != linear)
    _ = dashboard.press(.character("M"), .character("M"))
    #expect(dashboard.history.trend(of: loss) == nil)
    _ = dashboard.press(.tab, .tab, .character("m"))
    let rates = dashboard.history.gauges.filter { $0.group == .rate }
    #expect(rates.allSatisfy { dashboard.history.trend(of: $0) != nil })
    #expect(dashboard.status?.text == "spike rate: means over 0.3 % of the run.")
    // A constant stays what it is.
    var history = dashboard.history
    for step in 2001...2100 {
      history.append(
        Readings(epoch: 1, step: step, samples: step, values: [Reading(rates[0].id, 3)]))
    }
    history.smooth(rates[0], over: 3, isGeometric: true)
    #expect(history.trend(of: rates[0])?.lastY.map { abs($0 - 3) < 1e-9 } == true)
  }

  @Test func `gauges are chosen by words and each gets a chart`() {
    var dashboard = dashboard()
    for key in "/bits h" { _ = dashboard.press(.character(key)) }
    #expect(dashboard.filteredGauges.map(\.id).allSatisfy { $0.contains("bits") })
    #expect(dashboard.frame.text.contains("bits.bitsEntropy.h"))
    _ = dashboard.press(.enter)
    #expect(dashboard.gaugeFilter == "bits h" && dashboard.focused == .grid)
    for key in "/ zzz" { _ = dashboard.press(.character(key)) }
    #expect(dashboard.frame.text.contains("no gauge has these words"))
    _ = dashboard.press(.escape)
    #expect(dashboard.gaugeFilter.isEmpty && dashboard.focused == .loss)
    for key in "/*" { _ = dashboard.press(.character(key)) }
    _ = dashboard.press(.enter)
    #expect(dashboard.filteredGauges.count == dashboard.history.gauges.count)
    let first = dashboard.frame.text
    _ = dashboard.press(.character("j"))
    #expect(dashboard.frame.text != first && dashboard.gridRow == 1)
    _ = dashboard.press(.escape)
    #expect(dashboard.gaugeFilter.isEmpty)
  }

  @Test func `checkpoints and bests stand in the lower border`() {
    var dashboard = dashboard()
    dashboard.tell([.saved(path: "/r/c", reason: .interval)])
    #expect(dashboard.frame.text.contains("▴"))
    dashboard.tell([.saved(path: "/r/c", reason: .best)])
    #expect(dashboard.frame.text.contains("★"))
  }

  @Test(arguments: [(0, 0), (1, 1), (40, 12), (80, 24), (200, 60)])
  func `all of it suits any size`(width: Int, height: Int) {
    var dashboard = dashboard(width: width, height: height, steps: 300)
    for key in "+++-HLxxxxXyhhh" {
      _ = dashboard.press(.character(key))
      #expect(dashboard.frame.size == Size(width: width, height: height))
    }
    for key in "/*" { _ = dashboard.press(.character(key)) }
    #expect(dashboard.frame.size == Size(width: width, height: height))
  }
}
