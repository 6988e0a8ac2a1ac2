import Engine
import Testing

@Suite struct ImageSetTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Three 28x28 images without any symmetry.
  private let pixels = (0..<(3 * 784)).map { UInt8(truncatingIfNeeded: $0 * $0 / 7 + $0) }

  private func files(labels: [UInt8]) throws -> (images: String, labels: String) {
    (
      try directory.write(idx([3, 28, 28], pixels), to: "images"),
      try directory.writeCompressed(idx([labels.count], labels), to: "labels.gz")
    )
  }

  @Test(arguments: [28, 14, 7])
  func `pixels are means over blocks, scaled to 0...1`(side: Int) throws {
    let files = try files(labels: [3, 1, 4])
    let images = try MNISTProblem.images(files.images, labels: files.labels, count: 3, side: side)
    #expect(images.side == side)
    #expect(images.labels == [3, 1, 4])
    let block = 28 / side
    var found = [Float](repeating: .nan, count: side * side)
    for image in 0..<3 {
      found.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        images.copy(image, order: Array(0..<(side * side)), to: start, stride: 1)
      }
      for position in found.indices {
        let (row, column) = (position / side * block, position % side * block)
        var sum = 0
        for y in row..<(row + block) {
          for x in column..<(column + block) { sum += Int(pixels[image * 784 + y * 28 + x]) }
        }
        let mean = Double(sum) / Double(block * block) / 255
        #expect(abs(Double(found[position]) - mean) < 1e-7)
      }
    }
  }

  @Test func `white blocks stay exactly 1`() {
    let white = ImageSet(
      side: 28, pixels: .bytes([UInt8](repeating: 255, count: 784)), white: 255, labels: [0])
    for side in [28, 14, 7] {
      var value: Float = 0
      white.averaged(toSide: side).copy(0, order: [side * side - 1], to: &value, stride: 1)
      #expect(value == 1)
    }
  }

  @Test func `a label that is no digit is refused with its place`() throws {
    let files = try files(labels: [3, 12, 4])
    #expect(
      throws: DataError.labelOutOfRange(file: files.labels, index: 1, found: 12, largest: 9)
    ) {
      try MNISTProblem.images(files.images, labels: files.labels, count: 3, side: 28)
    }
  }

  @Test func `images and labels that disagree in number are refused`() throws {
    let files = try files(labels: [3, 1])
    #expect(throws: DataError.wrongDimensions(file: files.labels, found: [2], expected: [3])) {
      try MNISTProblem.images(files.images, labels: files.labels, count: 3, side: 28)
    }
  }
}
