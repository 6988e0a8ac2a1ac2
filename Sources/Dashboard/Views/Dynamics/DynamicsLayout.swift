import Terminal

/// Where a raster or traces over the same time go within the border of a panel: labels at the left,
/// which take the same room in all of them, so that times stand below each other.
struct DynamicsLayout {
  /// Columns at the left: labels, then one for chosen neurons and one for influences.
  let margin: Int
  /// What the dots are drawn in.
  let plot: Rect
  /// The row of times below; `nil` where there is no room for it.
  let foot: Int?

  private static let labelWidth = 5
  private static let leastWidthForLabels = 24
  private static let leastHeightForFoot = 4

  /// For a panel of a size, border included.
  init(_ size: Size) {
    let inside = Rect(size).inset()
    let hasFoot = inside.height >= Self.leastHeightForFoot
    margin = inside.width >= Self.leastWidthForLabels ? Self.labelWidth + 2 : 0
    plot = Rect(
      column: margin, row: 0, width: inside.width - margin - (margin > 0 ? 1 : 0),
      height: inside.height - (hasFoot ? 1 : 0))
    foot = hasFoot ? inside.height - 1 : nil
  }
}
