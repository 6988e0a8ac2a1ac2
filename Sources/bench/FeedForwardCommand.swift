import AllocationCounter
import ArgumentParser
import Engine

/// Training steps of a feed-forward network on random images.
struct FeedForwardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedforward",
    abstract: "Time a training step of a feed-forward network, and count its allocations.",
    discussion: "scripts/torch_feedforward.py trains the same networks in PyTorch.")

  enum Model: String, ExpressibleByArgument {
    case lenet, vgg, resnet

    var network: FeedForwardModel {
      switch self {
      case .lenet: .leNet5
      case .vgg: .vgg11
      case .resnet: .resNet20
      }
    }

    var title: String {
      switch self {
      case .lenet: "LeNet-5"
      case .vgg: "VGG-11"
      case .resnet: "ResNet-20"
      }
    }

    var shape: ImageShape {
      self == .lenet
        ? ImageShape(channels: 1, height: 28, width: 28)
        : ImageShape(channels: 3, height: 32, width: 32)
    }
  }

  @Option(help: "lenet, vgg or resnet.") var model = Model.lenet
  @Option(help: "Bits of an activation; 0 for full precision.") var bits = 2
  @Option(help: "Threads.") var threads = 2
  @Option(help: "Images of a batch.") var batch = 64
  @Option(help: "Parts that a batch is divided into.") var shards = 2
  @Option(help: "Training steps timed; the median is printed.") var count = 200

  func run() throws {
    let images = RandomImages(shape: model.shape, samples: batch)
    let trainer = try FeedForwardTrainer(
      network: try model.network.makeNetwork(input: model.shape, classes: images.classes),
      images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(0.01)), clipNorm: nil),
        batch: batch, shards: shards),
      threads: threads)
    let activation =
      bits == 0 ? .rectified : try FeedForwardActivation(bits: bits, by: .clippedReLU)
    let samples = Array(0..<batch)
    allocation_set_apart("libdnnl")
    var (own, products) = (0, 0)
    let measurement = Measurement(count: count) { step in
      let before = allocation_count()
      _ = trainer.train(samples[...], epoch: step, activation: activation, rate: 0.01)
      let after = allocation_count()
      own = Int(after.others - before.others)
      products = Int(after.all - before.all) - own
    }
    print(
      "\(model.title) \(bits) bits threads \(threads) batch \(batch) median",
      "\(measurement.median.fixed(6)) s/step min \(measurement.minimum.fixed(6))",
      " allocations \(own), within oneDNN \(products)")
  }
}
