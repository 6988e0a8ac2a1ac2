import Foundation

/// Bends images a little, anew each time that they are shown in training (specification of the
/// spiking networks, 3.7): pixels are displaced by a smooth random field, the image is made larger,
/// and turned. What happens is a function of seed, sample and presentation.
///
/// Choices where the specification leaves one: rows and columns are made larger by shares that are
/// uniform between 0 and ``scaling``; noise beyond the edge counts as 0; so do pixels; the centre is
/// the middle of the image.
package struct ImageDistortion: Sendable, Equatable, Codable {
  /// By how much the smoothed noise is multiplied, in pixels.
  package var displacement: Double
  /// The largest share by which the image grows.
  package var scaling: Double
  /// The largest angle, in degrees, to either side.
  package var rotation: Double

  package init(displacement: Double = 3.4, scaling: Double = 0.12, rotation: Double = 12) {
    self.displacement = displacement
    self.scaling = scaling
    self.rotation = rotation
  }

  /// Pixels on either side of a middle that the smoothing reaches.
  private static let reach = 10
  /// Standard deviation of the smoothing in pixels.
  private static let deviation = 4.0

  /// The Gaussian of either direction; their product has the amplitude 1 / (2 pi sigma).
  private static let gaussian: [Double] = (-reach...reach).map { place in
    exp(-Double(place * place) / (2 * deviation * deviation))
      / (2 * Double.pi * deviation).squareRoot()
  }

  /// The image as it is shown.
  ///
  /// - Parameter image: intensities row by row, `side` x `side`
  package func distorted(
    _ image: [Float], side: Int, seed: UInt64, sample: Int, presentation: Int
  ) -> [Float] {
    precondition(image.count == side * side)
    var stream = RandomStream(
      seed: seed, purpose: .distortion, first: sample, second: presentation)
    let down = field(side, &stream)
    let right = field(side, &stream)
    let growth = (down: scaling * stream.nextUniform(), right: scaling * stream.nextUniform())
    let angle = rotation * (2 * stream.nextUniform() - 1) * Double.pi / 180
    let (sine, cosine) = (sin(angle), cos(angle))
    let middle = Double(side - 1) / 2
    var result = [Float](repeating: 0, count: image.count)
    for row in 0..<side {
      for column in 0..<side {
        let place = row * side + column
        let (y, x) = (Double(row) - middle, Double(column) - middle)
        let fromY = y * cosine - x * sine - growth.down * y - down[place]
        let fromX = x * cosine + y * sine - growth.right * x - right[place]
        result[place] = Self.value(of: image, side, row: fromY + middle, column: fromX + middle)
      }
    }
    return result
  }

  /// How far each pixel moves in one direction: smoothed noise of -1 to 1.
  private func field(_ side: Int, _ stream: inout RandomStream) -> [Double] {
    let noise = (0..<side * side).map { _ in 2 * stream.nextUniform() - 1 }
    let smooth = Self.smoothed(Self.smoothed(noise, side, stride: 1), side, stride: side)
    return smooth.map { displacement * $0 }
  }

  /// Smoothed along rows (`stride` 1) or columns (`stride` of the side).
  private static func smoothed(_ values: [Double], _ side: Int, stride: Int) -> [Double] {
    var result = [Double](repeating: 0, count: values.count)
    for line in 0..<side {
      let first = line * (stride == 1 ? side : 1)
      for place in 0..<side {
        let near = max(place - reach, 0)...min(place + reach, side - 1)
        result[first + place * stride] = near.reduce(0) { sum, other in
          sum + gaussian[other - place + reach] * values[first + other * stride]
        }
      }
    }
    return result
  }

  /// Between the four pixels around a place.
  private static func value(
    of image: [Float], _ side: Int, row: Double, column: Double
  ) -> Float {
    let edge = -1.0...Double(side)
    guard edge.contains(row), edge.contains(column) else { return 0 }
    let (top, left) = (Int(row.rounded(.down)), Int(column.rounded(.down)))
    let (lower, righter) = (Float(row - Double(top)), Float(column - Double(left)))
    func pixel(_ row: Int, _ column: Int) -> Float {
      0..<side ~= row && 0..<side ~= column ? image[row * side + column] : 0
    }
    let upperRow = pixel(top, left) * (1 - righter) + pixel(top, left + 1) * righter
    let lowerRow = pixel(top + 1, left) * (1 - righter) + pixel(top + 1, left + 1) * righter
    return upperRow * (1 - lower) + lowerRow * lower
  }
}
