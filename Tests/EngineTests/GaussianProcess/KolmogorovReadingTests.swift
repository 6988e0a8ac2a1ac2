import Foundation
import Testing

@testable import Engine

@Suite struct KolmogorovReadingTests {
  private let places = (0..<200).map { Double($0) / 100 - 1 }

  private func shape(
    _ function: (Double) -> Double, points: Int = 21
  ) throws -> CurveShape {
    let control = try ControlPoints.uniform(points, lengthScale: 1.5, noise: 1e-4)
    return CurveShape(
      GaussianProcessCurve(control, outputs: control.inputs.map(function)), at: places)
  }

  @Test func `shapes have their words`() throws {
    #expect(try shape { _ in 0 }.words == "constant")
    #expect(try shape { -2 * $0 }.words.hasPrefix("linear falling, R2 0.99"))
    #expect(try shape { $0 * $0 }.words.hasPrefix("quadratic, R2 0.99"))
    #expect(try shape { $0 * $0 * $0 - 0.6 * $0 }.form == .polynomial(degree: 3))
    #expect(try shape { tanh(6 * $0) }.form == .function("tanh"))
    #expect(try shape { tanh(6 * $0) }.course == .rising)
    #expect(try shape { abs($0 - 0.25) }.form == .function("|x|"))
    #expect(try shape { sin(6 * $0) }.form == .function("sin"))
    #expect(try shape { sin(5 * $0) + abs(cos(9 * $0)) }.form == .free)
    let empty = CurveShape(
      GaussianProcessCurve(try .uniform(), outputs: [0, 1, 2, 3, 4, 5, 6]), at: [])
    #expect(empty.words == "constant")
  }

  /// y = x1 - x2 / 2 through one unit whose outer curve falls.
  private func reading() throws -> KolmogorovReading {
    let points = try ControlPoints.uniform()
    let network = KolmogorovNetwork(
      inner: points, outer: points,
      innerOutputs: [[points.inputs.map { -$0 }, points.inputs.map { $0 / 2 }]],
      outerOutputs: [[points.inputs.map { -4 * $0 }]], biases: [0])
    let rows = (0..<25).map { [Double($0 % 5) * 10, Double($0 / 5) + 3] }
    let table = TableSet(
      title: "t", names: ["left", "right"], target: "kind", classes: ["no", "yes"], rows: rows,
      targets: rows.map { $0[0] > 15 ? 1 : 0 }, parts: TableParts(rows: 25, split: .mod5, seed: 0))
    return KolmogorovReading(network, table: table)
  }

  @Test func `an example adds up, with signs by which what is positive raises the output`() throws {
    let reading = try reading()
    #expect(reading.sign(ofUnit: 0) == -1)
    let example = try #require(reading.example(1))
    let pass = reading.network.run(reading.table.scaledRow(9))
    #expect(example.title == "test row 2" && example.target == "yes" && example.answer == "yes")
    #expect(example.logit == pass.outputs[0] && example.units[0].input == pass.sums[0])
    let mean = reading.passes.reduce(0) { $0 + $1.sums[0] } / Double(reading.passes.count)
    let sum = example.units[0].contributions.reduce(0) { $0 + $1.value }
    #expect(abs(sum + pass.sums[0] - mean) < 1e-9)
    #expect(example.units[0].contributions[0].value > 0)
    #expect(abs(try #require(example.probability) - 1 / (1 + exp(-example.logit))) < 1e-12)
    #expect(reading.example(5) == nil)
  }

  @Test func `flips are the smallest changes that turn the answer`() throws {
    let reading = try reading()
    let row = reading.table.parts.test[1]
    let flips = reading.flips(of: row)
    #expect(flips.first?.name == "left" || flips.first?.name == "right")
    for flip in flips {
      let input = try #require(reading.table.names.firstIndex(of: flip.name))
      var x = reading.table.scaledRow(row)
      let own = reading.answer(reading.network.run(x).outputs)
      let target = reading.table.scaled(flip.to, input: input)
      let (beyond, before) = (
        target + 1e-4 * (target - x[input]), x[input] + 0.99 * (target - x[input])
      )
      x[input] = beyond
      #expect(reading.answer(reading.network.run(x).outputs) != own)
      x[input] = before
      #expect(reading.answer(reading.network.run(x).outputs) == own)
      #expect(flip.from == reading.table.rows[row][input])
    }
    #expect(!flips.isEmpty)
  }

  @Test func `rows are found by their uncertainty and by their errors`() throws {
    let reading = try reading()
    let outputs = reading.table.parts.test.map {
      reading.network.run(reading.table.scaledRow($0)).outputs[0]
    }
    let nearest = outputs.indices.min { abs(outputs[$0]) < abs(outputs[$1]) }
    #expect(reading.place(of: .mostUncertain) == nearest)
    #expect(reading.place(of: .row(99)) == 4 && reading.place(of: .row(-1)) == 0)
    let wrong = reading.table.parts.test.indices.filter {
      (outputs[$0] > 0) != (reading.table.targets[reading.table.parts.test[$0]] == 1)
    }
    #expect(reading.place(of: .error(0)) == wrong.first)
    #expect(reading.place(of: .error(99)) == wrong.last)
    let map = try #require(reading.map(.init(columns: 3, rows: 2)))
    #expect(map.values.count == 6 && map.horizontal == 0...30)
    #expect(map.values[3] < map.values[5])
    #expect(reading.map(.init(columns: 0, rows: 2)) == nil)
    #expect(reading.map(.init(columns: .max, rows: .max)) == nil)
  }

  @Test func `tables come near the curves, the more so the more bits they have`() throws {
    let reading = try reading()
    let errors = [3, 6, 10].map { bits in
      let tables = KolmogorovTables(reading.network, bits: bits, rows: reading.rows)
      return reading.rows.reduce(0) {
        max($0, abs(tables.outputs($1)[0] - reading.network.run($1).outputs[0]))
      }
    }
    #expect(errors[0] > errors[1] && errors[1] > errors[2] && errors[2] < 0.02)
  }

  @Test(arguments: [false, true])
  func `shares while training are those of the network`(isAdditive: Bool) throws {
    let table = ExpressiveTarget.sine.table(seed: 3)
    let points = try ControlPoints.uniform(5)
    let network = KolmogorovNetwork.start(
      units: 3, inputs: 2, inner: points, outer: points, seed: 2, isAdditive: isAdditive)
    var training = KolmogorovTraining()
    training.loss = .square
    let rows = table.parts.training.prefix(100).map(table.scaledRow)
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: table.targets.prefix(100).map { $0 }, configuration: training)
    for _ in 0..<20 { trainer.step() }
    _ = trainer.evaluate()
    let expected = KolmogorovImportance(trainer.network, rows: rows).shares
    for (found, share) in zip(trainer.shares, expected) { #expect(abs(found - share) < 1e-4) }
  }
}
