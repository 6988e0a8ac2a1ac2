/// Images whose pixels fire at random (``PoissonEncoder``). The trains are drawn whenever they are
/// asked for: those of 60,000 images would take two gigabytes.
package struct PoissonImages: SpikeData {
  package let title: String
  package let classNames: [String]
  package let encoder: PoissonEncoder
  /// Of an image, in pixels.
  package let side: Int
  /// What bends the images in training, if anything.
  package let distortion: ImageDistortion?
  /// Whether training draws other spikes at each presentation. Always where images are bent.
  package let drawsAnew: Bool
  private let training: ImagePart
  private let validation: ImagePart
  private let test: ImagePart
  /// Pixels in the order of the rows.
  private let order: [Int]

  /// - Parameter drawsAnew: whether training draws other spikes at each presentation, where images
  ///   are not bent: the published runs reuse the first ones
  /// - Precondition: all parts have the same side.
  package init(
    title: String, classNames: [String], training: ImagePart,
    validation: ImagePart, test: ImagePart, encoder: PoissonEncoder,
    drawsAnew: Bool = false, distortion: ImageDistortion? = nil
  ) {
    side = training.images.side
    precondition(
      [validation, test].allSatisfy { $0.images.side == training.images.side },
      "images of one size")
    self.title = title
    self.classNames = classNames
    self.training = training
    self.validation = validation
    self.test = test
    self.encoder = encoder
    self.drawsAnew = drawsAnew || distortion != nil
    self.distortion = distortion
    order = Array(0..<side * side)
  }

  package var channels: Int { order.count }
  package var steps: Int { encoder.steps }

  package func count(in split: Gauge.Split) -> Int { part(split).indices.count }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    let part = part(split)
    return Int(part.images.labels[part.indices[index]])
  }

  package func trains(
    _ index: Int, in split: Gauge.Split, presentation: Int
  ) -> SpikeTrains {
    let place = part(split).indices[index]
    var image = intensities(index, in: split)
    // Measuring is to be repeatable: only what trains changes.
    let showing = split == .training && drawsAnew ? presentation : 0
    if split == .training, let distortion {
      image = distortion.distorted(
        image, side: side, seed: encoder.seed, sample: place, presentation: showing)
    }
    return encoder.trains(
      image, of: .init(sample: place, part: split == .test ? 1 : 0, presentation: showing))
  }

  /// The pixels of an image as they are in its file, 0...1, row by row.
  package func intensities(_ index: Int, in split: Gauge.Split) -> [Float] {
    let part = part(split)
    return Array(unsafeUninitializedCapacity: channels) { buffer, used in
      if let base = buffer.baseAddress {
        part.images.copy(part.indices[index], order: order, to: base, stride: 1)
      }
      used = channels
    }
  }

  private func part(_ split: Gauge.Split) -> ImagePart {
    switch split {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }
}

extension PoissonImages {
  /// MNIST or Fashion-MNIST, 60,000 training images and 10,000 that test in the order of their
  /// files; or the digits in the program, split as everywhere.
  ///
  /// - Parameters:
  ///   - side: one of ``ProblemConfiguration/allowedSides(of:)``
  ///   - held: training images of MNIST or Fashion-MNIST, the last ones, that validate
  /// - Throws: ``DataError`` when the files are not there or not what they should be, or the side is
  ///   none that is given.
  package static func load(
    _ dataSet: ProblemConfiguration.DataSet, from locations: DataLocations, side: Int,
    encoder: PoissonEncoder, held: Int = 0, drawsAnew: Bool = false,
    distortion: ImageDistortion? = nil
  ) throws(DataError) -> PoissonImages {
    precondition(dataSet != .sequences, "a data set of images")
    let allowed = ProblemConfiguration.allowedSides(of: dataSet)
    guard allowed.contains(side) else {
      throw .unsupportedSide(dataSet: dataSet.rawValue, found: side, allowed: allowed)
    }
    let parts = try parts(of: dataSet, from: locations, side: side, held: held)
    return PoissonImages(
      title: "\(dataSet.rawValue) \(side)x\(side)",
      classNames: MNISTProblem.classNames(of: dataSet), training: parts.training,
      validation: parts.validation, test: parts.test, encoder: encoder, drawsAnew: drawsAnew,
      distortion: distortion)
  }

  private typealias Parts = (
    training: ImagePart, validation: ImagePart, test: ImagePart
  )

  private static func parts(
    of dataSet: ProblemConfiguration.DataSet, from locations: DataLocations, side: Int, held: Int
  ) throws(DataError) -> Parts {
    if dataSet == .digits { return try DigitsProblem.parts() }
    let paths = try locations.find(
      dataSet == .mnist ? DataCatalogue.mnist : DataCatalogue.fashionMNIST)
    let training = try MNISTProblem.images(
      paths[0], labels: paths[1], count: MNISTOrders.trainingImages, side: side)
    let test = try MNISTProblem.images(
      paths[2], labels: paths[3], count: MNISTProblem.testImages, side: side)
    let kept = training.count - min(max(held, 0), training.count)
    return (
      .init(images: training, indices: Array(0..<kept)),
      .init(images: training, indices: Array(kept..<training.count)),
      .init(images: test, indices: Array(0..<test.count))
    )
  }
}
