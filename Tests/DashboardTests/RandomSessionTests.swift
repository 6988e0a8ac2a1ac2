import Dashboard
import Engine
import Runs
import TestSupport
import Testing

@testable import Terminal

@Suite struct RandomSessionTests {
  private static let sessions = Trials.count(250)
  private static let steps = 500

  /// With all trials more than 100,000 keys, clicks and resizes, among reports that make sense and ones that do not.
  @Test(arguments: 0..<sessions)
  func `no order of keys, reports and sizes traps`(seed: Int) throws {
    var generator = SeededGenerator(UInt64(seed))
    var run = ScriptedRun()
    var dashboard = Dashboard(
      size: Size(width: 80, height: 24), glyphs: seed % 4 == 0 ? .ascii : .unicode)
    var step = 0
    for index in 0..<Self.steps {
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<60: dashboard.press(Self.key(&generator, overlay: dashboard.overlay))
      case 60..<70: _ = dashboard.update(.pointer(Self.pointer(&generator, dashboard.size)))
      case 70..<75: _ = dashboard.update(.keys(Self.burst(&generator)))
      case 75..<88: _ = dashboard.update(.resized(Self.size(&generator)))
      case 88..<92:
        let next = min(step + Int.random(in: 1...10, using: &generator), ScriptedRun.steps)
        dashboard.tell(step == 0 ? run.beginning : run.reports(step..<next))
        step = next
      case 92..<95: _ = dashboard.update(Self.otherMessage(&generator))
      default: dashboard.tell(Self.oddReports(&generator, &run, step))
      }
      if index % 7 == 0 { _ = dashboard.update(.tick(seconds: Double(index))) }
      let isSmall = dashboard.size.width * dashboard.size.height <= 600
      guard isSmall || index % 16 == 0 else { continue }
      try #require(Self.isSound(dashboard), "session \(seed), step \(index)")
    }
  }

  /// Whether the frame has the size of the dashboard and every cell is one column wide, of plain
  /// characters where only these may be shown.
  private static func isSound(_ dashboard: Dashboard) -> Bool {
    let frame = dashboard.frame
    guard frame.size == dashboard.size else { return false }
    for cell in frame.cells where cell.scalar.value < 0x20 || cell.scalar.value >= 0x7F {
      let fits = cell.scalar.fittingOneCell == cell.scalar
      if dashboard.glyphs.isASCII || !fits { return false }
    }
    return true
  }

  /// Small ones are drawn fast, and more of them go wrong.
  private static func size(_ generator: inout SeededGenerator) -> Size {
    let isSmall = Int.random(in: 0..<4, using: &generator) > 0
    return Size(
      width: Int.random(in: 0...(isSmall ? 45 : 220), using: &generator),
      height: Int.random(in: 0...(isSmall ? 14 : 70), using: &generator))
  }

  /// What a mouse does on the screen or, after a change of its size, beside it.
  private static func pointer(
    _ generator: inout SeededGenerator, _ size: Size
  ) -> PointerEvent {
    let kinds: [PointerEvent.Kind] = [
      .press, .press, .drag, .release, .wheel(-1), .wheel(1), .wheel(-7), .wheel(.max >> 8),
    ]
    return PointerEvent(
      kinds.randomElement(using: &generator) ?? .press,
      at: Point(
        column: Int.random(in: 0...size.width + 2, using: &generator),
        row: Int.random(in: 0...size.height + 2, using: &generator)))
  }

  /// Keys that came at once: one held, or any.
  private static func burst(_ generator: inout SeededGenerator) -> [Key] {
    let first = key(&generator)
    let isHeld = Bool.random(using: &generator)
    let count = Int.random(in: 0..<12, using: &generator)
    return (0..<count).map { _ in isHeld ? first : key(&generator) }
  }

  private static func otherMessage(_ generator: inout SeededGenerator) -> Message {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: .themed(name: "night", marks: [])
    case 1: .themed(name: "day", marks: [SeriesMark("漢", .dotted), SeriesMark("\u{301}", .solid)])
    case 2: .themed(name: "okabe-ito", marks: SeriesMark.standard)
    case 3: .noticed(Notice(String(repeating: "very long ", count: 40), .warning))
    case 4: .noticed(Notice("", .notice))
    case 5: .noticed(Notice("one\ntwo\u{1B}[0m 漢字", .error))
    case 6, 7: .suspend
    case 8, 9: .resumed
    case 10: .terminate
    default: .tick(seconds: .nan)
    }
  }

  private static let keys: [Key] =
    KeyMap.bindings.flatMap(\.keys)
    + [.character("é"), .function(12), .insert, .backspace, .character("4")]
    + [.tab, .control("u"), .control("w"), .delete, .home, .left, .right]

  /// What lies over the page is closed often enough for the page to be seen.
  private static func key(_ generator: inout SeededGenerator, overlay: Overlay? = nil) -> Key {
    if overlay != nil && Int.random(in: 0..<5, using: &generator) == 0 { return .escape }
    return keys.randomElement(using: &generator) ?? .escape
  }

  /// Reports that a sound runner would hardly send.
  private static func oddReports(
    _ generator: inout SeededGenerator, _ run: inout ScriptedRun, _ step: Int
  ) -> [RunnerReport] {
    switch Int.random(in: 0..<22, using: &generator) {
    case 0: Bool.random(using: &generator) ? run.beginning : run.beginningToTest
    case 1: run.turnResolutions(by: 0.7, at: step)
    case 2: [.probe(.raster(run.raster(site: "h", sample: 3, step: step)))]
    case 18: [.probe(.layers(run.layers(step: step)))]
    case 3: [.probe(.raster(run.raster(site: "m", sample: 0, step: step)))]
    case 4: [.probe(.raster(emptyRaster))]
    case 5: [.probe(.raster(infiniteRaster))]
    case 6: [.state(.paused)]
    case 7: [.state(.evaluating)]
    case 8: [.state(.stopping)]
    case 9: Int.random(in: 0..<10, using: &generator) == 0 ? run.ending : []
    case 10:
      Int.random(in: 0..<10, using: &generator) == 0 ? [.failed(reason: "no reason")] : []
    case 11: [.saveFailed(reason: "disk full")]
    case 12: [.refused(.undo, .nothingToUndo), .declined(reason: "another watcher")]
    case 13: run.beginningWithoutSites
    case 14: [.knobs([])]
    case 15: [run.event(.swept(run.sweep()), step: step)]
    case 16: [run.event(.evaluating(sweeping(step)), step: step)]
    case 19: [run.event(.stability(run.stability(rows: step % 9, of: 6)), step: step)]
    case 20: [run.event(.evaluating(run.stabilityProgress(step)), step: step)]
    case 17: [run.event(.stepped(wildReadings(step)), step: step)]
    default: [run.event(.evaluated(run.evaluation(step)), step: step)]
    }
  }

  private static func sweeping(_ step: Int) -> EvaluationProgress {
    EvaluationProgress(split: .validation, done: step, total: 0, purpose: .sweep)
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
