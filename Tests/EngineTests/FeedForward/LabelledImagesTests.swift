import Engine
import Foundation
import Testing

@Suite struct LabelledImagesTests {
  @Test func `synthetic classes follow their definition and repeat`() {
    let (inputs, hidden, classes) = (16, 24, 4)
    let images = SyntheticClasses(seed: 8)
    #expect(images.count(in: .training) == 1024 && images.shape == ImageShape(channels: 16))
    let normals = PortableNormals(seed: 8)
    let first = normals.numbers(inputs * hidden).map { $0 / 4 }
    let second = normals.numbers(hidden * classes, from: inputs * hidden)
    let room = Matrix(rows: inputs, columns: 2)
    for sample in [0, 1, 500, 1023] {
      images.copyImage(sample, in: .training, to: room.base, stride: 2)
      let x = normals.numbers(
        inputs, from: inputs * hidden + hidden * classes + sample * inputs)
      for channel in 0..<inputs { #expect(room[channel, 0] == Float(x[channel])) }
      var scores = [Double](repeating: 0, count: classes)
      for unit in 0..<hidden {
        var sum = 0.0
        for input in 0..<inputs { sum += 2 * x[input] * first[input * hidden + unit] }
        for c in 0..<classes { scores[c] += tanh(sum) * second[unit * classes + c] }
      }
      let label = images.label(sample, in: .training)
      #expect(scores[label] == scores.max())
    }
    let labels = Set((0..<1024).map { images.label($0, in: .training) })
    #expect(labels == [0, 1, 2, 3])
    #expect(SyntheticClasses(seed: 9).label(0, in: .test) >= 0)
  }

  @Test func `the digits become planes`() throws {
    let problem = try ProblemConfiguration(dataSet: .digits, order: .rows, side: 8).load(
      from: DataLocations(option: nil, environment: [:]))
    let images = try #require(GreyImages(problem))
    #expect(images.shape == ImageShape(channels: 1, height: 8, width: 8))
    let (plane, sequence) = (Matrix(rows: 1, columns: 64), Matrix(rows: 64, columns: 1))
    images.copyImage(3, in: .test, to: plane.base, stride: 64)
    problem.copySample(3, in: .test, to: sequence.base, stride: 1)
    #expect(plane.array == sequence.array)
    #expect(images.label(3, in: .test) == problem.label(3, in: .test))
  }

  @Test func `joined images train on those of validation too`() throws {
    let problem = try ProblemConfiguration(dataSet: .digits, order: .rows, side: 8).load(
      from: DataLocations(option: nil, environment: [:]))
    let images = try #require(GreyImages(problem))
    let joined = JoinedImages(images: images)
    let (training, held) = (images.count(in: .training), images.count(in: .validation))
    #expect(joined.count(in: .training) == training + held && held > 0)
    for split in [Gauge.Split.validation, .test] {
      #expect(joined.count(in: split) == images.count(in: .test))
    }
    let (plane, other) = (Matrix(rows: 1, columns: 64), Matrix(rows: 1, columns: 64))
    let places: [(Int, Gauge.Split, Int, Gauge.Split)] = [
      (training - 1, .training, training - 1, .training), (training, .training, 0, .validation),
      (training + held - 1, .training, held - 1, .validation), (3, .validation, 3, .test),
      (4, .test, 4, .test),
    ]
    for (index, split, source, part) in places {
      joined.copyImage(index, in: split, to: plane.base, stride: 64)
      images.copyImage(source, in: part, to: other.base, stride: 64)
      #expect(plane.array == other.array)
      #expect(joined.label(index, in: split) == images.label(source, in: part))
    }
  }

  @Test func `augmentation moves, mirrors and fills in the background`() throws {
    // Each pixel is 10 row + column + 1, so that it says where it came from.
    let source = GrownPlanes()
    var changes: Set<[Float]> = []
    for epoch in 0..<40 {
      let trainer = try FeedForwardTrainer(
        network: Self.identity(source.shape), images: source,
        configuration: FeedForwardConfiguration(
          optimizer: OptimizerConfiguration(
            rule: .momentum(0), learningRate: Schedule(.hold(0)), clipNorm: nil),
          augmentation: ImageAugmentation(padding: 1), batch: 1, shards: 1, seed: 2),
        threads: 1)
      _ = trainer.train([0], epoch: epoch, activation: .rectified, rate: 0)
      let plane = trainer.value(0, shard: 0).array
      changes.insert(plane)
      let known = plane.filter { $0 != -1 }
      // Rows and columns that stay within the plane come in order, forward or mirrored.
      let steps = zip(known, known.dropFirst()).map { $1 - $0 }.filter { abs($0) == 1 }
      #expect(Set(steps).count == 1, "\(plane)")
      #expect(known.count >= 4)
    }
    #expect((8...18).contains(changes.count))
  }

  /// A dense layer behind the input, whose values are looked at.
  private static func identity(_ shape: ImageShape) -> FeedForwardNetwork {
    var builder = FeedForwardBuilder(input: shape)
    builder.dense(2)
    return builder.makeNetwork()
  }
}

/// One image of 3 x 3 pixels.
private struct GrownPlanes: LabelledImages {
  let title = "grown"
  let shape = ImageShape(channels: 1, height: 3, width: 3)
  let classes = 2
  let background: [Float] = [-1]

  func count(in split: Gauge.Split) -> Int { 1 }
  func label(_ index: Int, in split: Gauge.Split) -> Int { 0 }

  func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for place in 0..<9 { destination[place] = Float(10 * (place / 3) + place % 3 + 1) }
  }
}
