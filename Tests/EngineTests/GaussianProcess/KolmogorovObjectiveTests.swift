import Foundation
import Testing

@testable import Engine

/// Gradients of everything that is trained, against central differences in double.
@Suite struct KolmogorovObjectiveTests {
  private let rows: [[Double]] = (0..<40).map { row in
    [row * 37 % 41, (row * 37 + 53) % 41].map { Double($0) / 20.5 - 1 }
  }

  private func network(
    _ outputs: Int, prior: CurveBasis.Prior, isAdditive: Bool = false
  ) throws -> KolmogorovNetwork {
    var network = KolmogorovNetwork.start(
      units: isAdditive ? 2 * outputs : 2, inputs: 2, outputs: outputs, inner: try .uniform(5),
      outer: try .uniform(6, kernel: .matern52), seed: 5, prior: prior, isAdditive: isAdditive)
    // Far from the start, where hardly anything bends.
    for unit in 0..<network.units {
      for input in 0..<2 {
        for index in network.innerOutputs[unit][input].indices {
          let angle = Double(7 * index + 3 * input + unit)
          network.innerOutputs[unit][input][index] += 0.3 * sin(angle)
        }
      }
    }
    return network
  }

  private func targets(_ loss: KolmogorovTraining.Loss) -> [Double] {
    rows.indices.map { row in
      loss == .square ? rows[row][0] * rows[row][1] : Double(row * 7 % (loss == .softmax ? 3 : 2))
    }
  }

  private func loss(_ f: [Double], _ target: Double, _ loss: KolmogorovTraining.Loss) -> Double {
    switch loss {
    case .logistic: max(f[0], 0) - f[0] * target + log1p(exp(-abs(f[0])))
    case .softmax: log(f.reduce(0) { $0 + exp($1) }) - f[Int(target)]
    case .square: (f[0] - target) * (f[0] - target) / 2
    }
  }

  private func objective(_ network: KolmogorovNetwork, _ training: KolmogorovTraining) -> Double {
    let passes = rows.map(network.run)
    var sum = zip(passes, targets(training.loss)).reduce(0) {
      $0 + loss($1.0.outputs, $1.1, training.loss) / Double(rows.count)
    }
    for unit in 0..<network.units {
      for input in 0..<network.inputs {
        let curve = network.innerCurve(unit: unit, input: input)
        sum += training.energy * curve.energy / Double(network.units * network.inputs)
        let values = passes.map { $0.inner[unit][input] }
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        sum += training.groupL1 * square.squareRoot()
      }
      for output in 0..<network.outerCurves {
        sum +=
          training.energy * network.outerCurve(unit: unit, output: output).energy
          / Double(network.units * network.outputs)
      }
    }
    return sum
  }

  private static let kinds: [(loss: KolmogorovTraining.Loss, prior: CurveBasis.Prior)] = [
    (.logistic, .linear), (.softmax, .linear), (.square, .zero),
  ]

