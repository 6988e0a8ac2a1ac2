/// Breaks text into lines at spaces.
package enum Wrapping {
  /// Lines of at most `width` columns, at least one for each line of the text.
  package static func lines(of text: String, width: Int, style: Style = .text) -> [[Span]] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { lines(of: [Span(String($0), style: style)], width: width) }
  }

  /// Lines of at most `width` columns, at least one; words that are longer are broken.
  package static func lines(of spans: [Span], width: Int) -> [[Span]] {
    guard width > 0 else { return [[]] }
    var lines: [[Span]] = [[]]
    var used = 0
    for span in spans {
      for word in words(of: span.text) {
        var piece = word
        if used + piece.cellWidth > width && used > 0 {
          lines.append([])
          used = 0
          piece = String(piece.drop { $0 == " " })
        }
        while piece.cellWidth > width {
          let head = piece.unicodeScalars.prefix(width)
          append(Span(String(head), style: span.style), to: &lines[lines.count - 1])
          piece.unicodeScalars.removeFirst(head.count)
          lines.append([])
        }
        append(Span(piece, style: span.style), to: &lines[lines.count - 1])
        used += piece.cellWidth
      }
    }
    return lines
  }

  private static func append(_ span: Span, to line: inout [Span]) {
    if let last = line.last, last.style == span.style {
      line[line.count - 1].text += span.text
    } else if !span.text.isEmpty {
      line.append(span)
    }
  }

  /// Words, each with the spaces before it.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var isInSpaces = true
    for character in text {
      let isSpace = character == " "
      if words.isEmpty || (isSpace && !isInSpaces) { words.append("") }
      words[words.count - 1].append(character)
      isInSpaces = isSpace
    }
    return words
  }
}
