import Engine
import Terminal

extension Dashboard {
  /// Actions that change only what is looked at.
  mutating func changeView(_ action: Action) {
    switch action {
    case .show(let page): show(page)
    case .nextPanel: moveFocus(by: 1)
    case .previousPanel: moveFocus(by: -1)
    case .zoom: toggleZoom()
    case .back: back()
    case .toggleLogarithmic: toggleLogarithmic()
    case .toggleOutliers: toggleOutliers()
    case .nextMetric: showNextMetric()
    case .nextSite: showNextSite()
    case .showSite(let site): show(site: site)
    case .showSample(let sample): show(sample: sample)
    case .nextSample: moveSample(by: 1)
    case .previousSample: moveSample(by: -1)
    case .scroll(let scroll): self.scroll(scroll)
    case .scrollTime(let steps): scrollTime(by: steps)
    default: changeWindow(action)
    }
  }

  private mutating func show(_ asked: Page) {
    let page = asked == .theory ? ownPage : asked
    guard pages.contains(page) else {
      say(Sentence.noPage(page))
      return
    }
    guard page != self.page else {
      say(Sentence.alreadyShown(page))
      return
    }
    self.page = page
    zoomed = nil
  }

  /// The screen that only runs of its kind have.
  private var ownPage: Page {
    isSimulation ? .dynamics : run.summary?.curves != nil ? .curves : .theory
  }

  private mutating func moveFocus(by distance: Int) {
    let panels = candidates
    guard panels.count > 1 else {
      say(Sentence.onlyPanel)
      return
    }
    let index = panels.firstIndex(of: focused) ?? 0
    let next = panels[(index + distance + panels.count) % panels.count]
    focus[page] = next
    if zoomed != nil { zoomed = next }
  }

  private mutating func toggleZoom() {
    guard candidates.count > 1 else {
      say(Sentence.onlyPanel)
      return
    }
    zoomed = zoomed == nil ? focused : nil
  }

  private mutating func back() {
    if overlay != nil {
      overlay = nil
    } else if draft != nil && page == .schedule {
      draft = nil
      say(Sentence.draftDropped)
    } else if chosenLogEntry != nil && page == .log {
      chosenLogEntry = nil
    } else if sweepSelection != nil && page == .sweep {
      sweepSelection = nil
    } else if !logFilter.isEmpty && page == .log {
      logFilter = ""
    } else if window.cursor != nil && page == .train {
      window.cursor = nil
    } else if curves.isAlone && page == .curves {
      curves.isAlone = false
    } else if zoomed != nil {
      zoomed = nil
    } else if !gaugeFilter.isEmpty && page == .train {
      gaugeFilter = ""
    } else if page != homePage {
      page = homePage
    } else {
      say(Sentence.nothingToGoBackTo)
    }
  }

  private mutating func toggleLogarithmic() {
    let panel = focused
    guard panel.hasValueAxis else {
      say(Sentence.noValueAxis(panel))
      return
    }
    if logarithmic.remove(panel) == nil { logarithmic.insert(panel) }
    // Means are taken in the space that is drawn.
    if PanelName.smoothed.contains(panel) { smooth(panel) }
    say(Sentence.axis(panel, isLogarithmic: logarithmic.contains(panel)))
  }

  private mutating func toggleOutliers() {
    let panel = focused
    guard panel.hasOutliers else {
      say(Sentence.noOutliers(panel))
      return
    }
    if wholeRange.remove(panel) == nil { wholeRange.insert(panel) }
    say(Sentence.outliers(panel, areShown: wholeRange.contains(panel)))
  }

  private mutating func showNextMetric() {
    let metrics = history.bitMetrics
    guard let first = metrics.first else {
      say(Sentence.noBitMetrics)
      return
    }
    let next = metrics.firstIndex(of: bitMetric).map { ($0 + 1) % metrics.count }
    bitMetric = next.map { metrics[$0] } ?? first
    say(Sentence.showing(bitMetric))
  }

