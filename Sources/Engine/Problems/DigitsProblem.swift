import EmbeddedData

/// The embedded handwritten digits (E. Alpaydin and C. Kaynak, 1998, CC BY 4.0): 1,797 images of
/// 8x8 pixels 0...16, as sequences of 64 steps.
enum DigitsProblem {
  static let side = 8
  /// The value of a pixel that stands for 1.
  static let white = 16

  /// The order in which the pixels are shown.
  static func positions(_ order: ProblemConfiguration.Order) -> [Int] {
    order == .rows ? Array(0..<side * side) : FixedPermutation.positions(side * side)
  }

  /// Row i tests when i % 5 == 4, validates when i % 10 == 3, and trains otherwise.
  static func load(order: ProblemConfiguration.Order) throws(DataError) -> ImageProblem {
    let parts = try parts()
    return ImageProblem(
      title: "digits, \(order.title)",
      classNames: ImageFormat.digitNames, order: Self.positions(order),
      training: parts.training, validation: parts.validation, test: parts.test)
  }

  /// The images that train, validate and test.
  static func parts() throws(DataError) -> (
    training: ImagePart, validation: ImagePart, test: ImagePart
  ) {
    let images = try images()
    func part(_ belongs: (Int) -> Bool) -> ImagePart {
      .init(images: images, indices: (0..<images.count).filter(belongs))
    }
    return (
      part { $0 % 5 != 4 && $0 % 10 != 3 }, part { $0 % 10 == 3 }, part { $0 % 5 == 4 }
    )
  }

  /// The data are compressed CSV without a header: a row is 64 pixels and the label.
  private static func images() throws(DataError) -> ImageSet {
    let resource = embedded_digits()
    let compressed = UnsafeBufferPointer(start: resource.bytes, count: resource.count)
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    for row in (inflated(compressed) ?? []).split(separator: UInt8(ascii: "\n")) {
      guard let numbers = DecimalList.parse(row), numbers.count == 65,
        numbers[..<64].allSatisfy({ $0 <= 16 }), numbers[64] <= 9
      else { throw .damagedResource(name: "digits") }
      for number in numbers[..<64] { pixels.append(UInt8(number)) }
      labels.append(UInt8(numbers[64]))
    }
    guard labels.count == 1797 else { throw .damagedResource(name: "digits") }
    return ImageSet(
      side: side, pixels: .bytes(pixels), white: Float(white), labels: labels)
  }
}
