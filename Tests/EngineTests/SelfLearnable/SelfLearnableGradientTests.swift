import Engine
import TestSupport
import Testing

/// The layer of self-learnable activations, against a plain Double reference and its central
/// differences.
@Suite struct SelfLearnableGradientTests {
  typealias Configuration = SelfLearnableConfiguration

  static let plain = ActivationBasis.allCases.flatMap { basis in
    Configuration.Sharing.allCases.map {
      Configuration(basis: basis, degree: 3, sharing: $0, isGated: $0 == .channel)
    }
  }
  static let joined: [Configuration] = [
    Configuration(degree: 4, normalization: .elements, isGated: true),
    Configuration(degree: 3, sharing: .channel, normalization: .elements, ends: .tails),
    Configuration(
      basis: .hermite, degree: 3, sharing: .channel, normalization: .elements, isGated: true),
    Configuration(degree: 4, normalization: .maximum(passesGradient: true)),
    Configuration(
      basis: .fourier, degree: 4, sharing: .channel, normalization: .maximum(passesGradient: true)),
    Configuration(degree: 3, sharing: .channel, ends: .tails),
    Configuration(basis: .fourier, degree: 2, ends: .tails, isGated: true),
  ]
  static let clipped: [Configuration] = [
    .stable(), Configuration(basis: .fourier, degree: 5, ends: .clipped(scale: 1.5)),
  ]
  static let planes = ImageShape(channels: 3, height: 3, width: 5)

  private func check(
    _ run: NetworkRun, isTraining: Bool, _ location: SourceLocation = #_sourceLocation
  ) {
    run.run(isTraining: isTraining)
    var reference = run.reference
    reference.isTraining = isTraining
    let expected = reference.output(run.input)
    let size = max(1, expected.map(abs).max() ?? 1)
    for (found, expected) in zip(run.output, expected) {
      #expect(abs(found - expected) < 3e-5 * size, sourceLocation: location)
    }
    let gradient = run.gradient
    var pairs: [(found: Double, expected: Double)] = []
    for entry in run.network.layout.entries where entry.role != .statistic {
      for index in 0..<min(entry.count, 20) {
        pairs.append(
          (
            Double(gradient[entry.offset + index]),
            run.difference(by: entry.name, index, reference)
          ))
      }
    }
    for index in Swift.stride(from: 0, to: run.input.count, by: max(1, run.input.count / 60)) {
      pairs.append((run.inputGradient[index], run.difference(byInput: index, reference)))
    }
    let scale = max(1, pairs.map { abs($0.expected) }.max() ?? 1)
    for pair in pairs {
      #expect(abs(pair.found - pair.expected) < 2e-4 * scale, sourceLocation: location)
    }
  }

  private func run(
    _ configuration: Configuration, _ input: ImageShape = planes, samples: Int = 7, shards: Int
  ) throws -> NetworkRun {
    var builder = FeedForwardBuilder(input: input)
    try builder.selfLearnable(configuration)
    let run = NetworkRun(builder.makeNetwork(), samples: samples, shards: shards)
    // So that inputs lie in the tails: those of the first batch are within its ends.
    for layer in run.network.selfLearnableLayers {
      guard let quantiles = layer.quantiles.map({ run.weights[$0] }) else { continue }
      for channel in 0..<quantiles.rows {
        (quantiles[channel, 0], quantiles[channel, 1]) = (-0.9, 0.8 + 0.1 * Float(channel))
      }
    }
    return run
  }

  @Test(arguments: plain + clipped + joined, [1, 3])
  func `in training`(configuration: Configuration, shards: Int) throws {
    check(try run(configuration, shards: shards), isTraining: true)
  }

  @Test(arguments: plain + clipped + joined)
  func `in evaluation`(configuration: Configuration) throws {
    let run = try run(configuration, shards: 2)
    run.run()
    check(run, isTraining: false)
  }

  @Test func `behind dense layers and batch normalization, and before others`() throws {
    var builder = FeedForwardBuilder(input: ImageShape(channels: 4))
    builder.dense(5, hasBias: true)
    try builder.selfLearnable(.paper())
    builder.dense(4)
    builder.batchNorm()
    try builder.selfLearnable(.stable(degree: 7))
    builder.dense(3, hasBias: true)
    let run = NetworkRun(builder.makeNetwork(), samples: 9, shards: 2)
    check(run, isTraining: true)
    #expect(run.network.layout.entries.filter { $0.role == .statistic }.count == 4)
  }

  @Test(arguments: joined + [.stable(), .paper()])
  func `numbers of threads do not matter`(configuration: Configuration) throws {
    var builder = FeedForwardBuilder(input: Self.planes)
    builder.convolution(4, kernel: 3, padding: 1)
    try builder.selfLearnable(configuration)
    let network = builder.makeNetwork()
    let runs = [1, 2].map {
      NetworkRun(network, samples: 8, shards: 4, threads: $0)
    }
    for run in runs { run.run() }
    #expect(runs[0].output == runs[1].output && runs[0].gradient == runs[1].gradient)
    #expect(runs[0].inputGradient == runs[1].inputGradient)
  }
}
