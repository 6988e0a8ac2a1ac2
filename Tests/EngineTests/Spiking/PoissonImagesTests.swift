import Engine
import Testing

@Suite struct PoissonImagesTests {
  private static let none = DataLocations(option: nil, environment: [:])

  private func digits(
    drawsAnew: Bool = false, distortion: ImageDistortion? = nil
  ) throws -> PoissonImages {
    try PoissonImages.load(
      .digits, from: Self.none, side: 8, encoder: PoissonEncoder(seed: 5, steps: 100),
      drawsAnew: drawsAnew, distortion: distortion)
  }

  @Test func `digits have their parts, labels and names`() throws {
    let data = try digits()
    let problem = try ProblemConfiguration(dataSet: .digits, order: .rows, side: 8)
      .load(from: Self.none)
    #expect(data.channels == 64 && data.steps == 100)
    #expect(data.classNames == (0...9).map(String.init) && data.classes == 10)
    for split in Gauge.Split.allCases {
      #expect(data.count(in: split) == problem.count(in: split))
      for index in 0..<20 {
        #expect(data.label(index, in: split) == problem.label(index, in: split))
        #expect(data.intensities(index, in: split) == problem.sample(index, in: split))
      }
    }
  }

  @Test func `brighter pixels fire more, and dark ones never`() throws {
    let data = try digits()
    var spikes = [Double](repeating: 0, count: 64)
    var light = spikes
    for index in 0..<100 {
      let image = data.intensities(index, in: .training)
      let trains = data.trains(index, in: .training, presentation: 0)
      for pixel in 0..<64 {
        let count = trains.times(of: pixel).count
        spikes[pixel] += Double(count)
        light[pixel] += Double(image[pixel])
        if image[pixel] == 0 { #expect(count == 0) }
      }
    }
    for pixel in 0..<64 where light[pixel] > 20 {
      #expect(abs(spikes[pixel] / (light[pixel] * 99 / 5.5) - 1) < 0.3)
    }
  }

  @Test func `trains are drawn once unless they are to be drawn anew`() throws {
    let (once, anew) = (try digits(), try digits(drawsAnew: true))
    for split in Gauge.Split.allCases {
      let first = once.trains(1, in: split, presentation: 0)
      #expect(once.trains(1, in: split, presentation: 3) == first)
      #expect(anew.trains(1, in: split, presentation: 0) == first)
      #expect((anew.trains(1, in: split, presentation: 3) == first) == (split != .training))
    }
    #expect(
      anew.trains(1, in: .training, presentation: 3)
        == anew.trains(1, in: .training, presentation: 3))
  }

  @Test func `only training images are bent`() throws {
    let (plain, bent) = (try digits(), try digits(distortion: ImageDistortion()))
    #expect(bent.drawsAnew && !plain.drawsAnew)
    for split in [Gauge.Split.validation, .test] {
      #expect(
        bent.trains(2, in: split, presentation: 4) == plain.trains(2, in: split, presentation: 0))
    }
    let first = bent.trains(2, in: .training, presentation: 0)
    #expect(first != plain.trains(2, in: .training, presentation: 0))
    #expect(first != bent.trains(2, in: .training, presentation: 1))
  }

  @Test func `parts of one file share no trains by chance of their numbers`() {
    let images = ImageSet(
      side: 2, pixels: .bytes([255, 255, 255, 255]), white: 255, labels: [3])
    let data = PoissonImages(
      title: "one", classNames: (0...9).map(String.init),
      training: .init(images: images, indices: [0]), validation: .init(images: images, indices: []),
      test: .init(images: images, indices: [0]), encoder: PoissonEncoder(seed: 1))
    #expect(data.count(in: .validation) == 0 && data.label(0, in: .test) == 3)
    #expect(
      data.trains(0, in: .training, presentation: 0) != data.trains(0, in: .test, presentation: 0))
  }

  @Test func `a side that there is not is refused`() {
    #expect(throws: DataError.unsupportedSide(dataSet: "mnist", found: 9, allowed: [28, 14, 7])) {
      try PoissonImages.load(
        .mnist, from: Self.none, side: 9, encoder: PoissonEncoder(seed: 1))
    }
  }

  @Test(.enabled(if: isHere(DataCatalogue.mnist), "SKIPPED: no MNIST"))
  func `MNIST fires as often as its mean says`() throws {
    let data = try PoissonImages.load(
      .mnist, from: realData, side: 28, encoder: PoissonEncoder(seed: 1), held: 10_000)
    #expect(data.count(in: .training) == 50_000 && data.count(in: .validation) == 10_000)
    #expect(data.count(in: .test) == 10_000)
    let spikes = (0..<500).reduce(0) {
      $0 + data.trains($1 * 100, in: .training, presentation: 0).count
    }
    // About 7,400 an image (specification of the spiking networks, 6).
    #expect(abs(Double(spikes) / 500 - 7_400) < 500)
  }
}
