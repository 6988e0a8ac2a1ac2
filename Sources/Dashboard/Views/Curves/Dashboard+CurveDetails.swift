import Engine
import Terminal

/// What learned curves are made of, and whether they are well.
extension Dashboard {
  // MARK: Coefficients

  /// A row a power: its coefficient as a bar, how far its gate is open, and how both came about.
  func drawCoefficients(on canvas: Canvas) {
    var panel = Panel(PanelName.coefficients.rawValue, isFocused: isMarkedFocused(.coefficients))
    let layer = curves.layer
    panel.spans = layer.map { [Span($0.isFrozen ? "frozen" : $0.id, .dim)] } ?? []
    panel.footer = layer.map { [Span($0.outline, .dim)] } ?? []
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard let layer else { return }
    let most = layer.coefficients.map(abs).filter(\.isFinite).max() ?? 0
    for (power, value) in layer.coefficients.enumerated().prefix(room.height) {
      let line = Rect(column: 0, row: power, width: room.width, height: 1)
      drawCoefficient(power, value, of: layer, full: most, on: room[line])
    }
  }

  private func drawCoefficient(
    _ power: Int, _ value: Double, of layer: CurveLayerReport, full: Double, on canvas: Canvas
  ) {
    let hasGates = !layer.gates.isEmpty
    let isWide = canvas.width >= 40
    let parts = canvas.bounds.columns(
      .fixed(3), .rest, .fixed(9), .fixed(hasGates ? 5 : 0), .fixed(isWide ? 12 : 0))
    let role: Role = value < 0 ? .series(1) : .series(0)
    canvas[parts[0]].draw("\(power)", at: .zero, .dim)
    let share = full > 0 ? (value.magnitude / full).asShare : 0
    ProgressBar(fraction: share, style: Style(role)).draw(on: canvas[parts[1]])
    canvas[parts[2]].drawRight([Span(Figure.short(value), role)], row: 0)
    if hasGates, power > 0, layer.gates.indices.contains(power - 1) {
      let open = layer.gates[power - 1].asShare
      let shade = glyphs.shades[min(glyphs.shades.count - 1, Int(open * 4))]
      canvas[parts[3]].draw(" \(Character(shade)) \(Int(open * 100))", at: .zero, .dim)
    }
    if isWide {
      let course = curves.course { look in
        let other = look.layers.first { $0.id == layer.id }
        return other.flatMap {
          $0.coefficients.indices.contains(power) ? $0.coefficients[power].magnitude : nil
        }
      }
      Sparkline(course, style: Style(role)).draw(on: canvas[parts[4].inset(left: 1)])
    }
  }

  // MARK: Health

  func drawHealth(on canvas: Canvas) {
    let panel = Panel(PanelName.health.rawValue, isFocused: isMarkedFocused(.health))
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    let items = curves.shown?.health ?? []
    // What is not well is seen in small panels too.
    let ordered = items.filter(\.isAlarming) + items.filter { !$0.isAlarming }
    for (row, item) in ordered.enumerated().prefix(room.height) {
      let value = Span(Figure.short(item.value), item.isAlarming ? .error : .text)
      let title = item.title.clipped(
        to: max(0, room.width - value.width - 1), ellipsis: glyphs.ellipsis)
      room.draw(title, at: Point(column: 0, row: row), item.isAlarming ? Style(.error) : .dim)
      room.drawRight([value], row: row)
    }
  }

  // MARK: Polynomial

  func drawPolynomial(on canvas: Canvas) {
    var panel = Panel(PanelName.polynomial.rawValue, isFocused: isMarkedFocused(.polynomial))
    let polynomial = curves.shown?.polynomial
    panel.spans =
      polynomial.map { [Span("degree \($0.degree), \($0.monomials) monomials", .dim)] } ?? []
    let inside = panel.draw(on: canvas)
    let room = inside[inside.bounds.inset(columns: 1, rows: 0)]
    guard let polynomial else { return }
    guard !polynomial.largest.isEmpty else {
      room.draw("too many to expand", at: .zero, .dim)
      return
    }
    Bars(
      polynomial.largest.map {
        Bars.Bar($0.name, $0.value, style: Style($0.value < 0 ? .series(1) : .series(0)))
      }
    ).draw(on: room)
  }
}

extension Rect {
  /// Without some columns at the left.
  func inset(left columns: Int) -> Rect {
    Rect(column: column + columns, row: row, width: max(0, width - columns), height: height)
  }
}

extension Double {
  /// Within 0...1, and 0 where it is no number.
  var asShare: Double { isNaN ? 0 : min(max(self, 0), 1) }
}
