/// Turns a value of a raster into a cell.
struct RasterScale {
  private let largest: Double
  private let full: Double

  init(_ values: [Float], full: Double?) {
    var largest: Float = 0
    var areCounts = true
    for value in values where value.isFinite {
      largest = max(largest, value.magnitude)
      areCounts = areCounts && value == value.rounded()
    }
    self.largest = max(Double(largest), 1e-30)
    self.full = max(full ?? (areCounts ? max(self.largest, 3) : self.largest), 1e-30)
  }

  func cell(
    of value: Double, _ shape: RasterView.Shape, _ coloring: RasterView.Coloring, _ glyphs: Glyphs
  ) -> Cell {
    let ramp = shape == .bars ? glyphs.rising : glyphs.shades
    let height = value.magnitude / (shape == .bars ? full : largest) * Double(ramp.count)
    // Rounded up: however small, a value that is not zero shows.
    let index = Int(clamping: height.rounded(.up) - 1, to: 0...max(0, ramp.count - 1))
    let scalar = index < ramp.count ? ramp[index] : "#"
    return Cell(scalar, Style(role(of: value, coloring)))
  }

  private func role(of value: Double, _ coloring: RasterView.Coloring) -> Role {
    let share = min(1, value.magnitude / largest)
    switch coloring {
    case .roles(let positive, let negative):
      return value < 0 ? negative : positive
    case .gradient(.signed):
      // The middle of the gradient is the colour of zero; small values keep clear of it.
      let reach = (48 + 79 * share) * (value < 0 ? -1 : 1)
      return .gradient(.signed, level: UInt8(Int(clamping: 128 + reach, to: 0...255)))
    case .gradient(let gradient):
      return .gradient(gradient, level: UInt8(Int(clamping: 255 * share, to: 0...255)))
    }
  }
}
