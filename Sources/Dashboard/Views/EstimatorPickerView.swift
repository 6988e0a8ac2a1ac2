import Engine
import Terminal

/// The estimators to pick from, with the curve of the marked one over the staircase that it stands
/// for, and its numbers. On small terminals the curve goes first, list and numbers stay.
struct EstimatorPickerView {
  let picker: EstimatorPicker
  let glyphs: Glyphs

  /// Where the parts go on a screen; a chart without rows is not drawn.
  struct Layout: Equatable {
    var area: Rect
    var isBordered: Bool
    var list = Rect(.zero)
    var chart = Rect(.zero)
    var numbers = Rect(.zero)
    /// The first estimator in view.
    var first = 0
  }

  private static let largest = Size(width: 112, height: 36)
  private static let leastBordered = Size(width: 16, height: 5)
  /// With fewer columns the numbers go below the list.
  private static let leastWidthBeside = 34
  private static let leastChartHeight = 5
  private static let leastChartWidth = 14

  func layout(in size: Size) -> Layout {
    // The line below says what was done, where it can be spared.
    let room = size.height > 16 ? Rect(size).inset(columns: 1, rows: 1) : Rect(size)
    let area = room.centered(Self.largest)
    let isBordered =
      area.width >= Self.leastBordered.width && area.height >= Self.leastBordered.height
    var layout = Layout(area: area, isBordered: isBordered)
    let inside = isBordered ? area.inset() : area
    let names = picker.entries.reduce(0) { max($0, $1.name.cellWidth) } + 3
    if inside.width >= Self.leastWidthBeside {
      let parts = inside.columns(.fixed(min(names, inside.width / 2)), .fixed(1), .rest)
      layout.list = parts[0]
      divide(parts[2], into: &layout)
    } else {
      let text = EstimatorText(picker: picker, glyphs: glyphs, width: inside.width)
      let parts = inside.rows(
        .fixed(max(1, inside.height - text.essentialRows)), .rest)
      (layout.list, layout.numbers) = (parts[0], parts[1])
    }
    layout.first = max(
      0,
      min(
        picker.selected - layout.list.height / 2, picker.entries.count - layout.list.height))
    return layout
  }

  /// The chart above the numbers; what may be missing of the text makes room for it.
  private func divide(_ part: Rect, into layout: inout Layout) {
    let text = EstimatorText(picker: picker, glyphs: glyphs, width: part.width)
    let rest = part.height - text.essentialRows
    let isLargeEnough = rest >= Self.leastChartHeight && part.width >= Self.leastChartWidth
    let height = isLargeEnough ? max(Self.leastChartHeight, rest - text.furtherRows) : 0
    let parts = part.rows(.fixed(height), .rest)
    (layout.chart, layout.numbers) = (parts[0], parts[1])
  }

  /// The estimator in the list at a place on the screen.
  func entry(at place: Point, in size: Size) -> Int? {
    let layout = layout(in: size)
    guard layout.list.contains(place) else { return nil }
    let entry = layout.first + place.row - layout.list.row
    return entry < picker.entries.count ? entry : nil
  }

  /// Draws on the whole screen.
  func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let layout = layout(in: canvas.size)
    let box = canvas[layout.area]
    box.fill()
    if layout.isBordered {
      Panel(title, spans: [subtitle], footer: footer(width: box.width), isFocused: true)
        .draw(on: box)
    }
    drawList(layout, on: canvas[layout.list])
    if !layout.chart.isEmpty {
      EstimatorChart(picker: picker).draw(on: canvas[layout.chart])
    }
    EstimatorText(picker: picker, glyphs: glyphs, width: layout.numbers.width)
      .draw(on: canvas[layout.numbers])
  }

  private var title: String { picker.scope == .nothing ? "surrogates" : "estimator" }

  private var subtitle: Span {
    switch picker.scope {
    case .numbers(let relu):
      Span("\(relu.bits)-bit quantized ReLU, thresholds \(relu.thresholds.rawValue)", .dim)
    case .step: Span("of a step at 0", .dim)
    case .nothing: Span("not to be changed while training", .warning)
    }
  }

  /// The keys, as many as there is room for.
  private func footer(width: Int) -> [Span] {
    let turning = picker.rows > 0 ? [("Tab", "which"), ("h l", "turn")] : []
    let applying = picker.scope == .nothing ? [] : [("Enter", "apply")]
    let keys = applying + [("Esc", "leave"), ("j k", "choose")] + turning
    var (spans, left): ([Span], Int) = ([], width - 4)
    for (key, text) in keys {
      let entry = [Span(spans.isEmpty ? "" : "  "), Span(key, .key), Span(" \(text)", .dim)]
      left -= entry.reduce(0) { $0 + $1.width }
      guard left >= 0 else { break }
      spans += entry
    }
    return spans
  }

  private func drawList(_ layout: Layout, on canvas: Canvas) {
    for (row, entry) in picker.entries[layout.first...].prefix(canvas.height).enumerated() {
      let isSelected = layout.first + row == picker.selected
      let isPresent = entry.kind == picker.present?.kind
      let name = entry.name.clipped(to: canvas.width - 3, ellipsis: glyphs.ellipsis)
      canvas.draw(
        [
          Span(isSelected ? String(Character(glyphs.selected)) : " ", .accent),
          Span(isPresent ? String(Character(glyphs.point)) : " ", .good),
          Span(name, isSelected ? .title : .text, isSelected ? [.bold, .reverse] : []),
        ], at: Point(column: 0, row: row))
    }
  }
}
