/// How an image becomes the sequence that a network on a data set of images takes.
package struct ImageFormat: Sendable, Equatable {
  /// Side of the images in files, and of what they are averaged to.
  let fullSide: Int
  let side: Int
  /// The value of a pixel that stands for 1.
  let white: Int
  /// Step t shows the pixel at row-major position `order[t]`.
  let order: [Int]
  package let classNames: [String]

  static let digitNames = (0..<10).map { String($0) }

  /// - Returns: `nil` where the data set is none of images
  /// - Throws: ``DataError`` where embedded data are damaged
  package init?(of problem: ProblemConfiguration) throws(DataError) {
    switch problem.dataSet {
    case .sequences: return nil
    case .digits:
      (fullSide, white) = (DigitsProblem.side, DigitsProblem.white)
      order = DigitsProblem.positions(problem.order)
      classNames = Self.digitNames
    case .mnist, .fashionMNIST:
      (fullSide, white) = (MNISTProblem.fullSide, MNISTProblem.white)
      order = MNISTProblem.order(
        of: problem, published: try MNISTOrders(problem.convention).pixels)
      classNames = MNISTProblem.classNames(of: problem.dataSet)
    }
    side = problem.side
  }

  package var inputs: InputDescription {
    InputDescription(steps: order.count, channels: 1, classes: classNames)
  }

  /// The images of a file as sequences, made from their pixels as those of the data set are.
  ///
  /// An IDX file holds images; a row of a CSV file, or of an NPY file, is an image row by row, in
  /// whole numbers from 0 to that of white. CSV rows may have a label, which is passed over.
  package func sequences(
    from path: String, limit: Int = SequenceProblem.standardLimit
  ) throws(DataError) -> UnlabelledProblem {
    let bytes =
      Self.isIDX(path)
      ? try idxPixels(path, limit: limit) : try pixels(of: path, limit: limit)
    let count = bytes.count / (fullSide * fullSide)
    let needed = count * order.count * MemoryLayout<Float>.stride
    guard needed <= limit else { throw .sequences(path, .memory(needed: needed, limit: limit)) }
    let images = ImageSet(
      side: fullSide, pixels: .bytes(bytes), white: Float(white),
      labels: [UInt8](repeating: 0, count: count)
    ).averaged(toSide: side)
    var values = [Float](repeating: 0, count: count * order.count)
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for index in 0..<count {
        images.copy(index, order: order, to: base + index * order.count, stride: 1)
      }
    }
    return UnlabelledProblem(inputs: inputs, values: values)
  }

  /// Whether a file is one of images by its name, as the published ones are.
  private static func isIDX(_ path: String) -> Bool {
    let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    return name.hasSuffix("ubyte") || name.hasSuffix(".idx")
  }

  private func idxPixels(_ path: String, limit: Int) throws(DataError) -> [UInt8] {
    let count = try IDXFile.imageCount(path, side: fullSide)
    let needed = count * fullSide * fullSide
    guard needed <= limit else { throw .sequences(path, .memory(needed: needed, limit: limit)) }
    return try IDXFile.read(path, dimensions: [count, fullSide, fullSide])
  }

  /// The pixels in a CSV or NPY file.
  private func pixels(of path: String, limit: Int) throws(DataError) -> [UInt8] {
    let size = fullSide * fullSide
    let found = try UnlabelledProblem.values(of: path, width: size, channels: 1, limit: limit)
    let width = found.shape.steps * found.shape.channels
    guard width == size else {
      throw .sequences(path, .width(found: width, expected: size))
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(found.values.count)
    for (index, value) in found.values.enumerated() {
      guard let pixel = UInt8(exactly: value), pixel <= white else {
        throw .sequences(
          path,
          .pixel(found: "\(value)", sample: index / size, pixel: index % size, white: white))
      }
      pixels.append(pixel)
    }
    return pixels
  }
}
