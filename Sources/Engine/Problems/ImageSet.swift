/// Square grey images with their labels, in the order of their file. Read-only.
package struct ImageSet: Sendable {
  /// Grey values, image by image, row by row; 0 is background.
  package enum Pixels: Sendable {
    case bytes([UInt8])
    /// Sums over the pixels of a block: exact, and half the size of floats.
    case blockSums([UInt16])
  }

  /// Side of an image in pixels.
  package let side: Int
  package let pixels: Pixels
  /// The stored value that stands for 1.
  package let white: Float
  /// One label an image, 0...9.
  package let labels: [UInt8]

  package init(side: Int, pixels: Pixels, white: Float, labels: [UInt8]) {
    self.side = side
    self.pixels = pixels
    self.white = white
    self.labels = labels
  }

  package var count: Int { labels.count }

  /// Writes the pixels of image `index`, scaled to 0...1, to every `stride`-th place of
  /// `destination`: place t gets the pixel at row-major position `order[t]`.
  package func copy(
    _ index: Int, order: [Int], to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    switch pixels {
    case .bytes(let values):
      copy(values, index, order: order, to: destination, stride: stride)
    case .blockSums(let values):
      copy(values, index, order: order, to: destination, stride: stride)
    }
  }

  private func copy<Value: FixedWidthInteger>(
    _ values: [Value], _ index: Int, order: [Int],
    to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let first = index * side * side
    for (step, position) in order.enumerated() {
      destination[step * stride] = Float(values[first + position]) / white
    }
  }

  /// The images reduced to `side` by averaging over square blocks (specification, section 5).
  ///
  /// - Precondition: the side divides the side of the images, which are stored as bytes, and the
  ///   sums fit 16 bits.
  package func averaged(toSide side: Int) -> ImageSet {
    guard side != self.side, case .bytes(let values) = pixels else { return self }
    precondition(self.side % side == 0, "blocks must cover the image")
    let block = self.side / side
    precondition(block * block <= 257, "block sums must fit 16 bits")
    var sums = [UInt16](repeating: 0, count: count * side * side)
    for row in 0..<(count * self.side) {
      let from = row * self.side
      // Rows of all images run on, so the row of blocks of row r is r / block throughout.
      let to = row / block * side
      for column in 0..<self.side {
        sums[to + column / block] += UInt16(values[from + column])
      }
    }
    return ImageSet(
      side: side, pixels: .blockSums(sums), white: white * Float(block * block), labels: labels)
  }
}
