/// A box in the middle of the screen over everything else: help, a question, a list of commands.
package struct Dialog: Equatable, Sendable {
  /// One entry before wrapping.
  package enum Line: Hashable, Sendable {
    /// A key and what it does.
    case entry(key: String, text: String)
    case heading(String)
    /// Text that is wrapped.
    case text([Span])
    case blank

    package static func text(_ text: String, _ role: Role = .text) -> Line {
      .text([Span(text, role)])
    }
  }

  package var title: String
  package var lines: [Line]
  package var footer: [Span]
  /// Lines scrolled out at the top, where not all of them fit.
  package var offset = 0

  /// Text is hard to read in wider columns.
  private static let widestColumn = 60
  fileprivate static let gap = 3

  package init(_ title: String, lines: [Line], footer: [Span] = []) {
    self.title = title
    self.lines = lines
    self.footer = footer
  }

  package func draw(on canvas: Canvas) { layout(in: canvas.size).draw(on: canvas) }

  /// The largest offset that is of use: all rows from there on are shown.
  package func lastOffset(in size: Size) -> Int { layout(in: size).lastOffset }

  /// Whether everything is shown in full, none of it wrapped or scrolled out.
  package func fits(in size: Size) -> Bool {
    let layout = layout(in: size)
    let isWhole = naturalWidth(keyWidth) <= layout.width && layout.lastOffset == 0
    return isWhole && layout.shownRows >= layout.rows.count && !size.isEmpty
  }

  /// A screen that is lower or narrower gets no border but all of itself for the text.
  private static let leastBorderedSize = Size(width: 16, height: 5)

  /// The dialog as it is drawn on a screen of a size.
  package func layout(in size: Size) -> DialogLayout {
    let keyWidth = self.keyWidth
    let isBordered =
      size.width >= Dialog.leastBorderedSize.width && size.height >= Dialog.leastBorderedSize.height
    let bounds = Rect(size)
    let room = isBordered ? bounds.inset(columns: 2, rows: 1) : bounds
    let natural = max(naturalWidth(keyWidth), min(title.cellWidth + 4, Dialog.widestColumn))
    let width = isBordered ? min(natural, room.width) : room.width
    let rows = lines.enumerated().flatMap { index, line in
      DialogRow.rows(of: line, at: index, keyWidth: keyWidth, width: width)
    }
    let most = max(1, (room.width + Dialog.gap) / max(1, width + Dialog.gap))
    let wanted = (rows.count + room.height - 1) / max(1, room.height)
    let columns = min(most, max(1, wanted))
    let height = max(1, min(room.height, (rows.count + columns - 1) / columns))
    let boxSize = Size(
      width: columns * (width + Dialog.gap) - Dialog.gap + 4, height: height + 2)
    return DialogLayout(
      dialog: self, area: isBordered ? bounds.centered(boxSize) : bounds, isBordered: isBordered,
      keyWidth: keyWidth, rows: rows, width: width, height: height, columns: columns)
  }

  private var keyWidth: Int {
    lines.reduce(0) { widest, line in
      if case .entry(let key, _) = line { max(widest, key.cellWidth) } else { widest }
    }
  }

  private func naturalWidth(_ keyWidth: Int) -> Int {
    let widest = lines.reduce(0) { widest, line in
      switch line {
      case .entry(_, let text): max(widest, keyWidth + 2 + text.cellWidth)
      case .heading(let text): max(widest, text.cellWidth)
      case .text(let spans): max(widest, spans.reduce(0) { $0 + $1.width })
      case .blank: widest
      }
    }
    return max(1, min(widest, Dialog.widestColumn))
  }
}

/// Where the rows of a dialog go on a screen.
package struct DialogLayout {
  fileprivate let dialog: Dialog
  /// The part of the screen that is covered.
  package let area: Rect
  fileprivate let isBordered: Bool
  fileprivate let keyWidth: Int
  fileprivate let rows: [DialogRow]
  /// Size of a column of rows.
  fileprivate let width: Int
  fileprivate let height: Int
  fileprivate let columns: Int

  fileprivate var shownRows: Int { height * columns }
  fileprivate var lastOffset: Int { max(0, rows.count - shownRows) }

  /// Draws on the whole screen.
  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let box = canvas[area]
    box.fill()
    let first = min(max(0, dialog.offset), lastOffset)
    if isBordered {
      box.box(
        title: dialog.title, spans: position(first: first), footer: dialog.footer, isFocused: true)
    }
    for (row, part) in shown { row.draw(on: canvas[part], keyWidth: keyWidth) }
  }

  /// The rows in view and where they go on the screen.
  private var shown: [(row: DialogRow, part: Rect)] {
    let inside = isBordered ? area.inset(columns: 2) : area
    let first = min(max(0, dialog.offset), lastOffset)
    return rows[first...].prefix(shownRows).enumerated().map { index, row in
      let column = inside.column + index / height * (width + Dialog.gap)
      return (
        row, Rect(column: column, row: inside.row + index % height, width: width, height: 1)
      )
    }
  }

  /// The line of the dialog, counted from 0, at a place on the screen.
  package func line(at place: Point) -> Int? {
    shown.first { $0.part.contains(place) }?.row.line
  }

  /// Which rows are shown, where not all of them are.
  private func position(first: Int) -> [Span] {
    guard lastOffset > 0 else { return [] }
    return [Span("rows \(first + 1)-\(first + shownRows) of \(rows.count)", .dim)]
  }
}

/// One row of a dialog after wrapping.
struct DialogRow {
  private let key: String
  private let spans: [Span]
  private let isIndented: Bool
  /// The line of the dialog that it is of.
  let line: Int

  static func rows(
    of line: Dialog.Line, at index: Int, keyWidth: Int, width: Int
  ) -> [DialogRow] {
    switch line {
    case .blank:
      return [DialogRow(key: "", spans: [], isIndented: false, line: index)]
    case .heading(let text):
      return [
        DialogRow(
          key: "", spans: [Span(text, .title, .bold)], isIndented: false, line: index)
      ]
    case .text(let spans):
      return Wrapping.lines(of: spans, width: width).map {
        DialogRow(key: "", spans: $0, isIndented: false, line: index)
      }
    case .entry(let key, let text):
      let lines = Wrapping.lines(of: [Span(text)], width: width - keyWidth - 2)
      return lines.enumerated().map { row, spans in
        DialogRow(key: row == 0 ? key : "", spans: spans, isIndented: true, line: index)
      }
    }
  }

  func draw(on canvas: Canvas, keyWidth: Int) {
    if isIndented { canvas.draw(key, at: .zero, Style(.key)) }
    canvas.draw(spans, at: Point(column: isIndented ? keyWidth + 2 : 0, row: 0))
  }
}
