import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct RandomSessionTests {
  /// A generator of its own, so that a failure can be repeated from its seed.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `no order of keys, reports and sizes traps`(seed: UInt64) {
    var generator = Generator(state: seed)
    var run = ScriptedRun()
    var dashboard = Dashboard(
      size: Size(width: 80, height: 24), glyphs: seed % 4 == 0 ? .ascii : .unicode)
    var step = 0
    for index in 0..<300 {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<6: dashboard.press(Self.key(&generator))
      case 6..<8:
        let next = min(step + Int.random(in: 1...40, using: &generator), ScriptedRun.steps)
        dashboard.tell(index == 0 ? run.beginning : run.reports(step..<next))
        step = next
      case 8:
        let size = Size(
          width: Int.random(in: 0...220, using: &generator),
          height: Int.random(in: 0...70, using: &generator))
        _ = dashboard.update(.resized(size))
      default: dashboard.tell(Self.oddReports(&generator, &run, step))
      }
      if index % 7 == 0 { _ = dashboard.update(.tick(seconds: Double(index))) }
      #expect(dashboard.frame.size == dashboard.size)
    }
  }

  private static func key(_ generator: inout Generator) -> Key {
    let bound = KeyMap.bindings.flatMap(\.keys)
    let others: [Key] = [.character("é"), .function(12), .insert, .backspace, .character("4")]
    return (bound + others).randomElement(using: &generator) ?? .escape
  }

  /// Reports that a sound runner would hardly send.
  private static func oddReports(
    _ generator: inout Generator, _ run: inout ScriptedRun, _ step: Int
  ) -> [RunnerReport] {
    switch Int.random(in: 0..<15, using: &generator) {
    case 0: run.beginning
    case 1: run.turnResolutions(by: 0.7, at: step)
    case 2: [.probe(.raster(run.raster(site: "h", sample: 3, step: step)))]
    case 3: [.probe(.raster(run.raster(site: "m", sample: 0, step: step)))]
    case 4: [.probe(.raster(emptyRaster))]
    case 5: [.probe(.raster(infiniteRaster))]
    case 6: [.state(.paused)]
    case 7: [.state(.evaluating)]
    case 8: [.state(.stopping)]
    case 9: run.ending
    case 10: [.failed(reason: "no reason")]
    case 11: [.saveFailed(reason: "disk full")]
    case 12: [.refused(.undo, .nothingToUndo)]
    case 13: [run.event(.stepped(wildReadings(step)), step: step)]
    default: [run.event(.evaluated(run.evaluation(step)), step: step)]
    }
  }

  private static let emptyRaster = Raster(
    site: "h", sample: 0, label: 0, prediction: 0, step: 0, steps: 0, units: 0, resolution: 1,
    values: [])

  private static let infiniteRaster = Raster(
    site: "m", sample: 0, label: 0, prediction: 1, step: 0, steps: 3, units: 2,
    resolution: .infinity, values: [.nan, .infinity, -1, 0.5, 0, -.infinity])

  private static func wildReadings(_ step: Int) -> Readings {
    Readings(
      epoch: 0, step: step, samples: 0,
      values: [
        Reading("loss", .nan), Reading("accuracy", .infinity), Reading("rate.h", -1e300),
        Reading("rate.m", 1e300), Reading("bits.bitsRange.h", -.infinity),
        Reading("unknown", 5),
      ])
  }
}
