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

  /// What a terminal with 256 colours shows for this colour.
  package var standIn256: Color {
    Color(ColorPalette.rgb(of: Int(index256)), index256: index256, index16: index16)
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

  private static let labs: [OKLab] = (0..<256).map { OKLab(LinearRGB(rgb(of: $0))) }

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
    let wanted = OKLab(LinearRGB(rgb))
    let best = range.min { labs[$0].distance(to: wanted) < labs[$1].distance(to: wanted) } ?? 7
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
}
