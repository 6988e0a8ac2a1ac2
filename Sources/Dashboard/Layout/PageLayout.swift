import Terminal

/// Where everything of one frame goes.
struct PageLayout {
  /// One row each; empty where the terminal has no room for it.
  let header: Rect
  let tabs: Rect
  let footer: Rect
  /// All between them.
  let body: Rect
  /// The panels that are shown.
  let places: [(panel: PanelName, area: Rect)]

  /// Terminals with fewer rows do without the line of screens.
  private static let leastHeightForTabs = 8
  private static let leastHeightForFooter = 3

  /// The grid is chosen by the size of the body.
  init(size: Size, grid: (Size) -> Grid) {
    let parts = Rect(size).rows(
      .fixed(1), .fixed(size.height >= Self.leastHeightForTabs ? 1 : 0), .rest,
      .fixed(size.height >= Self.leastHeightForFooter ? 1 : 0))
    header = parts[0]
    tabs = parts[1]
    body = parts[2]
    footer = parts[3]
    places = grid(body.size).places(in: body)
  }

  /// The area of a panel; `nil` when it is not shown.
  func area(of panel: PanelName) -> Rect? {
    places.first { $0.panel == panel }?.area
  }
}

extension Dashboard {
  var layout: PageLayout { layout(in: size) }

  func layout(in size: Size) -> PageLayout { PageLayout(size: size, grid: grid(in:)) }

  /// The panels in a body of a size: the zoomed one, or the first arrangement that suits, with the
  /// focused panel among them in any case.
  private func grid(in size: Size) -> Grid {
    if let zoomed { return .panel(zoomed) }
    if showsGrid { return .panel(.grid) }
    let focused = self.focused
    let candidates = self.candidates
    guard var grid = page.arrangements.first(where: { $0.suits(size) })?.grid else {
      return .panel(focused)
    }
    if page == .train && !has(.resolution) {
      grid = grid.replacing(.resolution, by: .learningRate)
    }
    if page == .schedule && has(.coupling) {
      grid = grid.replacing(.learningRate, by: .coupling)
    }
    guard let kept = grid.keeping(candidates.contains) else { return .panel(focused) }
    let panels = kept.panels
    return panels.contains(focused) ? kept : kept.replacing(panels[0], by: focused)
  }

  /// The panel that keys apply to.
  package var focused: PanelName {
    if let zoomed { return zoomed }
    let candidates = self.candidates
    return focus[page].flatMap { candidates.contains($0) ? $0 : nil } ?? candidates[0]
  }

  /// Rows of units or lines that a panel shows inside its border; 0 when it is not shown.
  func rows(of panel: PanelName) -> Int {
    layout.area(of: panel).map { max(0, $0.height - 2) } ?? 0
  }

  /// Whether some panel in view is made from a raster.
  var showsRaster: Bool {
    layout.places.contains { place in
      [.raster, .population, .neuron].contains(place.panel) && !place.area.isEmpty
    }
  }
}
