import Engine
import Testing

@Suite struct DropoutTests {
  private static let shape = ImageShape(channels: 6, height: 3, width: 4)

  private func run(
    _ probability: Double, shards: Int = 2, threads: Int = 2, isTraining: Bool = true
  ) -> NetworkRun {
    var builder = FeedForwardBuilder(input: Self.shape)
    builder.dropout(probability)
    let run = NetworkRun(
      builder.makeNetwork(), samples: 8, shards: shards, threads: threads, seed: 3)
    run.run(isTraining: isTraining)
    return run
  }

  @Test func `numbers are left out at random and the others made larger`() {
    let run = run(0.25)
    let factors = zip(run.output, run.input).map { $0 / $1 }
    for factor in factors { #expect(factor == 0 || abs(factor - 1 / 0.75) < 1e-6) }
    let out = Double(factors.count { $0 == 0 }) / Double(factors.count)
    #expect(abs(out - 0.25) < 0.08)
    let rows = stride(from: 0, to: factors.count, by: Self.shape.count).map {
      factors[$0..<$0 + Self.shape.count].map { $0 == 0 }
    }
    #expect(Set(rows).count == 8)
  }

  @Test func `the gradient is that of what was left in, by central differences`() {
    let run = run(0.5)
    let factors = zip(run.output, run.input).map { ($0 / $1).rounded() }
    for (index, found) in run.inputGradient.enumerated() {
      let loss = { (step: Double) in
        factors[index] * (run.input[index] + step) * run.coefficients[index]
      }
      #expect(abs(found - (loss(1e-3) - loss(-1e-3)) / 2e-3) < 1e-5)
    }
  }

  @Test func `neither shards nor threads change what is left out`() {
    let outputs = [(1, 1), (2, 1), (2, 2), (3, 2)].map { shards, threads in
      run(0.5, shards: shards, threads: threads).output
    }
    for output in outputs.dropFirst() { #expect(output == outputs[0]) }
  }

  @Test func `in evaluation everything stays`() {
    let run = run(0.5, isTraining: false)
    #expect(run.output == run.input && run.inputGradient == run.coefficients)
  }

  @Test func `every epoch leaves out others, and so does every sample`() throws {
    let images = SyntheticClasses(seed: 3)
    var builder = FeedForwardBuilder(input: images.shape)
    builder.dropout(0.5)
    builder.dense(images.classes, hasBias: true)
    let losses = try [(0, 0), (0, 0), (1, 0), (0, 64)].map { epoch, first in
      let trainer = try FeedForwardTrainer(
        network: builder.makeNetwork(), images: images,
        configuration: FeedForwardConfiguration(
          optimizer: OptimizerConfiguration(
            rule: .momentum(0), learningRate: Schedule(.hold(0)), clipNorm: nil), batch: 64),
        threads: 2)
      return trainer.train(
        Array(first..<first + 64)[...], epoch: epoch, activation: .rectified, rate: 0
      ).loss
    }
    #expect(losses[0] == losses[1] && losses[0] != losses[2] && losses[0] != losses[3])
  }
}
