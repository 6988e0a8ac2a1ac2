/// Draws a curve into a dot grid. Every column of dots shows the extremes of all points in it, so
/// that no spike is lost however many points there are, and is joined to the one before.
struct CurveTracer {
  private let curve: Curve
  private let horizontal: Axis
  private let vertical: Axis
  private var grid: DotGrid
  /// The end of the line so far, in dots; nil after a gap.
  private var pen: (x: Double, y: Double)?

  static func draw(_ curve: Curve, horizontal: Axis, vertical: Axis, into grid: inout DotGrid) {
    guard grid.width > 0 && grid.height > 0 else { return }
    var tracer = CurveTracer(
      curve: curve, horizontal: horizontal, vertical: vertical, grid: grid)
    // The tracer must own the grid alone, or every curve would copy it.
    grid = DotGrid(.zero)
    tracer.trace()
    grid = tracer.grid
  }

  private init(curve: Curve, horizontal: Axis, vertical: Axis, grid: DotGrid) {
    self.curve = curve
    self.horizontal = horizontal
    self.vertical = vertical
    self.grid = grid
  }

  private mutating func trace() {
    let series = curve.series
    let seen = series.indices(from: horizontal.range.lower, through: horizontal.range.upper)
    if seen.lowerBound > 0 { join(pointOutside: seen.lowerBound - 1) }
    var index = seen.lowerBound
    var pointsPerColumn = 1
    while index < seen.upperBound {
      guard let place = dotColumn(series[index].x) else {
        index += 1
        continue
      }
      let column = Int(clamping: place + 0.5, to: 0...grid.width - 1)
      let next = min(
        seen.upperBound,
        series.end(of: index, near: index + pointsPerColumn) {
          (dotColumn($0) ?? -1) + 0.5 >= Double(column + 1)
        })
      drawPoints(index..<next, in: column)
      pointsPerColumn = next - index
      index = next
    }
    if seen.upperBound < series.count { join(pointOutside: seen.upperBound) }
  }

  /// The envelope of all points in one column, joined to what came before.
  private mutating func drawPoints(_ points: Range<Int>, in column: Int) {
    let (extremes, firstY, lastY) = curve.series.summary(of: points)
    let lowest = vertical.scale == .linear ? extremes.minimum : extremes.minimumAboveZero
    guard !extremes.isEmpty, let low = dotRow(lowest), let high = dotRow(extremes.maximum) else {
      pen = nil
      return
    }
    let first = dotRow(firstY)
    let last = dotRow(lastY)
    if let first, pen != nil {
      join(to: (Double(column), first))
      drawRun(column, high, low)
    } else {
      // The start of a line shows even where a broken line would leave it out.
      grid.set(column, row(high), curve.style)
      drawRun(column, high, low)
    }
    pen = last.map { (Double(column), $0) }
  }

  /// Joins a point outside of the chart, so that the line leaves it where it should.
  private mutating func join(pointOutside index: Int) {
    let point = curve.series[index]
    guard let x = dotColumn(point.x), let y = dotRow(point.y) else { return }
    if pen != nil { join(to: (x, y)) }
    pen = (x, y)
  }

  private mutating func join(to end: (x: Double, y: Double)) {
    guard let start = pen, end.x > start.x else { return }
    let slope = (end.y - start.y) / (end.x - start.x)
    let last = grid.width - 1
    let first = Int(clamping: start.x.rounded(.up), to: 0...last)
    let until = Int(clamping: end.x, to: 0...last)
    guard first <= until, slope.isFinite else { return }
    for column in first...until {
      let x = Double(column)
      if slope.magnitude <= 1 {
        let y = start.y + (x - start.x) * slope
        drawRun(column, y, y)
      } else {
        let left = start.y + (max(start.x, x - 0.5) - start.x) * slope
        let right = start.y + (min(end.x, x + 0.5) - start.x) * slope
        drawRun(column, min(left, right), max(left, right))
      }
    }
  }

  /// The dots of one column between two rows, as far as the chart reaches.
  private mutating func drawRun(_ column: Int, _ top: Double, _ bottom: Double) {
    let run = row(top)...max(row(top), row(bottom))
    let seen = run.clamped(to: 0...grid.height - 1)
    guard run.overlaps(0...grid.height - 1) else { return }
    if curve.line == .solid {
      grid.setRun(column, seen, curve.style)
      return
    }
    for row in seen where curve.line.shows(column: column, row: row, of: run) {
      grid.set(column, row, curve.style)
    }
  }

  /// The row of dots of a height, one beyond the grid for what is outside.
  private func row(_ height: Double) -> Int {
    Int(clamping: (height + 0.5).rounded(.down), to: -1...grid.height)
  }

  @inline(__always)
  private func dotColumn(_ x: Double) -> Double? {
    horizontal.place(x).map { $0 * Double(grid.width - 1) }
  }

  @inline(__always)
  private func dotRow(_ y: Double) -> Double? {
    vertical.place(y).map { (1 - $0) * Double(grid.height - 1) }
  }
}
