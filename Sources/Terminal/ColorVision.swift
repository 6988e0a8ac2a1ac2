/// How an eye sees colours.
package enum ColorVision: CaseIterable, Hashable, Sendable {
  case normal, deuteranopia, protanopia, tritanopia

  /// Rows that give the seen red, green and blue from the real ones, in linear light: Machado,
  /// Oliveira and Fernandes (2009) at severity 1.
  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  func seen(_ color: LinearRGB) -> LinearRGB {
    let light = matrix.map { row in
      min(1, max(0, row[0] * color.red + row[1] * color.green + row[2] * color.blue))
    }
    return LinearRGB(red: light[0], green: light[1], blue: light[2])
  }
}

extension Color {
  /// The contrast ratio of WCAG 2: 1 for the same colour, 21 for black on white.
  package func contrast(with other: Color) -> Double {
    let luminances = [LinearRGB(rgb).luminance, LinearRGB(other.rgb).luminance]
    return ((luminances.max() ?? 0) + 0.05) / ((luminances.min() ?? 0) + 0.05)
  }

  /// The distance in OKLab as an eye sees it. Below 0.03 or so two lines look the same.
  package func distance(to other: Color, seenWith vision: ColorVision = .normal) -> Double {
    let seen = [self, other].map { OKLab(vision.seen(LinearRGB($0.rgb))) }
    return seen[0].distance(to: seen[1])
  }

  /// How light the colour is, from 0 for black to 1 for white.
  package var lightness: Double { OKLab(LinearRGB(rgb)).lightness }
}
