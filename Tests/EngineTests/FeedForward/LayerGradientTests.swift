import Engine
import TestSupport
import Testing

/// Outputs of all layers against a plain Double reference, and their gradients against its central
/// differences.
@Suite struct LayerGradientTests {
  static let planes = ImageShape(channels: 2, height: 6, width: 5)

  /// Compares all outputs and a choice of the derivatives by parameters and inputs.
  private func check(
    _ run: NetworkRun, isTraining: Bool = true, _ location: SourceLocation = #_sourceLocation
  ) {
    run.run(isTraining: isTraining)
    var reference = run.reference
    reference.isTraining = isTraining
    let expected = reference.output(run.input)
    let size = max(1, expected.map(abs).max() ?? 1)
    #expect(run.output.count == expected.count, sourceLocation: location)
    for (found, expected) in zip(run.output, expected) {
      #expect(abs(found - expected) < 2e-5 * size, sourceLocation: location)
    }
    let gradient = run.gradient
    var pairs: [(found: Double, expected: Double)] = []
    for entry in run.network.layout.entries where entry.role != .statistic {
      for index in stride(from: 0, to: entry.count, by: max(1, entry.count / 12)) {
        pairs.append(
          (
            Double(gradient[entry.offset + index]),
            run.difference(by: entry.name, index, reference)
          ))
      }
    }
    let inputGradient = run.inputGradient
    for index in stride(from: 0, to: run.input.count, by: max(1, run.input.count / 40)) {
      pairs.append((inputGradient[index], run.difference(byInput: index, reference)))
    }
    let scale = max(1, pairs.map { abs($0.expected) }.max() ?? 1)
    for pair in pairs {
      #expect(abs(pair.found - pair.expected) < 1e-4 * scale, sourceLocation: location)
    }
  }

  private func run(
    _ input: ImageShape = planes, samples: Int = 6, shards: Int = 2,
    _ build: (inout FeedForwardBuilder) -> Void
  ) -> NetworkRun {
    var builder = FeedForwardBuilder(input: input)
    build(&builder)
    return NetworkRun(builder.makeNetwork(), samples: samples, shards: shards)
  }

  @Test(
    arguments: [(3, 1, 1), (5, 1, 2), (3, 2, 1), (2, 2, 0), (1, 1, 0), (1, 2, 0), (4, 3, 2)])
  func `a convolution with any kernel, stride and padding`(
    kernel: Int, stride: Int, padding: Int
  ) {
    check(
      run {
        $0.convolution(3, kernel: kernel, stride: stride, padding: padding, hasBias: true)
      })
  }

  @Test func `a convolution whose images are unfolded in several parts`() {
    let shape = ImageShape(channels: 8, height: 30, width: 30)
    check(run(shape, samples: 5, shards: 1) { $0.convolution(2, kernel: 5, padding: 2) })
  }

  @Test func `a padding wider than the plane`() {
    let shape = ImageShape(channels: 1, height: 2, width: 1)
    check(run(shape) { $0.convolution(2, kernel: 5, padding: 4) })
  }

  @Test func `a dense layer on vectors and on planes`() {
    check(run(ImageShape(channels: 7)) { $0.dense(4, hasBias: true) })
    check(run { $0.dense(4) })
  }

  @Test(arguments: [(2, 2), (3, 2), (2, 1), (3, 3)])
  func `the largest and the mean under a window`(kernel: Int, stride: Int) {
    check(run { $0.pooling(.largest, kernel: kernel, stride: stride) })
    check(run { $0.pooling(.mean, kernel: kernel, stride: stride) })
  }

  @Test(arguments: [1, 2, 3, 6])
  func `batch normalization takes the statistics of all shards`(shards: Int) {
    check(run(shards: shards) { $0.batchNorm() })
    check(run(shards: shards) { $0.batchNorm(isScaled: true) })
  }

  @Test func `batch normalization of vectors, of shards of different size, after another`() {
    check(
      run(ImageShape(channels: 5), samples: 7, shards: 2) {
        $0.batchNorm(isScaled: true)
        $0.dense(3)
        $0.batchNorm()
      })
  }

  @Test func `in evaluation batch normalization uses running statistics`() {
    let run = run {
      $0.convolution(2, kernel: 3)
      $0.batchNorm(isScaled: true)
    }
    run.run()
    check(run, isTraining: false)
  }

  @Test func `a residual block, and one that halves its planes`() {
    let shape = ImageShape(channels: 2, height: 6, width: 6)
    for (channels, stride) in [(2, 1), (4, 2)] {
      check(
        run(shape) {
          $0.convolution(2, kernel: 3, padding: 1)
          let start = $0.value
          $0.convolution(channels, kernel: 3, stride: stride, padding: 1)
          $0.batchNorm()
          $0.activation()
          $0.convolution(channels, kernel: 3, padding: 1)
          $0.batchNorm()
          $0.sum(with: start)
          $0.activation()
          $0.pooling(.mean, kernel: $0.shape.height)
          $0.dense(3, hasBias: true)
        })
    }
  }

  @Test func `a sum with the network's input`() {
    check(
      run {
        $0.convolution(2, kernel: 3, padding: 1)
        $0.sum(with: 0)
        $0.pooling(.mean, kernel: 2)
      })
  }

  @Test func `a small network of convolutions`() throws {
    let shape = ImageShape(channels: 1, height: 12, width: 12)
    let network = try FeedForwardModel.leNet5.makeNetwork(
      input: shape, classes: 10, isScaled: true)
    check(NetworkRun(network, samples: 4))
  }
}
