/// What tells a series from the others where its colour cannot: a marker beside its name, and how
/// its line is broken up.
package struct SeriesMark: Hashable, Sendable {
  /// One column wide.
  package var marker: Unicode.Scalar
  package var line: LineStyle

  package init(_ marker: Unicode.Scalar, _ line: LineStyle) {
    self.marker = marker
    self.line = line
  }

  /// Marks that differ in any font that has geometric shapes.
  package static let standard: [SeriesMark] = [
    SeriesMark("●", .solid), SeriesMark("▲", .dashed), SeriesMark("■", .dotted),
    SeriesMark("◆", .dashDotted), SeriesMark("○", .solid), SeriesMark("△", .dashed),
    SeriesMark("□", .dotted), SeriesMark("◇", .dashDotted),
  ]

  /// Markers for terminals that show ASCII only.
  static let plainMarkers: [Unicode.Scalar] = ["o", "+", "#", "x", "*", "@", "%", "="]
}

extension Glyphs {
  /// These glyphs with the marks of a theme.
  package func marked(by theme: Theme) -> Glyphs {
    var glyphs = self
    glyphs.seriesMarks = theme.marks
    return glyphs
  }

  /// The mark of a series, 0 based; the list is repeated when the index is past its end.
  package func mark(ofSeries index: Int) -> SeriesMark {
    let marks = seriesMarks.isEmpty ? SeriesMark.standard : seriesMarks
    var mark = marks[index % marks.count]
    if isASCII && !mark.marker.isASCII {
      mark.marker = SeriesMark.plainMarkers[index % SeriesMark.plainMarkers.count]
    }
    return mark
  }
}
