import Foundation

/// Two arms of a spiral, the task of the authors of self-learnable activations (specification, 5):
/// r = 780 degrees sqrt(U), the point (-r cos 2r + 0.1 U, r sin 2r + 0.1 U) belongs to one class and
/// its negative to the other; each U is uniform on 0...1. Every fifth point tests and validates.
package struct TwoSpirals: LabelledImages {
  package let title = "two spirals"
  package let shape = ImageShape(channels: 2)
  package let classes = 2
  package let background: [Float] = [0, 0]
  private let training: [SIMD2<Float>]
  private let test: [SIMD2<Float>]

  private static let longest = 780 * Double.pi / 180
  private static let noise = 0.1
  private static let testShare = 5

  package init(perArm: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .partition)
    let points = (0..<perArm).map { _ in
      let r = Self.longest * stream.nextUniform().squareRoot()
      return SIMD2(
        Float(-cos(2 * r) * r + Self.noise * stream.nextUniform()),
        Float(sin(2 * r) * r + Self.noise * stream.nextUniform()))
    }
    test = points.enumerated().filter { $0.offset % Self.testShare == 0 }.map(\.element)
    training = points.enumerated().filter { $0.offset % Self.testShare != 0 }.map(\.element)
  }

  private func points(_ split: Gauge.Split) -> [SIMD2<Float>] {
    split == .training ? training : test
  }

  package func count(in split: Gauge.Split) -> Int { 2 * points(split).count }
  package func label(_ index: Int, in split: Gauge.Split) -> Int { index % classes }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let point = points(split)[index / classes]
    let sign: Float = index % classes == 0 ? 1 : -1
    (destination[0], destination[stride]) = (sign * point.x, sign * point.y)
  }
}
