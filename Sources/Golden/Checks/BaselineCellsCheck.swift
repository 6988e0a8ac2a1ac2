/// `baseline-cells`: the plain RNN, the LSTM and both GRUs with the gradients of a loss on their
/// last hidden state, and the NRU forward.
struct BaselineCellsCheck: GoldenCheck {
  var name: String { "baseline-cells" }
  let routes: [any HybridRoute]

  /// More than any file lists; gradients by differences would take too long.
  private static let largestSize = 64

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let name = try item.value("name")
      let text = try name.text()
      switch text {
      case "simple_rnn": try check(.rnn(.tanh), item, into: &tally)
      case "lstm": try check(.lstm, item, into: &tally)
      case "gru_reset_after": try check(.gruResetAfter, item, into: &tally)
      case "gru_reset_before": try check(.gruResetBefore, item, into: &tally)
      case "nru": try checkNRU(item, into: &tally)
      default: throw name.invalid("the name of a cell", found: text)
      }
    }
  }

  private func check(
    _ kind: ReferenceCell.Kind, _ item: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let units = try item.value("units").positiveInteger(atMost: Self.largestSize)
    let inputs = try item.value("input").positiveInteger(atMost: Self.largestSize)
    let cell = ReferenceCell(
      kind: kind,
      weights: try weights(try item.value("weights"), kind, inputs: inputs, units: units))
    let x = try item.value("x").rows().checked(columns: inputs, item)
    let h = try item.value("h").rows(count: x.count, columns: units)
    let grad = try item.value("grad")
    let lastStep = try grad.value("c").doubles(count: units)
    let expected = try weights(grad, kind, inputs: inputs, units: units)
    tally.compare(
      Double(cell.weights.count), try item.value("params").double(), .exact,
      at: "\(item.path).params")
    for route in routes {
      let tolerance = route.precision.standard
      let run = try route.run(
        cell, over: x, from: [Double](repeating: 0, count: units),
        hiddenGradient: [[Double]](lastStep: lastStep, steps: x.count))
      let place = { (key: String) in "\(item.path).\(key) (\(route.name))" }
      let arrays: [(key: String, found: [[Double]], expected: [[Double]])] = [
        ("h", run.h, h), ("grad.kernel", run.gradients.kernel, expected.kernel),
        ("grad.recurrent", run.gradients.recurrent, expected.recurrent),
        ("grad.bias", run.gradients.biases, expected.biases),
      ]
      for (key, found, expected) in arrays {
        tally.compare(
          found.flatMap { $0 }, expected.flatMap { $0 }, tolerance, at: place(key))
      }
    }
  }

  /// Reads the keys `kernel`, `recurrent` and `bias`.
  private func weights(
    _ item: GoldenValue, _ kind: ReferenceCell.Kind, inputs: Int, units: Int
  ) throws(GoldenError) -> ReferenceCell.Weights {
    let columns = kind.gates * units
    let bias = try item.value("bias")
    return ReferenceCell.Weights(
      kernel: try item.value("kernel").rows(count: inputs, columns: columns),
      recurrent: try item.value("recurrent").rows(count: units, columns: columns),
      biases: kind == .gruResetAfter
        ? try bias.rows(count: 2, columns: columns) : [try bias.doubles(count: columns)])
  }

  private func checkNRU(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let cell = try ReferenceNRU(item, largestSize: Self.largestSize)
    let x = try item.value("x").rows().checked(columns: cell.inputs, item)
    let h = try item.value("h").rows(count: x.count, columns: cell.units)
    let m = try item.value("m").rows(count: x.count, columns: cell.memory)
    let zero = { (count: Int) in [Double](repeating: 0, count: count) }
    for route in routes {
      let run = try route.run(
        cell, over: x, from: .init(h: zero(cell.units), m: zero(cell.memory)),
        hiddenGradient: x.map { _ in zero(cell.units) })
      for (key, found, expected) in [("h", run.h, h), ("m", run.m, m)] {
        tally.compare(
          found.outputs.flatMap { $0 }, expected.flatMap { $0 }, route.precision.standard,
          at: "\(item.path).\(key) (\(route.name))")
      }
    }
  }
}

extension ReferenceCell.Weights {
  /// How many weights there are.
  var count: Int { [kernel, recurrent, biases].reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }
}

extension ReferenceNRU {
  /// Reads sizes and weights of a case.
  init(_ item: GoldenValue, largestSize: Int) throws(GoldenError) {
    let inputs = try item.value("input_size").positiveInteger(atMost: largestSize)
    let hidden = try item.value("hidden").positiveInteger(atMost: largestSize)
    let memory = try item.value("memory").positiveInteger(atMost: largestSize)
    let heads = try item.value("k").positiveInteger(atMost: largestSize)
    let side = Int(Double(memory * heads).squareRoot())
    guard side * side == memory * heads else {
      throw item.invalid("memory times k to be a square", found: "\(memory * heads)")
    }
    let weights = try item.value("weights")
    func map(_ name: String, _ rows: Int, _ columns: Int) throws(GoldenError) -> Map {
      Map(
        weights: try weights.value("\(name).weight").rows(count: rows, columns: columns)
          .flatMap { $0 },
        bias: try weights.value("\(name).bias").doubles(count: rows))
    }
    let both = hidden + memory
    self.init(
      inputs: inputs, memory: memory, heads: heads, norm: try item.value("p").double(),
      weights: Weights(
        hidden: try map("hmi2h", hidden, inputs + both),
        write: try map("hm2alpha", heads, both), erase: try map("hm2beta", heads, both),
        writeVectors: try map("hm2v_alpha", 2 * side, both),
        eraseVectors: try map("hm2v_beta", 2 * side, both)))
  }
}
