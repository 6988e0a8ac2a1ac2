import Terminal

/// A column of a table; the higher the weight, the sooner it is left out.
struct TableColumn<Row> {
  var title: String
  var width: Int
  var weight: Int
  var isNumber = true
  var value: (Row) -> [Span]
  /// What stands below all rows.
  var summary: String?

  init(
    _ title: String, width: Int, weight: Int, isNumber: Bool = true,
    value: @escaping (Row) -> [Span]
  ) {
    self.title = title
    self.width = width
    self.weight = weight
    self.isNumber = isNumber
    self.value = value
  }

  /// The columns that fit into a width with a gap after each.
  static func fitting(_ columns: [Self], into width: Int) -> [Self] {
    var kept = columns
    while kept.reduce(0, { $0 + $1.width + 1 }) > width,
      let heaviest = kept.map(\.weight).max(), heaviest > 0
    {
      kept.removeAll { $0.weight == heaviest }
    }
    return kept
  }

  /// The spans of a cell, which are at most as wide as the column, and the gap after it.
  func cell(_ row: Row) -> [Span] { padded(value(row)) }

  var head: [Span] { padded([Span(title, .dim)]) }

  var foot: [Span] { padded([Span(summary ?? "", .dim)]) }

  private func padded(_ spans: [Span]) -> [Span] {
    let missing = width - spans.reduce(0) { $0 + $1.text.cellWidth }
    let blank = Span(String(repeating: " ", count: max(0, missing)))
    return (isNumber ? [blank] + spans : spans + [blank]) + [Span(" ")]
  }
}
