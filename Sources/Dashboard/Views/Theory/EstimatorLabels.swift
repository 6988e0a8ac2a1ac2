import Terminal

/// Names of estimators in panels that have no room for `leaky_relu(slope=0.2)`.
enum EstimatorLabels {
  /// Fewer letters tell no name.
  private static let leastLetters = 4
  /// Where not all find room, the first ones are no longer than this.
  private static let mostLetters = 10

  /// From the longest to the shortest: without what its numbers are called, and without them.
  static func forms(of name: String) -> [String] {
    guard let start = name.firstIndex(of: "("), name.hasSuffix(")") else {
      return [name, name, name]
    }
    let numbers = name[name.index(after: start)...].dropLast().split(separator: ",").map {
      $0.drop { $0 == " " }.split(separator: "=").last ?? ""
    }
    let word = String(name[..<start])
    return [name, "\(word)(\(numbers.joined(separator: ",")))", word]
  }

  /// The names below each other, each in the longest form of no more than `width` columns.
  static func fittingEach(_ names: [String], width: Int, glyphs: Glyphs) -> [String] {
    names.map { fitting([$0], width: width, glyphs: glyphs)[0] }
  }

  /// The names in the longest form in which all of them have no more than `width` columns together,
  /// at last all of them cut to so many letters. Where that is too much even so, they keep their
  /// words.
  static func fitting(_ names: [String], width: Int, glyphs: Glyphs) -> [String] {
    let forms = names.map(forms)
    for index in 0..<3 {
      let labels = forms.map { $0[index] }
      if labels.reduce(0, { $0 + $1.cellWidth }) <= width { return labels }
    }
    let words = forms.map { $0[2] }
    var length = words.reduce(0) { max($0, $1.cellWidth) }
    while length > leastLetters, words.reduce(0, { $0 + min($1.cellWidth, length) }) > width {
      length -= 1
    }
    let cut = words.map { $0.clipped(to: length, ellipsis: glyphs.ellipsis) }
    guard cut.reduce(0, { $0 + $1.cellWidth }) > width else { return cut }
    return words.map { $0.clipped(to: mostLetters, ellipsis: glyphs.ellipsis) }
  }
}
