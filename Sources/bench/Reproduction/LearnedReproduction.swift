import ArgumentParser
import Engine
import Foundation
import Runs

/// The authors' network for MNIST with self-learnable activations, and its twin with ReLU and twice
/// the filters, tested every 100 of 25,000 steps (specification of self-learnable activations, 5 and
/// 6). Each goes on where it was stopped.
struct LearnedReproduction {
  private let seed: UInt64
  private let threads: Int
  private let images: any LabelledImages
  private let folder: String
  private let limit: Double?
  private var spent = 0.0

  private static let batch = 50
  private static let stepsPerTest = 100
  private static let secondsBetweenSaves = 120.0

  init(
    seed: UInt64, threads: Int, locations: DataLocations, folder: String, minutes: Double?
  ) throws {
    (self.seed, self.threads, self.folder) = (seed, threads, folder)
    limit = minutes.map { $0 * 60 }
    do {
      // 60,000 samples train, and those of the test validate.
      images = JoinedImages(
        images: try FeedForwardDataSet.mnist.load(for: .leNet5, from: locations))
    } catch {
      throw ValidationError(description(of: error))
    }
  }

  /// Both runs one after the other, and the table; ends early where time is up.
  mutating func run() throws {
    var rows: [LearnedTable.Row] = []
    for model in LearnedModel.allCases {
      guard let row = try finish(model) else { return }
      rows.append(row)
      let text = LearnedTable(seed: seed, rows: rows).text
      print(text)
      try DurableFile.write(Array((text + "\n").utf8), to: folder + "/table.md")
    }
  }

  /// Goes on with a run to its end; `nil` where time is up before.
  private mutating func finish(_ model: LearnedModel) throws -> LearnedTable.Row? {
    let store = try LearnedRunFolder(at: "\(folder)/\(model.rawValue)")
    let trainer = try trainer(model)
    var state = try store.restore(into: trainer)
    print("\(model.rawValue) from step \(state.step) on, in \(store.path)")
    var order: [Int] = []
    var sinceSave = 0.0
    let stepsPerEpoch = images.count(in: .training) / Self.batch
    while state.step < model.steps {
      let (epoch, place) = state.step.quotientAndRemainder(dividingBy: stepsPerEpoch)
      if order.isEmpty || place == 0 { order = self.order(ofEpoch: epoch) }
      var isFinite = true
      let taken = try Measurement.seconds {
        isFinite = train(trainer, order, place, epoch: epoch, rate: model.rate(at: state.step))
        state.step += 1
        if state.step % Self.stepsPerTest == 0 { try test(trainer, &state, store) }
      }
      guard isFinite else {
        print("\(model.rawValue): the loss is not finite at step \(state.step)")
        throw ExitCode.failure
      }
      state.seconds += taken
      spent += taken
      sinceSave += taken
      let isOver = limit.map { spent > $0 } ?? false
      if isOver || sinceSave > Self.secondsBetweenSaves || state.step == model.steps {
        try store.save(trainer, state)
        sinceSave = 0
      }
      if isOver { return nil }
    }
    return LearnedTable.Row(
      model: model, parameters: trainer.network.layout.trainedCount, state: state)
  }

  private func trainer(_ model: LearnedModel) throws -> FeedForwardTrainer {
    try FeedForwardTrainer(
      network: model.network(for: images), images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
          learningRate: Schedule(.hold(model.rate(at: 0))), clipNorm: nil),
        batch: Self.batch, seed: seed),
      threads: threads)
  }

  private func order(ofEpoch epoch: Int) -> [Int] {
    var order = Array(0..<images.count(in: .training))
    var stream = RandomStream(seed: seed, purpose: .order, first: epoch)
    order.shuffle(with: &stream)
    return order
  }

  private func train(
    _ trainer: FeedForwardTrainer, _ order: [Int], _ place: Int, epoch: Int, rate: Double
  ) -> Bool {
    let first = place * Self.batch
    let result = trainer.train(
      order[first..<first + Self.batch], epoch: epoch, activation: .rectified, rate: rate)
    return result.loss.isFinite && result.gradientNorm.isFinite
  }

  private func test(
    _ trainer: FeedForwardTrainer, _ state: inout LearnedRunFolder.State,
    _ store: LearnedRunFolder
  ) throws {
    let result = trainer.evaluate(.test, activation: .rectified)
    state.add(accuracy: Double(result.correct) / Double(result.count))
    try store.log(state)
  }
}

/// The two networks that are compared.
enum LearnedModel: String, CaseIterable {
  case slaf, relu

  var steps: Int { 25_000 }

  func network(for images: any LabelledImages) throws -> FeedForwardNetwork {
    var options = FeedForwardOptions()
    options.start = .truncated(deviation: 0.1)
    (options.dropout, options.normalizes) = (0.5, false)
    if self == .slaf {
      var recipe = SelfLearnableRecipe.paper(degree: 4)
      recipe.activation.sharing = .planes
      recipe.degrees = [4, 4, 5]
      options.learned = recipe
    }
    return try FeedForwardModel.digits(filters: self == .slaf ? 16 : 32).makeNetwork(
      input: images.shape, classes: images.classes, options: options)
  }

  func rate(at step: Int) -> Double {
    switch self {
    case .slaf: step < 3000 ? 1e-2 : step < 5000 ? 1e-3 : 5e-5
    case .relu: step < 3000 ? 1e-3 : 1e-4
    }
  }

  /// Best and last test accuracy of the authors' logs in percent, and the step of the best.
  var published: (best: Double, step: Int, last: Double) {
    switch self {
    case .slaf: (99.55, 8_400, 99.47)
    case .relu: (99.34, 22_800, 99.18)
    }
  }
}
