import Terminal

/// Where everything of one frame goes.
struct PageLayout {
  /// One row each; empty where the terminal has no room for it.
  let header: Rect
  let tabs: Rect
  let footer: Rect
  /// The panels that are shown.
  let places: [(panel: PanelName, area: Rect)]

  /// Terminals with fewer rows do without the line of screens.
  private static let leastHeightForTabs = 8
  private static let leastHeightForFooter = 3

  init(size: Size, page: Page, focused: PanelName, zoomed: PanelName?) {
    let parts = Rect(size).rows(
      .fixed(1), .fixed(size.height >= Self.leastHeightForTabs ? 1 : 0), .rest,
      .fixed(size.height >= Self.leastHeightForFooter ? 1 : 0))
    header = parts[0]
    tabs = parts[1]
    footer = parts[3]
    let body = parts[2]
    let grid = zoomed.map(Grid.panel) ?? Self.grid(of: page, size: body.size, focused: focused)
    places = grid.places(in: body)
  }

  private static func grid(of page: Page, size: Size, focused: PanelName) -> Grid {
    guard let grid = page.arrangements.first(where: { $0.suits(size) })?.grid else {
      return .panel(focused)
    }
    let panels = grid.panels
    return panels.contains(focused) || panels.isEmpty
      ? grid : grid.replacing(panels[0], by: focused)
  }

  /// The area of a panel; `nil` when it is not shown.
  func area(of panel: PanelName) -> Rect? {
    places.first { $0.panel == panel }?.area
  }
}

extension Dashboard {
  var layout: PageLayout {
    PageLayout(size: size, page: page, focused: focused, zoomed: zoomed)
  }

  /// The panel that keys apply to.
  package var focused: PanelName {
    if let zoomed { return zoomed }
    let candidates = page.candidates
    return focus[page].flatMap { candidates.contains($0) ? $0 : nil } ?? candidates[0]
  }

  /// Rows of units or lines that a panel shows inside its border; 0 when it is not shown.
  func rows(of panel: PanelName) -> Int {
    layout.area(of: panel).map { max(0, $0.height - 2) } ?? 0
  }

  /// Whether some panel in view is made from a raster.
  var showsRaster: Bool {
    layout.places.contains { place in
      (place.panel == .raster || place.panel == .population) && !place.area.isEmpty
    }
  }
}
