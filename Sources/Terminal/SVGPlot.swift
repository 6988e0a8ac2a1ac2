/// A chart of lines as a vector picture for publications: axes with round numbers, the lines in the
/// colours of a theme and each broken up in its own way, and a legend.
///
/// A line of many points is drawn by the extremes of each pixel column, so that no peak is lost.
package struct SVGPlot {
  package struct Line {
    package var name: String
    package var series: Series

    package init(_ name: String, _ series: Series) {
      self.name = name
      self.series = series
    }
  }

  package var theme: Theme
  package var lines: [Line] = []
  package var title = ""
  package var horizontalTitle = ""
  package var horizontalScale = Scale.linear
  package var verticalScale = Scale.linear
  /// In pixels.
  package var width = 640
  package var height = 400

  private static let fontSize = 13.0
  private static let left = 64.0
  private static let right = 16.0
  private static let bottom = 46.0
  private static let legendRow = 18.0

  package init(theme: Theme) { self.theme = theme }

  /// Pixels that the names of the lines take.
  package var legendHeight: Int { Int(Self.legendRow) * lines.count }

  private var top: Double { 14 + (title.isEmpty ? 0 : 22) + Self.legendRow * Double(lines.count) }
  private var plotWidth: Double { max(10, Double(width) - Self.left - Self.right) }
  private var plotHeight: Double { max(10, Double(height) - top - Self.bottom) }

  /// The picture; without any point it says so.
  package var text: String {
    var svg = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-size="\(pixels(Self.fontSize))" \
      font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
      <rect width="100%" height="100%" fill="\(theme.pictureBackground.hex)"/>

      """
    if !title.isEmpty {
      svg += label(title, x: Self.left, y: 24, anchor: "start", isBold: true)
    }
    var chart = LineChart(lines.map { Curve($0.series, .text) })
    chart.horizontalScale = horizontalScale
    chart.verticalScale = verticalScale
    guard let ranges = chart.ranges else {
      return svg + label("no values", x: Double(width) / 2, y: Double(height) / 2, anchor: "middle")
        + "</svg>\n"
    }
    let horizontal = Axis(scale: horizontalScale, range: ranges.horizontal)
    let vertical = Axis(scale: verticalScale, range: ranges.vertical)
    svg += grid(horizontal, vertical)
    for (index, line) in lines.enumerated() {
      svg += path(of: line.series, index, horizontal, vertical) + legend(line.name, index)
    }
    return svg + "</svg>\n"
  }

  // MARK: Axes

  private func grid(_ horizontal: Axis, _ vertical: Axis) -> String {
    let ink = theme.pictureForeground.mixed(with: theme.pictureBackground, fraction: 0.8).hex
    var svg = ""
    for tick in Ticks.of(horizontal, count: max(2, Int(plotWidth / 80))) {
      guard let place = horizontal.place(tick.value) else { continue }
      let x = Self.left + place * plotWidth
      svg += stroke("M\(pixels(x)) \(pixels(top))V\(pixels(top + plotHeight))", ink)
      svg += label(tick.label, x: x, y: top + plotHeight + 18, anchor: "middle")
    }
    for tick in Ticks.of(vertical, count: max(2, Int(plotHeight / 45))) {
      guard let place = vertical.place(tick.value) else { continue }
      let y = top + (1 - place) * plotHeight
      svg += stroke("M\(pixels(Self.left)) \(pixels(y))H\(pixels(Self.left + plotWidth))", ink)
      svg += label(tick.label, x: Self.left - 8, y: y + 4, anchor: "end")
    }
    svg += label(
      horizontalTitle, x: Self.left + plotWidth / 2, y: Double(height) - 10, anchor: "middle")
    return svg
  }

  private func stroke(_ path: String, _ ink: String) -> String {
    "<path d=\"\(path)\" fill=\"none\" stroke=\"\(ink)\" stroke-width=\"1\"/>\n"
  }

  private func label(
    _ text: String, x: Double, y: Double, anchor: String, isBold: Bool = false
  ) -> String {
    guard !text.isEmpty else { return "" }
    return "<text x=\"\(pixels(x))\" y=\"\(pixels(y))\" text-anchor=\"\(anchor)\" "
      + "fill=\"\(theme.pictureForeground.hex)\"\(isBold ? " font-weight=\"bold\"" : "")>"
      + SVGWriter.escaped(text) + "</text>\n"
  }

  // MARK: Lines

  private func ink(_ index: Int) -> String {
    let style = Style(.series(index))
    let appearance = theme.appearance(of: style, depth: .twoHundredFiftySix)
    return (appearance.foreground ?? theme.pictureForeground).hex
  }

  private func paint(_ index: Int) -> String {
    let dashes = ["", "7 4", "2 3", "7 3 2 3"][index % 4]
    return "fill=\"none\" stroke=\"\(ink(index))\" stroke-width=\"1.8\" stroke-linejoin=\"round\""
      + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"")
  }

  private func legend(_ name: String, _ index: Int) -> String {
    let y = 14 + (title.isEmpty ? 0 : 22) + Self.legendRow * Double(index)
    return "<path d=\"M\(pixels(Self.left)) \(pixels(y))h28\" \(paint(index))/>\n"
      + label(name, x: Self.left + 36, y: y + 4, anchor: "start")
  }

  private func path(
    of series: Series, _ index: Int, _ horizontal: Axis, _ vertical: Axis
  ) -> String {
    var path = ""
    var isDown = false
    for (x, y) in points(of: series, horizontal) {
      guard let across = horizontal.place(x), let up = vertical.place(y) else {
        isDown = false
        continue
      }
      path += isDown ? "L" : "M"
      path += "\(pixels(Self.left + across * plotWidth)) "
      path += pixels(top + (1 - up) * plotHeight)
      isDown = true
    }
    return path.isEmpty ? "" : "<path d=\"\(path)\" \(paint(index))/>\n"
  }

  /// All points, or of many the first, the lowest, the highest and the last of each half pixel.
  private func points(of series: Series, _ horizontal: Axis) -> [(x: Double, y: Double)] {
    let columns = Int(plotWidth * 2)
    guard series.count > columns * 4 else {
      return (0..<series.count).map { series[$0] }
    }
    var points: [(x: Double, y: Double)] = []
    var start = 0
    while start < series.count {
      let column = horizontal.place(series[start].x).map { Int($0 * Double(columns)) }
      let end = series.lowerBound(from: start) {
        horizontal.place($0).map { Int($0 * Double(columns)) } ?? -1 > column ?? -1
      }
      let range = start..<max(end, start + 1)
      let extremes = series.extremes(in: range)
      let x = series[start].x
      points.append(series[start])
      if range.count > 2, !extremes.isEmpty {
        points += [(x, extremes.minimum), (x, extremes.maximum)]
      }
      if range.count > 1 { points.append(series[range.upperBound - 1]) }
      start = range.upperBound
    }
    return points
  }

  private func pixels(_ value: Double) -> String { Number.fixed(value, decimals: 1) }
}
