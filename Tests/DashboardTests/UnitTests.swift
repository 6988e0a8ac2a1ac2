import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// The Raster screen's look at one unit, at parts of the time, and at sets of samples.
@Suite struct UnitTests {
  private static func detail(voltages: Bool = true) -> UnitDetail {
    let activity = (0..<64).map { Float($0 % 9) / 10 }
    return UnitDetail(
      unit: 0, current: activity, activity: activity,
      charges: voltages ? activity.map { $0 + 0.4 } : [],
      voltages: voltages ? activity.map { ($0 + 0.4).truncatingRemainder(dividingBy: 1) } : [],
      incoming: [.init(name: "W_m", other: "m 3", value: 0.81)],
      outgoing: [
        .init(name: "W_h", other: "h 12", value: -0.77),
        .init(name: "readout", other: "class 7", value: 0.5),
      ])
  }

  private static func dashboard(_ detail: UnitDetail?, width: Int, height: Int) -> Dashboard {
    var dashboard = Dashboard.training(width: width, height: height)
    dashboard.press(.character("2"), .character("i"))
    var raster = ScriptedRun().raster(site: "h", sample: 0, step: 1406)
    raster.detail = detail
    dashboard.tell([.probe(.raster(raster))])
    return dashboard
  }

  @Test(arguments: [(120, 44), (200, 60)])
  func `a unit shows its current, voltage and strongest weights`(
    _ width: Int, _ height: Int
  ) {
    let text = Self.dashboard(Self.detail(), width: width, height: height).frame.text
    for words in [
      "input current", "w a  voltage, spikes at 1", "strongest in", "W_m m 3", "0.81",
      "W_h h 12", "-0.77", "class 7", "rate over training",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("readout class"))
  }

  @Test func `without voltages what was emitted stands beside the activity`() {
    let frame = Self.dashboard(Self.detail(voltages: false), width: 120, height: 44).frame.text
    #expect(frame.contains("w a  emitted") && !frame.contains("voltage, spikes"))
    let plain = Self.dashboard(nil, width: 120, height: 44).frame.text
    #expect(plain.contains("emitted, by time step") && !plain.contains("strongest"))
  }

  /// Another unit is chosen than the raster came with: what is told of the first is not its own.
  @Test func `the detail of another unit is not shown`() {
    var dashboard = Self.dashboard(Self.detail(), width: 120, height: 44)
    dashboard.press(.character("j"))
    #expect(!dashboard.frame.text.contains("strongest"))
  }

  @Test func `the unit in view is asked for, and none where no panel shows it`() {
    var dashboard = Dashboard.training(width: 120, height: 44)
    func request(_ effects: [Effect]) -> RasterRequest? {
      effects.lazy.compactMap { effect -> RasterRequest? in
        guard case .send(.watch(.raster(let request)?, every: _)) = effect else { return nil }
        return request
      }.first
    }
    #expect(request(dashboard.press(.character("2")))?.unit == nil)
    #expect(request(dashboard.press(.character("i")))?.unit == 0)
    #expect(request(dashboard.press(.character("j")))?.unit == 1)
    #expect(request(dashboard.press(.character("c")))?.samples == 8)
    let train = request(dashboard.press(.character("1")))
    #expect(train?.samples == 1 && train?.unit == nil)
  }

  @Test func `time is zoomed around its middle and shown whole again`() {
    var dashboard = Self.dashboard(nil, width: 120, height: 44)
    #expect(dashboard.shownSteps == 0..<64)
    dashboard.press(.character("+"))
    #expect(dashboard.shownSteps == 16..<48)
    #expect(dashboard.frame.text.contains("t 16-47 of 64"))
    dashboard.press(.character("+"), .character("+"), .character("+"))
    #expect(dashboard.shownSteps.count == 8)
    dashboard.press(.character("l"))
    #expect(dashboard.shownSteps == 36..<44)
    dashboard.press(.character("-"))
    #expect(dashboard.shownSteps == 32..<48)
    dashboard.press(.character("0"))
    #expect(dashboard.shownSteps == 0..<64)
    dashboard.press(.character("0"))
    #expect(dashboard.status?.text == Sentence.nothingFurther)
  }

  /// A narrow panel shows the first columns until all steps are asked for, two to a cell.
  @Test func `all time steps fit a narrow terminal when asked for`() {
    var dashboard = Dashboard.training(width: 40, height: 24)
    dashboard.press(.character("2"))
    let count = dashboard.shownSteps.count
    #expect(count < 64)
    dashboard.press(.character("0"))
    #expect(dashboard.shownSteps == 0..<64)
    #expect(!dashboard.frame.text.contains("of 64 "))
  }

  @Test func `the mean of a set says how many samples and predictions are in it`() {
    var dashboard = Self.dashboard(nil, width: 200, height: 60)
    var raster = ScriptedRun().raster(site: "h", sample: 2, step: 1406)
    (raster.samples, raster.correct) = (8, 7)
    dashboard.tell([.probe(.raster(raster))])
    let text = dashboard.frame.text
    #expect(text.contains("samples 2-9") && text.contains("7 of 8 right"))
    #expect(text.contains("mean of") && !text.contains("CV"))
  }
}
