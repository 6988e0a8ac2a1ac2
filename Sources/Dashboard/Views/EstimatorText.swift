import Engine
import Foundation
import Terminal

/// What the marked estimator is in numbers and words: what is turned and what it comes to first,
/// then the rows that may be missing.
struct EstimatorText {
  let picker: EstimatorPicker
  let glyphs: Glyphs
  let width: Int

  var essentialRows: Int { figures.count + sliders.count }
  var furtherRows: Int { further.count }

  func draw(on canvas: Canvas) {
    var row = 0
    for line in figures {
      canvas.draw(line, at: Point(column: 0, row: row))
      row += 1
    }
    for slider in sliders {
      slider.draw(on: canvas[Rect(column: 0, row: row, width: canvas.width, height: 1)])
      row += 1
    }
    for line in further {
      canvas.draw(line, at: Point(column: 0, row: row))
      row += 1
    }
  }

  /// Support, mass and A - B at |w| = 1.
  private var figures: [[Span]] {
    let surrogate = picker.surrogate
    let mass = surrogate.mass.map {
      $0.isFinite ? Self.figure($0) : glyphs.infinity
    }
    let residual = surrogate.moments(radius: 1, angle: 1).negativeSide
    let parts = [
      [Span(surrogate.kind.support.title, .text)],
      [Span("mass ", .dim), Span(mass ?? "none", .text, .bold)],
      [Span("A-B ", .dim), Span(Self.figure(residual), .text, .bold)],
    ]
    let line = parts.dropFirst().reduce(parts[0]) { $0 + [Span("  ")] + $1 }
    let total = line.reduce(0) { $0 + $1.width }
    guard total > width else {
      let note = Span("  at |w| = 1", .dim)
      return [total + note.width <= width ? line + [note] : line]
    }
    return parts
  }

  /// Three digits; what is only rounding is 0.
  private static func figure(_ value: Double) -> String {
    value.magnitude < 1e-12 ? "0" : Figure.plain(value)
  }

  /// The numbers of the marked one, and its scale where it has a choice.
  private var sliders: [EstimatorSlider] {
    let kind = picker.estimator.kind
    let names = kind.parameters.map(\.name) + ["scale"]
    let nameWidth = names.reduce(0) { max($0, $1.cellWidth) }
    let values = picker.surrogate.parameters
    var sliders = zip(kind.parameters, values).enumerated().map { index, entry in
      let (parameter, value) = entry
      return EstimatorSlider(
        name: parameter.name, nameWidth: nameWidth, value: Figure.plain(value),
        share: EstimatorSlider.share(of: value, in: parameter), note: note(index, parameter),
        isSelected: picker.rows > 0 && index == picker.row)
    }
    if picker.rows > kind.parameters.count {
      sliders.append(
        EstimatorSlider(
          name: "scale", nameWidth: nameWidth, value: picker.estimator.normalization.rawValue,
          share: nil, note: "of " + picker.scales.map(\.rawValue).joined(separator: ", "),
          isSelected: picker.row == kind.parameters.count))
    }
    return sliders
  }

  /// The range of a number, or where it comes from.
  private func note(_ index: Int, _ parameter: Surrogate.Parameter) -> String {
    if picker.quantizer != nil, picker.estimator.followsSaturation,
      picker.estimator.given[index] == nil
    {
      return "where activations saturate"
    }
    let (lower, upper) = (parameter.range.lowerBound, parameter.range.upperBound)
    return "\(Figure.plain(lower)) to \(Figure.plain(upper))"
  }

  /// The formula, then its source.
  private var further: [[Span]] {
    let kind = picker.estimator.kind
    return Wrapping.lines(of: [Span("mu'(x) = \(kind.formula)", .text)], width: width)
      + Wrapping.lines(of: [Span(kind.source, .dim)], width: width)
  }
}

/// One number with its place in its range.
struct EstimatorSlider: Equatable {
  var name: String
  var nameWidth: Int
  var value: String
  /// 0...1; no bar without it.
  var share: Double?
  var note: String
  var isSelected: Bool

  private static let valueWidth = 7
  private static let leastBarWidth = 8
  private static let mostBarWidth = 24

  func draw(on canvas: Canvas) {
    let glyphs = canvas.glyphs
    let style = Style(isSelected ? .title : .text, isSelected ? .bold : [])
    let mark = isSelected ? String(Character(glyphs.selected)) : " "
    let blank = { (text: String, width: Int) in
      String(repeating: " ", count: max(0, width - text.cellWidth))
    }
    var column = canvas.draw(
      [
        Span("\(mark) ", .accent), Span(name + blank(name, nameWidth) + " ", .key),
        Span(value + blank(value, Self.valueWidth), style: style),
      ], at: .zero)
    if let share {
      let bar = min(Self.mostBarWidth, canvas.width - column)
      guard bar >= Self.leastBarWidth else { return }
      let part = Rect(column: column, row: 0, width: bar, height: 1)
      canvas.fill(part, with: glyphs.horizontal, .dim)
      ProgressBar(fraction: share, style: Style(isSelected ? .accent : .text)).draw(
        on: canvas[part])
      column += bar
    }
    if column + 1 + note.cellWidth <= canvas.width {
      canvas.draw(note, at: Point(column: column + 1, row: 0), .dim)
    }
  }

  /// The place of a number in its range, by its logarithm where the range is wide.
  static func share(of value: Double, in parameter: Surrogate.Parameter) -> Double {
    let (lower, upper) = (parameter.range.lowerBound, parameter.range.upperBound)
    guard case .add(let addend) = parameter.step else {
      return log(value / lower) / log(upper / lower)
    }
    guard lower == 0, upper / addend > 1000 else { return (value - lower) / (upper - lower) }
    return log1p(value / addend) / log1p(upper / addend)
  }
}

extension Surrogate.Support {
  fileprivate var title: String {
    switch self {
    case .oneSided: "one-sided"
    case .symmetric: "symmetric"
    case .asymmetric: "asymmetric"
    case .none: "no support"
    }
  }
}
