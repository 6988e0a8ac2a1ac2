import Engine
import Runs
import Terminal

extension Dashboard {
  /// Takes in what happened and says what the program has to do about it.
  package mutating func update(_ message: Message) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let key): effects = press([key])
    case .keys(let keys): effects = press(keys)
    case .pointer(let event): effects = point(event)
    case .resized(let size): self.size = size
    case .reports(let reports):
      for report in reports { effects += take(report) }
    case .tick(let seconds): tick(seconds)
    case .themed(let name, let marks):
      theme = name
      glyphs.seriesMarks = marks
    case .noticed(let notice): take(notice)
    case .listed(let entries): runs.list(entries)
    case .curves(let curves): runs.take(curves)
    case .suspend: effects = suspend()
    case .resumed: effects = resume()
    case .terminate: effects = terminate()
    }
    if page == .raster, !unitsAreArranged { arrangeUnits() }
    clampScrolls()
    return effects + watchWhatIsShown()
  }

  /// A held key may bring more than a frame can show: turns and movements of the same kind are
  /// done as one.
  private mutating func press(_ pressed: [Key]) -> [Effect] {
    var effects: [Effect] = []
    var index = 0
    while index < pressed.count {
      let key = pressed[index]
      let count = pressed[index...].prefix { $0 == key }.count
      let action = enterAction(key) ?? keys.action(of: key, page: page, overlay: overlay)
      if case .prompt(let prompt) = overlay, action == nil {
        effects += type(key, into: prompt)
        index += 1
        continue
      }
      if case .palette(let palette) = overlay, action == nil {
        effects += choose(key, from: palette)
        index += 1
        continue
      }
      if case .estimators(let picker) = overlay, action == nil {
        effects += pick(key, from: picker)
        index += 1
        continue
      }
      guard let action else {
        if overlay == nil { say(Sentence.unbound(key, glyphs: glyphs)) }
        index += count
        continue
      }
      let repeated = count > 1 ? action.repeated(count) : nil
      effects += perform(repeated ?? action)
      index += repeated == nil ? 1 : count
    }
    return effects
  }

  /// What Enter does where something is chosen.
  private func enterAction(_ key: Key) -> Action? {
    guard key == .enter, overlay == nil else { return nil }
    if page == .schedule, draft != nil { return .applyDraft }
    if page == .curves, curves.grip != nil { return .curves(.grab) }
    if page == .curves, focused == .curves { return .curves(.alone) }
    return page == .raster && [.raster, .neuron].contains(focused) ? .toggleDetail : nil
  }

  private mutating func take(_ notice: Notice) {
    let kind: LogEntry.Kind =
      switch notice.kind {
      case .notice, .asked: .program
      case .warning: .warning
      case .error: .error
      }
    note(kind, notice.text)
    say(notice.text, notice.kind)
  }

  private mutating func tick(_ seconds: Double) {
    if seconds.isFinite { now = max(now, seconds) }
    if let status, now - status.since > status.kind.lifetime { self.status = nil }
  }

  /// The runner copies a raster only while one is to be seen.
  private mutating func watchWhatIsShown() -> [Effect] {
    guard run.phase != .preparing, run.phase != .failed else { return [] }
    let request: Probe.Request? =
      switch page {
      case .layers: .layers
      case .theory: .theory
      case .curves: .curves(curvesRequest)
      case .dynamics: .dynamics(DynamicsRequest(span: dynamicsSpan))
      default: (showsRaster ? shownSite : nil).map { .raster(rasterRequest(of: $0.id)) }
      }
    let interval =
      switch page {
      case .raster: rasterSamples > 1 ? Self.glanceInterval : Self.inspectionInterval
      case .layers: Self.layersInterval
      case .theory: Self.inspectionInterval
      case .dynamics: Self.dynamicsInterval
      case .curves: curves.grip == nil ? Self.curvesInterval : Self.inspectionInterval
      default: Self.glanceInterval
      }
    guard request != watched || (request != nil && interval != watchedEvery) else { return [] }
    watched = request
    watchedEvery = interval
    return [.send(.watch(request, every: interval))]
  }

  /// A unit is looked at close to where its panel is in view.
  private func rasterRequest(of site: String) -> RasterRequest {
    let isInspected = page == .raster && layout.area(of: .neuron) != nil
    return RasterRequest(
      site: site, sample: rasterSample, samples: page == .raster ? rasterSamples : 1,
      unit: isInspected ? browser.unit(of: site) : nil)
  }

  /// A map has a value for each cell of its panel.
  private var curvesRequest: CurvesRequest {
    let room = layout.area(of: .decisions).map { LinesPanel.room(in: $0.size) }
    return CurvesRequest(
      example: curves.example,
      map: .init(
        columns: room.map { $0.width + 2 } ?? Self.usualMap.columns,
        rows: room?.height ?? Self.usualMap.rows))
  }

  private static let usualMap = CurvesRequest.MapSize(columns: 48, rows: 20)

  /// How often rasters come where they are looked into, and where they only stand beside curves: a
  /// new one changes nearly all its cells, which a slow connection feels and no eye follows.
  package static let inspectionInterval = Duration.milliseconds(250)
  package static let glanceInterval = Duration.seconds(3)
  /// All curves change a little at each look.
  package static let curvesInterval = Duration.milliseconds(500)
  /// A raster that scrolls must do so in small steps.
  package static let dynamicsInterval = Duration.milliseconds(125)
  /// A report of all layers costs a pass over all weights.
  package static let layersInterval = Duration.seconds(1)

  /// Keeps within what there is; that changes with the size, the page and the reports.
  private mutating func clampScrolls() {
    if let panel = zoomed, !candidates.contains(panel) { zoomed = nil }
    if let area = layout.area(of: .raster) {
      let window = rasterWindow(area: area)
      rasterRow = min(max(0, rasterRow), window.lastFirstUnit)
      rasterColumn = min(max(0, rasterColumn), window.lastFirstStep)
    }
    logScroll = min(max(0, logScroll), lastLogScroll)
    for (panel, scroll) in layerScrolls where scroll > 0 {
      layerScrolls[panel] = min(scroll, lastScroll(of: panel))
    }
    sweepRow = min(max(0, sweepRow), lastSweepRow)
    stabilityScroll = min(max(0, stabilityScroll), lastStabilityScroll)
    gridRow = min(max(0, gridRow), showsGrid ? lastGridRow : 0)
    if case .help(let scroll) = overlay, scroll > 0 {
      overlay = .help(scroll: min(scroll, helpDialog.lastOffset(in: size)))
    }
  }

  /// Shows a sentence in the status line for a while.
  mutating func say(_ text: String, _ kind: Status.Kind = .notice) {
    status = Status(text: text, kind: kind, since: now)
  }
}
