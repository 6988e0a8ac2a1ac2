/// Points of a chart joined one after the other wherever they lie, such as the way of a system
/// through its states. A point that has no place on the axes is a gap.
package struct PlanePath: Equatable, Sendable {
  /// (x, y) of each point.
  package var points: [SIMD2<Double>]
  package var style: Style
  package var line: LineStyle

  package init(_ points: [SIMD2<Double>], _ style: Style, line: LineStyle = .solid) {
    self.points = points
    self.style = style
    self.line = line
  }

  /// Draws into dots, clipped to them.
  func draw(horizontal: Axis, vertical: Axis, into grid: inout DotGrid) {
    guard grid.width > 0, grid.height > 0 else { return }
    var before: SIMD2<Double>?
    var length = 0
    for point in points {
      guard let x = horizontal.place(point.x), let y = vertical.place(point.y) else {
        before = nil
        continue
      }
      let dot = SIMD2(x * Double(grid.width - 1), (1 - y) * Double(grid.height - 1))
      if let ends = Self.clipped(before ?? dot, dot, to: grid) {
        join(ends.start, ends.end, after: &length, into: &grid)
      }
      before = dot
    }
  }

  /// Sets the dots between two places; how many were drawn before tells where the line is broken.
  private func join(
    _ start: SIMD2<Double>, _ end: SIMD2<Double>, after length: inout Int, into grid: inout DotGrid
  ) {
    let way = end - start
    let steps = Int(clamping: max(way.x.magnitude, way.y.magnitude).rounded(.up), to: 0...100_000)
    for step in 0...steps {
      let place = start + way * (steps > 0 ? Double(step) / Double(steps) : 0)
      let column = Int(clamping: place.x + 0.5, to: 0...grid.width - 1)
      let row = Int(clamping: place.y + 0.5, to: 0...grid.height - 1)
      length += 1
      if line.shows(column: length, row: 0, of: 0...0) { grid.set(column, row, style) }
    }
  }

  /// The part of a line that lies among the dots (Liang and Barsky 1984); `nil` where none does.
  private static func clipped(
    _ start: SIMD2<Double>, _ end: SIMD2<Double>, to grid: DotGrid
  ) -> (start: SIMD2<Double>, end: SIMD2<Double>)? {
    let way = end - start
    let far = SIMD2(Double(grid.width) - 0.5, Double(grid.height) - 0.5)
    var (from, until) = (0.0, 1.0)
    for axis in 0..<2 {
      for (speed, room) in [
        (-way[axis], start[axis] + 0.5), (way[axis], far[axis] - start[axis]),
      ] {
        if speed == 0 {
          if room < 0 { return nil }
        } else if speed < 0 {
          from = max(from, room / speed)
        } else {
          until = min(until, room / speed)
        }
      }
    }
    return from <= until ? (start + way * from, start + way * until) : nil
  }
}
