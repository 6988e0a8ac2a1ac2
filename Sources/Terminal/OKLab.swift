/// A colour as amounts of light, 0...1 each.
struct LinearRGB {
  var red: Double
  var green: Double
  var blue: Double

  /// `rgb` is 0xRRGGBB in sRGB.
  init(_ rgb: UInt32) {
    let channel = { (shift: UInt32) in
      let value = Double(rgb >> shift & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
    }
    (red, green, blue) = (channel(16), channel(8), channel(0))
  }

  init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// The light as an eye weighs it (WCAG 2, relative luminance).
  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}

/// Lightness and the two opponent axes of OKLab (Ottosson 2020), in which distances are as the eye
/// sees them.
struct OKLab {
  let lightness: Double
  let greenRed: Double
  let blueYellow: Double

  init(_ color: LinearRGB) {
    let (red, green, blue) = (color.red, color.green, color.blue)
    let long = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let middle = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    greenRed = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    blueYellow = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
  }

  func distance(to other: OKLab) -> Double {
    let (light, green, blue) = (
      lightness - other.lightness, greenRed - other.greenRed, blueYellow - other.blueYellow
    )
    return (light * light + green * green + blue * blue).squareRoot()
  }
}
