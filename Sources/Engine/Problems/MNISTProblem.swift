/// The problems of the MNIST family: 28x28 images from four IDX files, with the published splits
/// and pixel orders (specification, section 5).
package enum MNISTProblem {
  /// Side of the images in the files.
  static let fullSide = 28
  /// The value of a pixel that stands for 1.
  static let white = 255
  /// Images in the test files.
  static let testImages = 10_000

  /// What the labels stand for.
  static func classNames(of dataSet: ProblemConfiguration.DataSet) -> [String] {
    dataSet == .fashionMNIST
      ? [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ] : ImageFormat.digitNames
  }

  /// - Parameter paths: training images and labels, test images and labels.
  static func load(
    _ configuration: ProblemConfiguration, paths: [String]
  ) throws(DataError) -> ImageProblem {
    let orders = try MNISTOrders(configuration.convention)
    let side = configuration.side
    let training = try images(
      paths[0], labels: paths[1], count: MNISTOrders.trainingImages, side: side)
    let test = try images(paths[2], labels: paths[3], count: testImages, side: side)
    return ImageProblem(
      title: title(of: configuration), classNames: classNames(of: configuration.dataSet),
      order: order(of: configuration, published: orders.pixels),
      training: .init(images: training, indices: orders.training),
      validation: .init(images: training, indices: orders.validation),
      test: .init(images: test, indices: Array(0..<test.count)))
  }

  /// Reads `count` images and their labels and averages the images to `side`.
  package static func images(
    _ imageFile: String, labels labelFile: String, count: Int, side: Int
  ) throws(DataError) -> ImageSet {
    let labels = try IDXFile.read(labelFile, dimensions: [count])
    if let index = labels.firstIndex(where: { $0 > 9 }) {
      throw .labelOutOfRange(file: labelFile, index: index, found: Int(labels[index]), largest: 9)
    }
    let pixels = try IDXFile.read(imageFile, dimensions: [count, fullSide, fullSide])
    return ImageSet(side: fullSide, pixels: .bytes(pixels), white: Float(white), labels: labels)
      .averaged(toSide: side)
  }

  static func order(
    of configuration: ProblemConfiguration, published: [Int]
  ) -> [Int] {
    let steps = configuration.side * configuration.side
    return switch configuration.order {
    case .rows: Array(0..<steps)
    case .permuted where configuration.side == fullSide: published
    case .permuted: FixedPermutation.positions(steps)
    }
  }

  private static func title(of configuration: ProblemConfiguration) -> String {
    let side = configuration.side
    let size = side == fullSide ? "" : " \(side)x\(side)"
    return configuration.dataSet.rawValue + size + ", " + configuration.order.title
  }
}
