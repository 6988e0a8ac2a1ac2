import Engine
import Testing

@Suite struct FeedForwardModelTests {
  private static let colour = ImageShape(channels: 3, height: 32, width: 32)
  private static let grey = ImageShape(channels: 1, height: 28, width: 28)

  @Test func `published networks have their numbers of weights`() throws {
    let count = { (model: FeedForwardModel, input: ImageShape) throws in
      try model.makeNetwork(input: input, classes: 10).layout.trainedCount
    }
    #expect(try count(.leNet5, Self.grey) == 25 * 6 + 150 * 16 + 400 * 120 + 120 * 84 + 850)
    let vgg = [3 * 64, 64 * 128, 128 * 256, 256 * 256, 256 * 512, 3 * 512 * 512]
    #expect(try count(.vgg11, Self.colour) == 9 * vgg.reduce(0, +) + 5130)
    let resNet = [3 * 16, 6 * 16 * 16, 16 * 32, 5 * 32 * 32, 32 * 64, 5 * 64 * 64]
    #expect(try count(.resNet20, Self.colour) == 9 * resNet.reduce(0, +) + 650)
    let vector = ImageShape(channels: 16)
    #expect(
      try count(.chain(width: 48, depth: 8), vector) == 16 * 48 + 7 * 48 * 48 + 49 * 4 + 49 * 6)
    #expect(
      try count(.residualChain(width: 48, blocks: 9), vector) == 16 * 48 + 18 * 48 * 48 + 490)
  }

  @Test func `normalization comes before every activation`() throws {
    for (model, input) in [
      (FeedForwardModel.leNet5, Self.grey), (.vgg11, Self.colour),
    ] {
      let nodes = try model.makeNetwork(input: input, classes: 10).nodes
      for (index, node) in nodes.enumerated() {
        guard case .layer(let layer) = node.work, layer is ActivationLayer,
          case .layer(let before) = nodes[index - 1].work
        else { continue }
        #expect((before as? BatchNorm)?.isScaled == false)
      }
    }
  }

  @Test func `images that are too small are refused`() {
    let small = ImageShape(channels: 1, height: 28, width: 11)
    #expect(throws: FeedForwardError.imagesTooSmall(found: small, side: 12)) {
      try FeedForwardModel.leNet5.makeNetwork(input: small, classes: 10)
    }
    #expect(throws: FeedForwardError.imagesTooSmall(found: Self.grey, side: 32)) {
      try FeedForwardModel.vgg11.makeNetwork(input: Self.grey, classes: 10)
    }
  }
}