  private mutating func showNextSite() {
    let sites = run.sites
    guard sites.count > 1 else {
      say(Sentence.noOtherSite)
      return
    }
    rasterSite = (min(rasterSite, sites.count - 1) + 1) % sites.count
    browser.back = 0
    rasterRow = 0
    rasterColumn = 0
    say(Sentence.raster(of: sites[rasterSite]))
  }

  private mutating func show(site: String) {
    guard let index = run.sites.firstIndex(where: { $0.id == site }) else {
      say(Sentence.noSite(site, known: run.sites.map(\.id)), .error)
      return
    }
    (rasterSite, rasterRow, rasterColumn) = (index, 0, 0)
    browser.back = 0
    arrangeUnits()
    say(Sentence.raster(of: run.sites[index]))
  }

  private mutating func show(sample: Int) {
    guard sample < run.batchSize else {
      say(Sentence.noSample(sample, count: run.batchSize), .error)
      return
    }
    rasterSample = sample
    say(Sentence.askedFor(sample: sample))
  }

  private mutating func moveSample(by distance: Int) {
    let count = run.batchSize
    guard !run.sites.isEmpty, count > 1 else {
      say(Sentence.noOtherSample)
      return
    }
    rasterSample = (min(rasterSample, count - 1) + distance + count) % count
    say(Sentence.askedFor(sample: rasterSample))
  }

  /// Moves through rows; at the end of them the status says that there are no more.
  private mutating func scroll(_ scroll: Scroll) {
    if page == .runs && overlay == nil { return scrollRuns(scroll) }
    if page == .raster && overlay == nil { return moveUnit(scroll) }
    let before = scrolls
    if case .help(let offset) = overlay {
      overlay = .help(
        scroll: moved(
          offset, by: scroll, rows: max(1, size.height - 4),
          end: helpDialog.lastOffset(in: size)))
    } else if page == .log {
      // Counted from the end, so that the log follows what comes.
      let last = lastLogScroll
      let rows = max(1, self.rows(of: .log))
      logScroll = last - moved(last - logScroll, by: scroll, rows: rows, end: last)
    } else if page == .layers {
      let panel = focused
      layerScrolls[panel] = moved(
        layerScrolls[panel] ?? 0, by: scroll, rows: max(1, rows(of: panel)),
        end: lastScroll(of: panel))
    } else if page == .train {
      let end = showsGrid ? lastGridRow : 0
      gridRow = moved(gridRow, by: scroll, rows: 1, end: end)
    } else if page == .sweep {
      sweepRow = moved(
        sweepRow, by: scroll, rows: max(1, rows(of: .sweepTable) - 1), end: lastSweepRow)
    } else if page == .stability {
      // Counted from the end, as in the log.
      let last = lastStabilityScroll
      stabilityScroll =
        last
        - moved(
          last - stabilityScroll, by: scroll, rows: max(1, rows(of: .stabilityTable) - 1),
          end: last)
    }
    if before == scrolls { say(Sentence.nothingFurther) }
  }

  /// Everything that rows are moved in.
  private var scrolls: [Int] {
    var help = 0
    if case .help(let offset) = overlay { help = offset }
    return [help, logScroll, sweepRow, stabilityScroll, gridRow, layerScrolls[focused] ?? 0]
  }

  private mutating func scrollTime(by steps: Int) {
    let before = rasterColumn
    let window = rasterWindow(area: layout.area(of: .raster) ?? Rect(.zero))
    rasterColumn = min(window.lastFirstStep, max(0, rasterColumn + steps))
    if rasterColumn == before { say(Sentence.nothingFurther) }
  }

  private func moved(_ offset: Int, by scroll: Scroll, rows: Int, end: Int) -> Int {
    switch scroll {
    case .rows(let count): min(end, max(0, offset + count))
    case .pages(let count): min(end, max(0, offset + count * rows))
    case .start: 0
    case .end: end
    }
  }
}
