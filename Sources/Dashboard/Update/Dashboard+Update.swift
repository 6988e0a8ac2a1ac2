import Engine
import Runs
import Terminal

extension Dashboard {
  /// Takes in what happened and says what the program has to do about it.
  package mutating func update(_ message: Message) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let key): effects = press(key)
    case .resized(let size): self.size = size
    case .reports(let reports):
      for report in reports { effects += take(report) }
    case .tick(let seconds): tick(seconds)
    case .suspend: effects = suspend()
    case .resumed: effects = resume()
    case .terminate: effects = stopAndQuit()
    }
    clampScrolls()
    return effects + watchWhatIsShown()
  }

  private mutating func press(_ key: Key) -> [Effect] {
    guard let action = KeyMap.action(of: key, page: page, overlay: overlay) else {
      if overlay == nil { say(Sentence.unbound(key, glyphs: glyphs)) }
      return []
    }
    return perform(action)
  }

  private mutating func tick(_ seconds: Double) {
    if seconds.isFinite { now = max(now, seconds) }
    if let status, now - status.since > status.kind.lifetime { self.status = nil }
  }

  /// The runner copies a raster only while one is to be seen.
  private mutating func watchWhatIsShown() -> [Effect] {
    guard run.phase != .preparing, run.phase != .failed else { return [] }
    let wanted = showsRaster ? shownSite : nil
    let request = wanted.map { Probe.Request.raster(site: $0.id, sample: rasterSample) }
    guard request != watched else { return [] }
    watched = request
    return [.send(.watch(request))]
  }

  private mutating func clampScrolls() {
    if let area = layout.area(of: .raster) {
      let window = rasterWindow(area: area)
      rasterRow = min(max(0, rasterRow), window.lastFirstUnit)
      rasterColumn = min(max(0, rasterColumn), window.lastFirstStep)
    }
    logScroll = min(max(0, logScroll), max(0, log.count - max(1, rows(of: .log))))
  }

  /// Shows a sentence in the status line for a while.
  mutating func say(_ text: String, _ kind: Status.Kind = .notice) {
    status = Status(text: text, kind: kind, since: now)
  }
}
