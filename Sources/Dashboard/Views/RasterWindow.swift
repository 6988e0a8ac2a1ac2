import Engine
import Terminal

/// The part of a raster that a panel shows. Where more steps are asked for than there are columns, a
/// cell shows the largest magnitude of its steps.
struct RasterWindow: Equatable {
  /// Size of the raster.
  var units: Int
  var steps: Int
  /// Whether it is drawn in dots, eight to a cell, or in bars, one to a cell.
  var hasDots: Bool
  var visibleUnits: Int
  var visibleSteps: Int

  var lastFirstUnit: Int { max(0, units - visibleUnits) }
  var lastFirstStep: Int { max(0, steps - visibleSteps) }

  /// The units in view, such as `units 0-27 of 128`; rows counted from 1 where units are left out
  /// or sorted.
  func unitsText(first: Int, isWhole: Bool) -> String {
    guard visibleUnits > 0 else { return isWhole ? "" : "no unit" }
    let unit = min(first, lastFirstUnit)
    if !isWhole { return "rows \(unit + 1)-\(unit + visibleUnits) of \(units)" }
    return "units \(unit)-\(unit + visibleUnits - 1) of \(units)"
  }

  /// The time steps in view, such as `t 0-43 of 64`; empty when all are.
  func stepsText(first: Int, isShort: Bool) -> String {
    guard visibleSteps > 0, visibleSteps < steps else { return "" }
    let step = min(first, lastFirstStep)
    let text = "t \(step)-\(step + visibleSteps - 1)"
    return isShort ? text : "\(text) of \(steps)"
  }
}

extension Dashboard {
  /// What a raster panel with this area, border included, shows.
  func rasterWindow(area: Rect) -> RasterWindow {
    let all = shownRaster?.units ?? shownSite?.units ?? 0
    let units = page == .raster && shownRaster != nil ? unitRows.count : all
    let steps = shownRaster?.steps ?? 0
    let labels = page == .raster ? String(max(0, all - 1)).count + 2 + summaryWidth(area) : 0
    let width = max(0, area.width - 4 - labels)
    let height = max(0, area.height - 2)
    // Dots tell no magnitude, so they serve only where there is hardly any, and where bars
    // would leave out a third of the time.
    let hasDots =
      !glyphs.isASCII && page == .train && width * 3 < steps * 2
      && (shownRaster?.hasSmallCounts ?? false)
    return RasterWindow(
      units: units, steps: steps, hasDots: hasDots,
      visibleUnits: min(units, hasDots ? height * 4 : height),
      visibleSteps: min(steps, hasDots ? width * 2 : (page == .raster ? rasterSpan : nil) ?? width))
  }
}

extension Dashboard {
  /// The time steps that the Raster screen shows.
  var shownSteps: Range<Int> {
    guard let area = layout.area(of: .raster) else { return 0..<(shownRaster?.steps ?? 0) }
    let window = rasterWindow(area: area)
    let first = min(rasterColumn, window.lastFirstStep)
    return first..<first + window.visibleSteps
  }

  /// Columns of the bars beside the rows, as ``RasterView`` lays them out.
  private func summaryWidth(_ area: Rect) -> Int { max(4, (area.width - 4) / 12) }
}

extension Raster {
  /// The largest magnitude of all values; 0 when there are none.
  var largestMagnitude: Double {
    Double(values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 })
  }

  /// Whether nearly all is told by which counts are zero.
  fileprivate var hasSmallCounts: Bool { resolution.isFinite && largestMagnitude <= 2 }
}

/// A raster in braille dots: two time steps and four units to a cell, a dot for every count that
/// is not zero.
struct DotRaster {
  var raster: Raster
  var firstUnit: Int
  var steps: Range<Int>
  var style: Style

  /// The bit of each dot in a braille character, by unit and step within the cell.
  private static let bits: [[UInt32]] = [
    [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
  ]

  func draw(on canvas: Canvas) {
    for row in 0..<canvas.height {
      for column in 0..<min(canvas.width, (steps.count + 1) / 2) {
        let dots = dots(row: row, column: column)
        guard dots != 0, let scalar = Unicode.Scalar(0x2800 + dots) else { continue }
        canvas.put(scalar, at: Point(column: column, row: row), style)
      }
    }
  }

  private func dots(row: Int, column: Int) -> UInt32 {
    var dots: UInt32 = 0
    for (unitOffset, bits) in Self.bits.enumerated() {
      let unit = firstUnit + row * 4 + unitOffset
      guard unit < raster.units else { break }
      for (stepOffset, bit) in bits.enumerated() {
        let step = steps.lowerBound + column * 2 + stepOffset
        let index = unit * raster.steps + step
        guard step < steps.upperBound, index < raster.values.count else { continue }
        if raster.values[index] != 0 { dots |= bit }
      }
    }
    return dots
  }
}
