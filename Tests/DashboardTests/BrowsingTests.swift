import Engine
import Foundation
import Runs
import Terminal
import TestSupport
import Testing

@testable import Dashboard

/// Looking into rasters.
@Suite struct BrowsingTests {
  /// Four units: dead, always 2, every third step, and once at step 1.
  private static let raster = Raster(
    site: "h", sample: 0, label: 1, prediction: 1, step: 1406, steps: 9, units: 4, resolution: 2,
    values: [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, -3, 0, 0, 3, 0, 0, 3, 0, 1, 0, 0,
      0,
      0, 0, 0, 0,
    ])

  private static func dashboard(width: Int = 120, height: Int = 36) -> Dashboard {
    var dashboard = Dashboard.training(width: width, height: height)
    dashboard.tell([.probe(.raster(raster))])
    _ = dashboard.press(.character("2"))
    return dashboard
  }

  @Test func `a unit's statistics are those of their definitions`() {
    let all = UnitStatistics.all(of: Self.raster)
    #expect(all[0].isDead && !all[0].isSaturated && all[0].bitsRange == 0)
    #expect(all[1].isSaturated && all[1].rate == 2 && all[1].bitsEntropy == 0)
    #expect(all[1].significantBits == 2 && all[1].firstSpike == 0)
    let third = all[2]
    #expect(third.rate == 1 && third.firstSpike == 2 && abs(third.zeroShare - 6.0 / 9) < 1e-12)
    #expect(third.meanInterval == 3 && third.intervalVariation == 0)
    #expect(abs(third.bitsRange - log2(7)) < 1e-12)
    let shares = [6.0 / 9, 1.0 / 9, 2.0 / 9]
    #expect(abs(third.bitsEntropy + shares.reduce(0) { $0 + $1 * log2($1) }) < 1e-12)
    #expect(all[3].meanInterval == nil && all[3].firstSpike == 1)
    #expect(UnitStatistics([]).isDead)
    #expect(UnitStatistics([.nan, .infinity, 1]).rate.isNaN)
  }

  @Test func `units are sorted and left out as asked`() {
    var browser = RasterBrowser()
    browser.take(Self.raster)
    func rows(_ order: RasterBrowser.Order, _ selection: RasterBrowser.Selection = .all) -> [Int] {
      (browser.order, browser.selection) = (order, selection)
      return browser.rows(of: Self.raster)
    }
    #expect(rows(.index) == [0, 1, 2, 3])
    #expect(rows(.rate) == [1, 2, 3, 0])
    #expect(rows(.firstSpike) == [1, 3, 2, 0])
    #expect(rows(.variation) == [1, 2, 0, 3])
    #expect(rows(.index, .dead) == [0])
    #expect(rows(.index, .saturated) == [1])
    #expect(rows(.rate, .active) == [1, 2, 3])
    #expect(rows(.index, .watched) == [])
    browser.choose(3, of: "h")
    #expect(rows(.similarity).first == 3)
  }

  @Test func `likeness is Pearson's correlation`() {
    #expect(abs(RasterBrowser.correlation([1, 2, 3], [2, 4, 6]) - 1) < 1e-12)
    #expect(abs(RasterBrowser.correlation([1, 2, 3], [3, 2, 1]) + 1) < 1e-12)
    #expect(RasterBrowser.correlation([1, 1, 1], [3, 2, 1]) == 0)
    #expect(RasterBrowser.correlation([], []) == 0)
  }

  @Test func `captures can be gone back through while others come`() {
    var browser = RasterBrowser()
    func capture(_ step: Int) -> Raster {
      var raster = Self.raster
      raster.step = step
      return raster
    }
    for step in 1...5 { browser.take(capture(step)) }
    browser.back = 2
    #expect(browser.shown("h")?.step == 3)
    browser.take(capture(6))
    #expect(browser.shown("h")?.step == 3)
    browser.isFrozen = true
    browser.take(capture(7))
    #expect(browser.count(of: "h") == 6)
    browser.isFrozen = false
    for step in 8...200 { browser.take(capture(step)) }
    #expect(browser.count(of: "h") == 64 && browser.shown("h")?.step == 137)
    #expect(browser.shown("m") == nil)
    // A watched unit keeps the rates of the captures that are gone.
    browser.choose(2, of: "h")
    let isWatched = browser.toggleWatch(of: "h")
    #expect(isWatched)
    for step in 201...300 { browser.take(capture(step)) }
    #expect(browser.rates(of: 2, "h").count == 164)
    let isStillWatched = browser.toggleWatch(of: "h")
    #expect(!isStillWatched && browser.rates(of: 2, "h").count == 64)
  }

  @Test func `the Raster screen chooses, sorts and shows a unit close to`() {
    var dashboard = Self.dashboard()
    #expect(dashboard.frame.text.contains("units 0-3 of 4"))
    _ = dashboard.press(.character("a"))
    #expect(dashboard.status?.text == "Units by rate.")
    #expect(dashboard.unitRows == [1, 2, 3, 0])
    #expect(dashboard.frame.text.contains("rows 1-4 of 4"))
    _ = dashboard.press(.home, .down)
    #expect(dashboard.browser.unit(of: "h") == 2)
    _ = dashboard.press(.enter)
    let text = dashboard.frame.text
    #expect(text.contains("unit 2") && text.contains("CV 0.00") && text.contains("step 2"))
    #expect(text.contains("1.00 per step"))
    _ = dashboard.press(.character("*"), .character("d"))
    #expect(dashboard.unitRows == [1, 2, 3])
    for _ in 0..<3 { _ = dashboard.press(.character("d")) }
    #expect(dashboard.unitRows == [2] && dashboard.frame.text.contains("watched"))
    _ = dashboard.press(.character("f"))
    dashboard.tell([.probe(.raster(Self.raster))])
    #expect(dashboard.frame.text.contains("frozen"))
    _ = dashboard.press(.character("b"))
    #expect(dashboard.frame.text.contains("1 back"))
  }

  @Test func `on a small terminal a unit takes the place of the raster`() {
    var dashboard = Self.dashboard(width: 80, height: 24)
    _ = dashboard.press(.enter)
    #expect(dashboard.focused == .neuron && dashboard.frame.text.contains("zero share"))
    _ = dashboard.press(.enter)
    #expect(dashboard.focused == .raster && !dashboard.frame.text.contains("zero share"))
  }

  @Test func `rows where no unit is left say so`() {
    var dashboard = Self.dashboard()
    for _ in 0..<4 { _ = dashboard.press(.character("d")) }
    #expect(dashboard.unitRows.isEmpty && dashboard.frame.text.contains("no unit"))
    _ = dashboard.press(.down, .enter)
    #expect(dashboard.frame.size == Size(width: 120, height: 36))
  }

  @Test(arguments: [(0, 0), (1, 1), (40, 12), (60, 34), (80, 24), (200, 60)])
  func `it suits any size`(width: Int, height: Int) {
    var dashboard = Self.dashboard(width: width, height: height)
    for key in "aiadb*Bfjjk" {
      _ = dashboard.press(.character(key))
      #expect(dashboard.frame.size == Size(width: width, height: height))
    }
  }
}
