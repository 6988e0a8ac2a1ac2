/// CIFAR-10 (Krizhevsky 2009) from its binary batches: records of a label 0...9 and 3 x 32 x 32
/// bytes, red, green and blue, row by row. Each colour minus its mean over the training images,
/// divided by its standard deviation (specification of the coarse gradient, 4.2).
package struct CIFAR10: LabelledImages {
  package let title = "CIFAR-10"
  package let shape: ImageShape = CIFAR10.imageShape
  package let classes = 10
  private let training: Part
  private let test: Part
  /// Training images, the last ones, that validate instead.
  private let held: Int

  static let imageShape = ImageShape(channels: 3, height: 32, width: 32)
  static let mean: [Float] = [0.4914, 0.4822, 0.4465]
  static let deviation: [Float] = [0.2023, 0.1994, 0.2010]
  package static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  /// Images of a published batch.
  package static let recordsOfBatch = 10_000

  private struct Part: Sendable {
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
  }

  /// Black.
  package var background: [Float] { zip(Self.mean, Self.deviation).map { -$0 / $1 } }

  /// From the first of the locations that has all six batches.
  package static func load(from locations: DataLocations) throws(DataError) -> CIFAR10 {
    let paths = try locations.find(DataCatalogue.cifar10)
    return try CIFAR10(training: Array(paths.dropLast()), test: Array(paths.suffix(1)))
  }

  /// - Parameters:
  ///   - records: images that each file has
  ///   - held: training images, the last ones, that validate
  /// - Throws: ``DataError`` for a file that cannot be read, has not exactly so many records, or has
  ///   a label above 9.
  package init(
    training: [String], test: [String], records: Int = recordsOfBatch, held: Int = 5_000
  ) throws(DataError) {
    self.training = try Self.read(training, records: records)
    self.test = try Self.read(test, records: records)
    self.held = min(held, training.count * records)
  }

  private static func read(_ paths: [String], records: Int) throws(DataError) -> Part {
    var part = Part()
    for path in paths {
      let bytes = try batch(path, records: records)
      for index in 0..<records {
        let record = bytes[index * (imageShape.count + 1)..<(index + 1) * (imageShape.count + 1)]
        guard let label = record.first, label <= 9 else {
          throw .labelOutOfRange(
            file: path, index: index, found: Int(record.first ?? 0), largest: 9)
        }
        part.labels.append(label)
        part.pixels.append(contentsOf: record.dropFirst())
      }
    }
    return part
  }

  private static func batch(_ path: String, records: Int) throws(DataError) -> [UInt8] {
    let file = try GzipFile(path: path)
    let expected = records * (imageShape.count + 1)
    var bytes = [UInt8](repeating: 0, count: expected)
    let found = try bytes.withUnsafeMutableBufferPointer { buffer throws(DataError) in
      try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard found == expected else {
      throw .truncated(file: path, foundBytes: found, expectedBytes: expected)
    }
    guard try file.isAtEnd() else { throw .trailingBytes(file: path, expectedBytes: expected) }
    return bytes
  }

  package func count(in split: Gauge.Split) -> Int {
    switch split {
    case .training: training.labels.count - held
    case .validation: held
    case .test: test.labels.count
    }
  }

  private func place(_ index: Int, _ split: Gauge.Split) -> (part: Part, index: Int) {
    switch split {
    case .training: (training, index)
    case .validation: (training, training.labels.count - held + index)
    case .test: (test, index)
    }
  }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    let (part, index) = place(index, split)
    return Int(part.labels[index])
  }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let (part, index) = place(index, split)
    let area = shape.area
    for channel in 0..<shape.channels {
      let first = index * shape.count + channel * area
      let scale = 1 / (255 * Self.deviation[channel])
      let shift = -Self.mean[channel] / Self.deviation[channel]
      for pixel in 0..<area {
        destination[channel * stride + pixel] = Float(part.pixels[first + pixel]) * scale + shift
      }
    }
  }
}

extension DataCatalogue {
  /// Read from the user's own copy: it is published as one archive, which is not fetched.
  package static let cifar10 = DataSetEntry(
    id: "cifar-10",
    contents: "60,000 colour pictures of ten kinds of things, 32x32 pixels: 10,000 for testing",
    licence: "none stated; A. Krizhevsky, 2009",
    source: "https://www.cs.toronto.edu/~kriz/cifar.html, cifar-10-binary.tar.gz",
    storage: .files(
      ((1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]).map {
        .init(name: $0, bytes: CIFAR10.recordsOfBatch * (CIFAR10.imageShape.count + 1), sha256: "")
      }, address: nil))
}