  @Test(arguments: [0, 1, 2], [false, true])
  func `gradients are central differences`(place: Int, isAdditive: Bool) throws {
    let kind = Self.kinds[place]
    let loss = kind.loss
    var network = try network(
      loss == .softmax ? 3 : 1, prior: kind.prior, isAdditive: isAdditive)
    var training = KolmogorovTraining()
    (training.loss, training.energy, training.groupL1) = (loss, 0.02, 0.05)
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: targets(loss), configuration: training)
    _ = trainer.differentiate(trainer.whole)
    func near(_ place: KolmogorovCurvePlace, _ path: WritableKeyPath<KolmogorovNetwork, [Double]>) {
      let found = trainer.parameters.numbers(place, in: trainer.gradient).array
      let values = network[keyPath: path]
      for index in values.indices {
        let h = 1e-5
        network[keyPath: path][index] = values[index] + h
        let above = objective(network, training)
        network[keyPath: path][index] = values[index] - h
        let difference = (above - objective(network, training)) / (2 * h)
        network[keyPath: path] = values
        #expect(
          abs(Double(found[index]) - difference) < 2e-4 + 2e-3 * abs(difference),
          "\(place) \(index): \(found[index]) \(difference)")
      }
    }
    for unit in 0..<network.units {
      for input in 0..<2 { near(.inner(unit: unit, input: input), \.innerOutputs[unit][input]) }
      for output in 0..<network.outerCurves {
        near(.outer(unit: unit, output: output), \.outerOutputs[unit][output])
      }
    }
  }

  @Test(arguments: [CurveBasis.Prior.zero, .linear], [false, true])
  func `gradients by what curves share are central differences`(
    prior: CurveBasis.Prior, isAdditive: Bool
  ) throws {
    let network = try network(1, prior: prior, isAdditive: isAdditive)
    var training = KolmogorovTraining()
    (training.energy, training.groupL1) = (0.02, 0.05)
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: targets(.logistic), configuration: training)
    _ = trainer.differentiate(trainer.whole)
    let found = trainer.covarianceGradients()
    func points(_ old: ControlPoints, _ index: Int, _ change: Double) throws -> ControlPoints {
      var inputs = old.inputs
      if index > 1 { inputs[index - 2] += change }
      return try ControlPoints(
        inputs: inputs, kernel: old.kernel,
        lengthScale: old.lengthScale + (index == 0 ? change : 0),
        noise: old.noise + (index == 1 ? change : 0))
    }
    for (path, gradient) in [(\KolmogorovNetwork.inner, found.inner), (\.outer, found.outer)] {
      let slopes = [gradient.lengthScale, gradient.noise] + gradient.inputs
      for (index, slope) in slopes.enumerated() {
        let h = index == 1 ? 1e-8 : 1e-5
        let values = try [h, -h].map { change in
          var other = network
          other[keyPath: path] = try points(network[keyPath: path], index, change)
          return objective(other, training)
        }
        let difference = (values[0] - values[1]) / (2 * h)
        #expect(abs(slope - difference) < 1e-3 * max(1, abs(difference)), "\(index)")
      }
    }
  }

  @Test func `control points that are trained stay such that curves can be made`() throws {
    let network = try network(1, prior: .zero)
    var training = KolmogorovTraining()
    training.trainedCovariances = Set(TrainedCovariance.allCases)
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: targets(.logistic), configuration: training)
    let first = trainer.step(trainsOuter: false)
    #expect(trainer.network.outer == network.outer && trainer.network.inner != network.inner)
    for _ in 0..<40 { trainer.step() }
    #expect(trainer.evaluate().meanLoss < first)
    let trained = trainer.network
    #expect(trained.inner.suitsFloat && trained.outer.suitsFloat && trained.outer != network.outer)
    // What follows from the control points has followed.
    let outputs = rows.map { trained.run($0).outputs[0] }
    trainer.whole.forward(trainer.weights)
    for (a, b) in zip(trainer.whole.outputs.array, outputs) { #expect(abs(Double(a) - b) < 1e-2) }
  }

  @Test func `frozen curves stay, and constants stand in their place`() throws {
    var network = try network(1, prior: .zero)
    network.constants[1][0] = 0.4
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: targets(.logistic), configuration: KolmogorovTraining())
    network.innerOutputs[1][0] = network.innerOutputs[1][0].map { _ in 0 }
    trainer.set(network)
    for _ in 0..<3 { trainer.step() }
    trainer.frozen = [
      .inner(unit: 0, input: 1), .outer(unit: 1, output: 0), .inner(unit: 1, input: 0),
    ]
    let before = trainer.network
    for _ in 0..<3 { trainer.step() }
    let after = trainer.network
    #expect(after.innerOutputs[0][1] == before.innerOutputs[0][1])
    #expect(after.outerOutputs[1] == before.outerOutputs[1])
    #expect(after.innerOutputs[0][0] != before.innerOutputs[0][0])
    #expect(after.run(rows[3]).inner[1][0] == 0.4)
  }

  @Test func `a batch of all rows is the same step, smaller ones learn too`() throws {
    let network = try network(1, prior: .zero)
    let trainers = (0..<2).map { _ in
      KolmogorovTrainer(
        network, rows: rows, targets: targets(.logistic), configuration: KolmogorovTraining())
    }
    trainers[0].step()
    _ = trainers[1].step(on: Array(0..<40)[...], trainsOuter: true)
    #expect(trainers[0].network == trainers[1].network)
    let first = trainers[0].evaluate().meanLoss
    for step in 0..<200 {
      let first = step % 4 * 11
      _ = trainers[0].step(on: Array(0..<40)[first..<min(first + 11, 40)], trainsOuter: true)
    }
    #expect(trainers[0].evaluate().meanLoss < first)
  }
}
