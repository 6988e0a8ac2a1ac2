/// A colour as 8-bit red, green and blue, with its stand-ins on terminals that have fewer.
package struct Color: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8
  /// Index in the xterm palette of 256.
  package let index256: UInt8
  /// Index among the 16 colours of the terminal.
  package let index16: UInt8

  /// `rgb` is 0xRRGGBB; indices that are not given are the nearest to the eye.
  package init(_ rgb: UInt32, index256: UInt8? = nil, index16: UInt8? = nil) {
    red = UInt8(truncatingIfNeeded: rgb >> 16)
    green = UInt8(truncatingIfNeeded: rgb >> 8)
    blue = UInt8(truncatingIfNeeded: rgb)
    self.index256 = index256 ?? ColorPalette.nearest(to: rgb, among: 16..<256)
    self.index16 = index16 ?? ColorPalette.nearest(to: rgb, among: 0..<16)
  }

  /// The colour as 0xRRGGBB.
  package var rgb: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// The colour as `#rrggbb`.
  package var hex: String {
    let digits = String(rgb, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The colour a `fraction` (0...1) of the way to another.
  package func mixed(with other: Color, fraction: Double) -> Color {
    Color(ColorPalette.mix(rgb, other.rgb, fraction))
  }
}

/// The palettes of terminals and the distance between colours.
enum ColorPalette {
  /// What most terminals show for their 16 colours.
  private static let sixteen: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  private static let labs: [(Double, Double, Double)] = (0..<256).map { lab(rgb(of: $0)) }

  /// The colour of an index of the xterm palette, as 0xRRGGBB.
  static func rgb(of index: Int) -> UInt32 {
    if index < 16 { return sixteen[max(0, index)] }
    if index >= 232 { return UInt32(8 + 10 * (min(index, 255) - 232)) * 0x010101 }
    let level = { (step: Int) in UInt32(step == 0 ? 0 : 55 + 40 * step) }
    let cube = index - 16
    return level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)
  }

  /// The index in `range` whose colour is nearest in OKLab.
  static func nearest(to rgb: UInt32, among range: Range<Int>) -> UInt8 {
    let wanted = lab(rgb)
    let distance = { (index: Int) in
      let one = labs[index]
      let (light, green, blue) = (one.0 - wanted.0, one.1 - wanted.1, one.2 - wanted.2)
      return light * light + green * green + blue * blue
    }
    let best = range.min { distance($0) < distance($1) } ?? 7
    return UInt8(truncatingIfNeeded: best)
  }

  static func mix(_ from: UInt32, _ to: UInt32, _ fraction: Double) -> UInt32 {
    [UInt32(16), 8, 0].reduce(0) { mixed, shift in
      let start = Double(from >> shift & 0xFF)
      let end = Double(to >> shift & 0xFF)
      let value = Int(clamping: start + (end - start) * fraction + 0.5, to: 0...255)
      return mixed | UInt32(value) << shift
    }
  }

  /// Lightness and the two opponent axes of OKLab, in which distances are as the eye sees them.
  private static func lab(_ rgb: UInt32) -> (Double, Double, Double) {
    let channel = { (shift: UInt32) in
      let value = Double(rgb >> shift & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
    }
    let (red, green, blue) = (channel(16), channel(8), channel(0))
    let long = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let middle = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
      0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
      1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
      0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    )
  }
}
