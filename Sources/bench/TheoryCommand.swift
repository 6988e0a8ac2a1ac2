import AllocationCounter
import ArgumentParser
import Engine
import Golden

/// Exact and sampled coarse gradient descent on one thread.
struct TheoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theory",
    abstract: "Time the descent of the theory study, m = 4 and n = 3, and count its allocations.")

  @Option(help: "Exact steps timed with closed forms; a hundredth of them with quadrature.")
  var steps = 2_000_000
  @Option(help: "Repetitions; the median is printed.") var count = 5
  @Option(help: "Samples of a batch in sampled mode.") var batch = 1000
  @Option(help: "Step size, so small that all timed steps are on the way, not at the end of it.")
  var rate = 1e-6

  /// The estimators of the golden files, of which these have closed forms.
  private static let exact = [
    "identity", "relu", "crelu", "hard_tanh", "leaky_relu", "reverse_relu", "arctan", "triangular",
  ]

  func run() throws {
    let teacher = try CoarseTeacher(v: [1, -0.5, 0.25, 0.75], w: [0.6, 0.8, 0])
    let start = try CoarseStart.random(seed: 2024, index: 0, norm: 3).point(for: teacher)
    for name in Self.exact {
      guard let estimator = ToyEstimators.all.first(where: { $0.name == name }) else { continue }
      let length = estimator.hasClosedForm ? steps : max(steps / 100, 1)
      time(
        CoarseGradientDescent.Settings(rate: rate, estimator: estimator), from: start,
        steps: length)
    }
    time(
      CoarseGradientDescent.Settings(rate: rate, estimator: .clippedReLU, batch: batch),
      from: start, steps: max(steps / 2 / batch, 1))
  }

  private func time(
    _ settings: CoarseGradientDescent.Settings, from start: PopulationPoint, steps: Int
  ) {
    var descent = CoarseGradientDescent(from: start, settings: settings)
    var allocations = 0
    let measurement = Measurement(count: count) { _ in
      let before = allocation_count()
      descent.run(steps)
      let after = allocation_count()
      allocations = Int(after.all - before.all)
    }
    let rate = Double(steps) / measurement.median
    let mode = settings.batch.map { "batch \($0)" } ?? "exact"
    print(
      "\(settings.estimator.name) \(mode): \((rate / 1e6).fixed(3)) million steps/s,",
      "\((1e9 / rate).fixed(0)) ns a step, allocations \(allocations)",
      " loss \(descent.point.loss.fixed(4)) at \(descent.point.place.angle.fixed(4)) rad")
  }
}
