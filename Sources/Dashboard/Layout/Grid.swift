import Terminal

/// A division of an area among panels.
indirect enum Grid: Sendable, Equatable {
  case panel(PanelName)
  case rows([Part])
  case columns([Part])

  /// A part of a grid and how much of the side it takes.
  struct Part: Sendable, Equatable {
    var extent: Extent
    var grid: Grid

    init(_ extent: Extent, _ grid: Grid) {
      self.extent = extent
      self.grid = grid
    }

    fileprivate func keeping(_ isKept: (PanelName) -> Bool) -> Part? {
      grid.keeping(isKept).map { Part(extent, $0) }
    }
  }

  /// Equal parts side by side.
  static func beside(_ panels: PanelName...) -> Grid {
    .columns(panels.map { Part(.rest, .panel($0)) })
  }

  /// Where each panel goes in an area.
  func places(in area: Rect) -> [(panel: PanelName, area: Rect)] {
    switch self {
    case .panel(let panel): [(panel, area)]
    case .rows(let parts):
      zip(parts, area.rows(parts.map(\.extent))).flatMap { $0.grid.places(in: $1) }
    case .columns(let parts):
      zip(parts, area.columns(parts.map(\.extent))).flatMap { $0.grid.places(in: $1) }
    }
  }

  var panels: [PanelName] {
    switch self {
    case .panel(let panel): [panel]
    case .rows(let parts), .columns(let parts): parts.flatMap(\.grid.panels)
    }
  }

  /// The grid without some of its panels, whose room the others get; `nil` when none is left.
  func keeping(_ isKept: (PanelName) -> Bool) -> Grid? {
    switch self {
    case .panel(let panel): return isKept(panel) ? self : nil
    case .rows(let parts):
      let rows = parts.compactMap { $0.keeping(isKept) }
      return rows.isEmpty ? nil : .rows(rows)
    case .columns(let parts):
      let columns = parts.compactMap { $0.keeping(isKept) }
      return columns.isEmpty ? nil : .columns(columns)
    }
  }

  /// The grid with one panel in the place of another.
  func replacing(_ old: PanelName, by new: PanelName) -> Grid {
    switch self {
    case .panel(let panel): .panel(panel == old ? new : panel)
    case .rows(let parts):
      .rows(parts.map { Part($0.extent, $0.grid.replacing(old, by: new)) })
    case .columns(let parts):
      .columns(parts.map { Part($0.extent, $0.grid.replacing(old, by: new)) })
    }
  }
}
