import Engine
import Terminal

/// Looking into rasters: which units, in what order, and how far back.
extension Dashboard {
  mutating func browse(_ action: Action) {
    switch action {
    case .nextUnitOrder:
      browser.order = browser.order.next
      say(Sentence.unitsBy(browser.order.title))
    case .nextUnitSelection:
      browser.selection = browser.selection.next
      say(Sentence.units(browser.selection.rawValue))
    case .captureBack(let distance): lookBack(by: distance)
    case .freeze:
      browser.isFrozen.toggle()
      say(browser.isFrozen ? Sentence.frozen : Sentence.notFrozen)
    case .watchUnit: watchUnit()
    case .zoomTime(let isNearer): zoomTime(isNearer: isNearer)
    case .showAllTime: showTime(shownRaster?.steps)
    case .nextSampleSet: showNextSampleSet()
    case .toggleDetail: toggleDetail()
    default: break
    }
    arrangeUnits()
    keepUnitInView()
  }

  /// Where there is no room for both, the unit takes the place of the raster.
  private mutating func toggleDetail() {
    browser.isDetailed.toggle()
    let hasRoom = layout.area(of: .neuron) != nil
    focus[.raster] = browser.isDetailed && !hasRoom ? .neuron : nil
  }

  private mutating func lookBack(by distance: Int) {
    guard let site = shownSite else { return }
    let back = min(max(0, browser.back + distance), max(0, browser.count(of: site.id) - 1))
    guard back != browser.back else {
      say(Sentence.nothingFurther)
      return
    }
    browser.back = back
    if let raster = shownRaster { say(Sentence.capture(back: back, step: raster.step)) }
  }

  private mutating func zoomTime(isNearer: Bool) {
    guard let raster = shownRaster, raster.steps > 0 else { return say(Sentence.nothingFurther) }
    let present = rasterWindow(area: layout.area(of: .raster) ?? Rect(.zero)).visibleSteps
    showTime(min(max(Self.fewestSteps, isNearer ? present / 2 : present * 2), raster.steps))
  }

  private static let fewestSteps = 8

  /// Shows so many time steps around the middle of those that are shown.
  private mutating func showTime(_ steps: Int?) {
    let area = layout.area(of: .raster) ?? Rect(.zero)
    let before = rasterWindow(area: area)
    guard let steps, steps != before.visibleSteps else { return say(Sentence.nothingFurther) }
    let middle = min(rasterColumn, before.lastFirstStep) + before.visibleSteps / 2
    rasterSpan = steps
    rasterColumn = min(max(0, middle - steps / 2), rasterWindow(area: area).lastFirstStep)
    say(Sentence.timeSteps(steps))
  }

  private mutating func showNextSampleSet() {
    let counts = Self.sampleSets.filter { $0 == 1 || $0 <= run.batchSize }
    let index = counts.firstIndex(of: rasterSamples) ?? 0
    rasterSamples = counts[(index + 1) % counts.count]
    say(counts.count > 1 ? Sentence.sampleSet(rasterSamples) : Sentence.noOtherSample)
  }

  private static let sampleSets = [1, 8, 32]

  private mutating func watchUnit() {
    guard let site = shownSite else {
      say(Sentence.noOtherSite)
      return
    }
    let unit = browser.unit(of: site.id)
    let isWatched = browser.toggleWatch(of: site.id)
    say(Sentence.watching(unit, of: site.id, isWatched))
  }

  /// The rows are worked out once for each raster and choice, not for each frame.
  mutating func arrangeUnits() {
    unitsAreArranged = true
    guard let raster = shownRaster else {
      unitRows = []
      return
    }
    unitRows = page == .raster ? browser.rows(of: raster) : Array(0..<raster.units)
  }

  /// Moves the choice of a unit through the rows.
  mutating func moveUnit(_ scroll: Scroll) {
    guard let site = shownSite, !unitRows.isEmpty else {
      say(Sentence.nothingFurther)
      return
    }
    let present = unitRows.firstIndex(of: browser.unit(of: site.id)) ?? 0
    let page = max(1, rasterWindow(area: layout.area(of: .raster) ?? Rect(.zero)).visibleUnits)
    let last = unitRows.count - 1
    let target: Int =
      switch scroll {
      case .rows(let count): min(max(0, present + count), last)
      case .pages(let count): min(max(0, present + count * page), last)
      case .start: 0
      case .end: last
      }
    if unitRows[target] == browser.unit(of: site.id) { say(Sentence.nothingFurther) }
    browser.choose(unitRows[target], of: site.id)
    keepUnitInView()
  }

  /// The rows follow the chosen unit, which moves among them where they are sorted.
  mutating func keepUnitInView() {
    guard let site = shownSite, let area = layout.area(of: .raster),
      let place = unitRows.firstIndex(of: browser.unit(of: site.id))
    else { return }
    let visible = max(1, rasterWindow(area: area).visibleUnits)
    rasterRow = min(max(rasterRow, place - visible + 1), place)
  }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The case after this one, the first after the last.
  var next: Self {
    let all = Self.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }
}
