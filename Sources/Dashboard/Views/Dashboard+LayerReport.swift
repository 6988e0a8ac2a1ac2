import Engine
import Terminal

/// What the layers do at present: levels of sites, and weights with their gradients.
extension Dashboard {
  func levelLines(width: Int) -> [[Span]] {
    guard let layers, !layers.sites.isEmpty else {
      return waitingForLayers(run.sites.isEmpty ? "this run has no counts" : "no counts yet")
    }
    return layers.sites.flatMap { siteLevels($0, width: width) }
  }

  /// Levels and voltages as bars, and what they say in words.
  private func siteLevels(_ site: LayerReport.Site, width: Int) -> [[Span]] {
    let style = siteStyle(site.id)
    let highest = site.lowestLevel + site.shares.count - 1
    let range = " n \(site.lowestLevel) to \(highest)"
    let name = site.id + " "
    let room = max(4, width - name.cellWidth - range.cellWidth - 1)
    let bars = Sparkline(site.shares, range: AxisRange(0, site.shares.max() ?? 1))
      .text(width: min(room, site.shares.count), glyphs: glyphs)
    var lines = [[Span(name, style: style), Span(bars, style: style), Span(range, .dim)]]
    if site.shares.count <= 9 {
      let shares = site.shares.enumerated().map { index, share in
        "\(site.lowestLevel + index): \(Number.fixed(share * 100, decimals: 0)) %"
      }
      lines += Self.filled(shares, width: width - 2).map { [Span("  " + $0)] }
    }
    var units = [Span("  dead ", .dim), count(site.deadUnits, of: site.units)]
    units += [Span("  saturated ", .dim), count(site.saturatedUnits, of: site.units)]
    lines.append(units)
    let metrics: [(BitMetric, String)] = [
      (.bitsRange, "range"), (.bitsDistinct, "distinct"), (.bitsEntropy, "entropy"),
      (.significantBits, "signif"), (.popcount, "popcount"),
    ]
    let figures = metrics.compactMap { metric, title in
      site.metrics[metric.rawValue].map { "\(title) \(Number.fixed($0, decimals: 2))" }
    }
    lines += Self.filled(figures, width: width - 7).enumerated().map { index, line in
      [Span(index == 0 ? "  bits " : "       ", .dim), Span(line)]
    }
    if !site.voltages.isEmpty {
      let flat = 1 / Double(site.voltages.count)
      let bars = Sparkline(site.voltages, range: AxisRange(0, flat * 2))
        .text(width: site.voltages.count, glyphs: glyphs)
      lines.append([
        Span("  voltage 0 ", .dim), Span(bars, style: style), Span(" 1", .dim),
      ])
    }
    return lines
  }

  /// Words in lines of a width, as many as fit in each.
  private static func filled(_ words: [String], width: Int) -> [String] {
    words.reduce(into: [String]()) { lines, word in
      let last = lines.last.map { $0 + "  " + word }
      if let last, last.cellWidth <= width {
        lines[lines.count - 1] = last
      } else {
        lines.append(word)
      }
    }
  }

  private func count(_ units: Int, of all: Int) -> Span {
    Span("\(units) of \(all)", units > 0 ? .warning : .text)
  }

  func weightLines(width: Int) -> [[Span]] {
    guard let layers, !layers.weights.isEmpty else { return waitingForLayers("no update yet") }
    // Where there is little room their own size goes first, then what their names begin with.
    let isNarrow = width < 46
    let names = isNarrow ? layers.shortNames : layers.weights.map(\.name)
    let figures = isNarrow ? 20 : 29
    let nameWidth = max(6, min(width - figures, names.map(\.cellWidth).max() ?? 6))
    func line(_ name: Span, _ cells: [Span]) -> [Span] {
      let shown = cells.dropFirst(isNarrow ? 1 : 0).map { RowCell($0, 8, isNumber: true) }
      return RowCell.spans([RowCell(name, nameWidth)] + shown, ellipsis: glyphs.ellipsis)
    }
    let head = line(
      Span("rms of", .dim),
      [Span("weights", .dim), Span("gradient", .dim), Span("update/w", .dim)])
    return [head]
      + zip(layers.weights, names).map { weights, name in
        // Updates of about a thousandth of the weights are usual; far beyond is worth a look.
        let isLarge = weights.updateRatio > 0.03
        return line(
          Span(name),
          [
            Span(Figure.short(weights.size)), Span(Figure.loss(weights.gradient)),
            Span(Figure.loss(weights.updateRatio), isLarge ? .warning : .text),
          ])
      }
  }

  private func waitingForLayers(_ text: String) -> [[Span]] {
    guard run.summary != nil else { return [] }
    return [[Span(mode == .replay ? "not recorded" : text, .dim)]]
  }
}

extension LayerReport {
  /// What tells the weights apart: their own names, or those of their layers where these are all
  /// alike without them.
  fileprivate var shortNames: [String] {
    let parts = weights.map { $0.name.split(separator: ".") }
    let own = parts.map { $0.last.map(String.init) ?? "" }
    return zip(parts, own).map { parts, name in
      // Those of the readout mean nothing without it.
      let isClear = own.count { $0 == name } == 1 && parts.first != "readout"
      return isClear ? name : parts.dropLast(name == "weights" ? 1 : 0).joined(separator: ".")
    }
  }
}
