import Foundation
import Testing

@testable import Engine

/// What is done to learned activations while they train, and looks at them.
@Suite struct ReshapeTests {
  private static func study(
    _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudy { try LearnedStudyTests.study(change) }

  private func reshape(
    _ study: FeedForwardStudy, _ curve: String, _ change: CurveChange
  ) throws -> EditRecord {
    try study.apply(.reshape(curve: curve, change: change))
  }

  /// Heights of all curves of all activations at some inputs.
  private func heights(_ study: FeedForwardStudy) -> [[Double]] {
    study.layers.flatMap { layer in
      (0..<layer.input.channels).map { channel in
        let curve = layer.curve(ofChannel: channel, study.trainer.weights)
        return stride(from: -2, through: 2, by: 0.25).map { curve.value($0) }
      }
    }
  }

  private func distance(_ a: [[Double]], _ b: [[Double]]) -> Double {
    zip(a.joined(), b.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// The first learned activation is node 3, behind a dense layer and its normalization.
  private static let first = "3.learned"
  private static let last = "7.learned"

  @Test func `activations have the names of their nodes`() throws {
    let study = try Self.study()
    #expect(study.layers.map(study.name) == [Self.first, Self.last])
    #expect(throws: EditError.unknownCurve("3.learned.5")) {
      try reshape(study, "3.learned.5", .freeze)
    }
    #expect(throws: EditError.self) { try reshape(study, Self.first, .move(point: 1, height: 2)) }
    #expect(throws: EditError.self) { try reshape(study, Self.first, .degree(17)) }
    #expect(throws: EditError.self) { try reshape(study, Self.first + ".1", .degree(2)) }
    #expect(throws: EditError.self) { try reshape(study, Self.first, .basis("cubic")) }
    #expect(throws: EditError.self) { try reshape(study, Self.first, .begin(like: "cosine")) }
    #expect(throws: EditError.self) { try reshape(study, Self.first, .fit) }
  }

  @Test func `what is refused changes no bit`() throws {
    let (plain, refused) = (try Self.study(), try Self.study())
    _ = try plain.events()
    _ = try refused.events(until: 3)
    for change in [CurveChange.degree(0), .basis("cubic"), .fit, .begin(like: "cosine")] {
      #expect(throws: EditError.self) { try reshape(refused, Self.first, change) }
    }
    _ = try refused.events()
    #expect(refused.snapshot() == plain.snapshot())
  }

  @Test func `more powers and another basis change no curve, and training goes on`() throws {
    let study = try Self.study()
    _ = try study.events(until: 3)
    let before = heights(study)
    _ = try reshape(study, Self.first, .degree(6))
    #expect(distance(heights(study), before) < 1e-6)
    _ = try reshape(study, Self.first, .basis("legendre"))
    #expect(distance(heights(study), before) < 1e-5)
    #expect(study.layers[0].configuration.basis == .legendre)
    #expect(study.layers[1].configuration.degree == 3)
    _ = try study.events(until: 5)
    #expect(distance(heights(study), before) > 1e-4)
    #expect(throws: Never.self) { try reshape(study, Self.first, .degree(2)) }
    #expect(study.trainer.network.layout.trainedCount < study.summary.parameters)
  }

  @Test func `normalized powers keep their curves, and have no other basis`() throws {
    let study = try Self.study { $0.take(.paper(degree: 2)) }
    _ = try study.events(until: 4)
    let before = heights(study)
    let name = study.name(of: study.layers[0])
    _ = try reshape(study, name, .degree(4))
    #expect(distance(heights(study), before) < 1e-5)
    #expect(throws: EditError.self) { try reshape(study, name, .basis("chebyshev")) }
    _ = try reshape(study, name, .degree(3))
    #expect(distance(heights(study), before) < 1e-2)
    let end = try study.events().last
    guard case .ended(let conclusion)? = end else {
      Issue.record("no end")
      return
    }
    #expect(conclusion.outcome == .completed)
  }

  @Test func `undo puts an activation back, and redo changes it again`() throws {
    let study = try Self.study()
    _ = try study.events(until: 2)
    let before = heights(study)
    _ = try study.apply(.scale(knob: "learningRate", factor: 0.5))
    _ = try reshape(study, Self.last, .begin(like: "tanh"))
    let like = heights(study)
    #expect(distance(like, before) > 0.1)
    _ = try reshape(study, Self.last, .degree(1))
    _ = try study.apply(.undo)
    #expect(heights(study) == like && study.layers[1].configuration.degree == 3)
    _ = try study.apply(.undo)
    #expect(heights(study) == before)
    _ = try study.apply(.redo)
    #expect(heights(study) == like)
    _ = try study.apply(.undo)
    _ = try study.apply(.undo)
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
  }

  @Test func `frozen curves stay, thawed ones move`() throws {
    let study = try Self.study()
    _ = try reshape(study, Self.first, .freeze)
    _ = try reshape(study, Self.first + ".2", .thaw)
    _ = try reshape(study, Self.last + ".1", .remove)
    let before = study.layers.map { study.trainer.weights[$0.coefficients].array }
    _ = try study.events(until: 4)
    let after = study.layers.map { study.trainer.weights[$0.coefficients].array }
    for row in 0..<5 {
      let places = row * 3..<(row + 1) * 3
      #expect((before[0][places] == after[0][places]) == (row != 2))
      #expect((before[1][places] == after[1][places]) == (row == 1))
    }
    #expect(before[1][3..<6].allSatisfy { abs($0) < 1e-6 })
  }

  @Test func `what was reshaped goes on bit for bit from a checkpoint, and is repeated`() throws {
    let turn: (FeedForwardStudy) throws -> Void = { study in
      _ = try study.apply(.reshape(curve: Self.first, change: .degree(5)))
      _ = try study.apply(.reshape(curve: Self.last + ".3", change: .freeze))
      _ = try study.apply(.reshape(curve: Self.last, change: .fit))
    }
    let whole = try Self.study()
    _ = try whole.events(until: 3)
    try turn(whole)
    let saved = try #require(
      whole.snapshot().tensors.first { $0.name == "3.learned.coefficients" })
    #expect(saved.shape == [5, 5])
    let next = try Self.study()
    try next.restore(whole.snapshot())
    _ = try whole.events()
    _ = try next.events()
    #expect(next.snapshot() == whole.snapshot())
    let again = try Self.study()
    again.replay(whole.edits)
    _ = try again.events()
    #expect(again.snapshot().tensors == whole.snapshot().tensors)
  }

  @Test(arguments: [FeedForwardDataSet.spirals, .polynomials])
  func `the best coefficients lower the loss`(dataSet: FeedForwardDataSet) throws {
    let study = try Self.study {
      $0.dataSet = dataSet
      if dataSet == .polynomials { $0.take(.paper(degree: 2)) }
    }
    _ = try study.events(until: 4)
    let loss = { study.trainer.evaluate(.training, activation: .rectified).loss }
    let before = loss()
    _ = try reshape(study, study.name(of: study.layers[1]), .fit)
    #expect(loss() < before)
  }

  @Test func `the gradient of the coefficients' problem is that of central differences`() throws {
    let study = try Self.study { $0.take(.paper(degree: 3)) }
    _ = try study.events(until: 3)
    let layer = study.layers[1]
    let inputs = (0..<7).map { sample in
      (0..<5).map { sin(Double(sample * 5 + $0)) }
    }
    let fit = CoefficientFit(
      layer, rows: [0], inputs: inputs,
      outputs: (
        [[0.5, -1, 0.25, 0.75, 1], [-0.5, 0.3, 1, -0.2, 0.1]], [0.1, -0.2]
      ), labels: [0, 1, 1, 0, 1, 0, 0], targets: nil, study.trainer.weights)
    let gradient = fit.loss(fit.start).gradient
    for index in gradient.indices {
      var (above, below) = (fit.start, fit.start)
      above[index] += 1e-5
      below[index] -= 1e-5
      let slope = (fit.loss(above).value - fit.loss(below).value) / 2e-5
      #expect(abs(slope - gradient[index]) < 1e-7)
    }
  }
}
