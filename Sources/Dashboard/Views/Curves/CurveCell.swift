import Engine
import Foundation
import Terminal

/// One learned curve: as it is bright, as it was some epochs ago and before training dim, its control
/// points, and below it where the data are.
struct CurveCell {
  let curve: CurveReport
  /// The column of a table, for its colour.
  var index = 0
  /// Heights shown; those of the curve when nil.
  var range: AxisRange?
  var isChosen = false
  var grip: CurveGrip?
  /// Whether there is room for labels, for what the lines are, and for where the data pull.
  var isLarge = false
  var pastEpochs = 0

  private static let leastHeightForDensity = 5
  private static let mostPull = 3

  func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let densityRows = densityRows(height: canvas.height)
    let parts = canvas.bounds.rows(
      .fixed(1), .rest, .fixed(canvas.height >= Self.leastHeightForDensity ? densityRows : 0))
    drawTitle(on: canvas[parts[0]])
    let chart = chart(on: canvas[parts[1]])
    chart.draw(on: canvas[parts[1]])
    if isLarge { drawPull(chart, on: canvas[parts[1]]) }
    drawDensity(chart, size: canvas[parts[1]].size, on: canvas[parts[2]])
  }

  private func densityRows(height: Int) -> Int {
    height >= 9 ? max(1, min(2, curve.density.count)) : min(1, curve.density.count)
  }

  private func drawTitle(on canvas: Canvas) {
    let mark = isChosen ? "\(Character(canvas.glyphs.selected)) " : "  "
    let title = (mark + curve.title).clipped(to: canvas.width, ellipsis: canvas.glyphs.ellipsis)
    canvas.draw(title, at: .zero, Style(isChosen ? .accent : .text, isChosen ? .bold : []))
    let words = curve.isFrozen ? "frozen" : curve.words
    if title.cellWidth + words.cellWidth + 2 <= canvas.width {
      canvas.drawRight([Span(words, curve.isFrozen ? .warning : .dim)], row: 0)
    }
  }

  private func chart(on canvas: Canvas) -> LineChart {
    let stretch = AxisRange(curve.inputs.lowerBound, curve.inputs.upperBound)
    var curves: [Curve] = []
    if curve.start.count > 1 {
      curves.append(Curve(samples: curve.start, over: stretch, Style(.dim), line: .dotted))
    }
    if curve.past.count > 1 {
      curves.append(
        Curve(
          samples: curve.past, over: stretch, Style(.series(index, isDimmed: true)), line: .dashed))
    }
    if curve.now.count > 1 {
      curves.append(Curve(samples: curve.now, over: stretch, Style(.series(index), .bold)))
    }
    var chart = LineChart(curves)
    chart.horizontalRange = stretch
    chart.verticalRange = range ?? Self.range(of: [curve])
    chart.hasHorizontalLabels = isLarge || canvas.height >= 9
    chart.emptyText = ""
    chart.markers = curve.points.enumerated().map { place, point in
      let isHeld = grip?.point == place
      return Marker(
        x: point.input, y: isHeld ? grip?.height ?? point.height : point.height,
        style: Style(isHeld ? .cursor : .series(index), .bold), isSelected: isHeld)
    }
    return chart
  }

  /// What all heights of some curves need, with some room.
  static func range(of curves: [CurveReport]) -> AxisRange? {
    let heights = curves.flatMap { $0.now + $0.start + $0.points.map(\.height) }
      .filter(\.isFinite)
    guard let least = heights.min(), let most = heights.max() else { return nil }
    let room = max((most - least) * 0.06, 1e-9 * max(abs(most), 1))
    return AxisRange(least - room, most + room)
  }

  /// From each point to where the data pull it, the longer the stronger.
  private func drawPull(_ chart: LineChart, on canvas: Canvas) {
    let largest = curve.points.map { abs($0.gradient) }.filter(\.isFinite).max() ?? 0
    guard largest > 0 else { return }
    for point in curve.points where point.gradient.isFinite && point.gradient != 0 {
      guard let column = chart.column(of: point.input, size: canvas.size),
        let row = chart.row(of: point.height, size: canvas.size)
      else { continue }
      // A tenth of the largest pull is one cell less.
      let strength = Double(Self.mostPull) + log10(abs(point.gradient) / largest)
      let length = Int(max(0, strength.rounded(.up)))
      let isUp = point.gradient < 0
      for distance in 1..<max(1, length) + 1 where length > 0 {
        let end = distance == length
        let glyph =
          end ? (isUp ? canvas.glyphs.above : canvas.glyphs.below) : canvas.glyphs.mark
        canvas.put(
          glyph, at: Point(column: column, row: row + (isUp ? -distance : distance)),
          Style(.warning))
      }
    }
  }

  /// Where the rows of each class are, the classes one below another where there is room.
  private func drawDensity(_ chart: LineChart, size: Size, on canvas: Canvas) {
    let classes = curve.density.filter { !$0.isEmpty }
    guard !classes.isEmpty, canvas.height > 0,
      let first = chart.column(of: curve.inputs.lowerBound, size: size),
      let last = chart.column(of: curve.inputs.upperBound, size: size), last > first
    else { return }
    let width = last - first + 1
    let columns = classes.map { Self.spread($0, over: width) }
    let most = max(columns.flatMap { $0 }.max() ?? 0, 1e-300)
    let ramp = canvas.glyphs.rising
    for column in 0..<width {
      for row in 0..<canvas.height {
        // In one row the class that has more rows there stands for all.
        let shown =
          canvas.height > 1
          ? row : columns.indices.max { columns[$0][column] < columns[$1][column] } ?? 0
        guard shown < columns.count else { continue }
        let share = columns[shown][column] / most
        guard share > 0 else { continue }
        let level = min(ramp.count - 1, Int(share * Double(ramp.count)))
        canvas.put(
          ramp[level], at: Point(column: first + column, row: row), Style(Self.classRole(shown)))
      }
    }
  }

  /// The colour of a class: after those of the first attributes.
  static func classRole(_ index: Int) -> Role { .series(5 + index) }

  /// A histogram over as many columns.
  private static func spread(_ parts: [Double], over width: Int) -> [Double] {
    (0..<width).map { column in parts[min(parts.count - 1, column * parts.count / width)] }
  }
}
