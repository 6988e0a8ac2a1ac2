import Engine

/// `lmu-cell`: responses of the memory alone (names `memory_*`), and the whole LMU cell with the
/// gradients of a loss on its last hidden state.
struct LMUCellCheck: GoldenCheck {
  var name: String { "lmu-cell" }
  let routes: [any HybridRoute]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let memory = try MemorySize(item).memory(discretizer: try item.value("discretizer"))
      if try item.value("name").text().hasPrefix("memory") {
        try checkMemory(memory, item, into: &tally)
      } else {
        try checkCell(memory, item, into: &tally)
      }
    }
  }

  /// A cell whose memory sees u and whose hidden unit does nothing.
  private func checkMemory(
    _ memory: LegendreMemory, _ item: GoldenValue, into tally: inout GoldenTally
  ) throws {
    var weights = ReferenceLMU.Weights(inputs: 1, hidden: 1, order: memory.order)
    weights.inputEncoder = [1]
    let x = try item.value("u").doubles().map { [$0] }.checked(columns: 1, item)
    let expected = try item.value("m").rows(count: x.count, columns: memory.order)
    for route in routes {
      let run = try route.run(
        ReferenceLMU(memory: memory, weights: weights), over: x,
        from: .zero(hidden: 1, order: memory.order), hiddenGradient: x.map { _ in [0] })
      tally.compare(
        run.m.flatMap { $0 }, expected.flatMap { $0 }, route.precision.standard,
        at: "\(item.path).m (\(route.name))")
    }
  }

  private func checkCell(
    _ memory: LegendreMemory, _ item: GoldenValue, into tally: inout GoldenTally
  ) throws {
    let weights = try ReferenceLMU.Weights(item, sizes: item)
    let x = try item.value("x").rows().checked(columns: weights.inputs, item)
    let expected = try item.value("grad")
    let coefficients = try expected.value("c").doubles(count: weights.hidden)
    for route in routes {
      let tolerance = route.precision.standard
      let run = try route.run(
        ReferenceLMU(memory: memory, weights: weights), over: x,
        from: .zero(hidden: weights.hidden, order: weights.order),
        hiddenGradient: .onLastStep(coefficients, of: x.count))
      for (key, found) in [("m", run.m), ("h", run.h)] {
        let rows = try item.value(key).rows()
        tally.compare(
          found.flatMap { $0 }, rows.flatMap { $0 }, tolerance,
          at: "\(item.path).\(key) (\(route.name))")
      }
      let loss = zip(coefficients, run.h.last ?? []).reduce(0) { $0 + $1.0 * $1.1 }
      tally.compare(
        loss, try expected.value("value").double(), tolerance,
        at: "\(expected.path).value (\(route.name))")
      try run.gradients.compare(expected, tolerance, route: route, into: &tally)
    }
  }
}

extension ReferenceLMU.Voltages {
  /// Voltages of a cell that is not quantized, where they mean nothing.
  static func zero(hidden: Int, order: Int) -> Self {
    Self(
      h: [Double](repeating: 0, count: hidden), m: [Double](repeating: 0, count: order), u: 0)
  }
}

extension [[Double]] {
  /// Zero at every step but the last.
  static func onLastStep(_ coefficients: [Double], of steps: Int) -> [[Double]] {
    var rows = [[Double]](repeating: coefficients.map { _ in 0 }, count: steps)
    if steps > 0 { rows[steps - 1] = coefficients }
    return rows
  }

  /// These rows, if there are any and all have `columns` numbers.
  func checked(columns: Int, _ item: GoldenValue) throws(GoldenError) -> [[Double]] {
    guard !isEmpty, allSatisfy({ $0.count == columns }) else {
      throw item.invalid("steps of \(columns) inputs", found: "without steps or of other width")
    }
    return self
  }
}

extension ReferenceLMU.Weights {
  /// Reads the keys e_x, e_h, e_m, W_x, W_h, W_m, b_h of `item`; `sizes` has `input`, `units` and
  /// `order`.
  init(_ item: GoldenValue, sizes: GoldenValue) throws(GoldenError) {
    let limit = MemorySize.largestOrder
    let inputs = try sizes.value("input").positiveInteger(atMost: limit)
    let hidden = try sizes.value("units").positiveInteger(atMost: limit)
    let order = try sizes.value("order").positiveInteger(atMost: limit)
    self.init(inputs: inputs, hidden: hidden, order: order)
    inputEncoder = try item.value("e_x").doubles(count: inputs)
    hiddenEncoder = try item.value("e_h").doubles(count: hidden)
    memoryEncoder = try item.value("e_m").doubles(count: order)
    inputKernel = try item.value("W_x").rows(count: inputs, columns: hidden)
    hiddenKernel = try item.value("W_h").rows(count: hidden, columns: hidden)
    memoryKernel = try item.value("W_m").rows(count: order, columns: hidden)
    bias = try item.value("b_h").doubles(count: hidden)
  }

  /// Compares all weights with those listed under the same keys.
  func compare(
    _ expected: GoldenValue, _ tolerance: GoldenTolerance, route: any HybridRoute,
    into tally: inout GoldenTally
  ) throws(GoldenError) {
    let vectors = [
      ("e_x", inputEncoder), ("e_h", hiddenEncoder), ("e_m", memoryEncoder), ("b_h", bias),
    ]
    for (key, found) in vectors {
      let value = try expected.value(key)
      tally.compare(
        found, try value.doubles(), tolerance, at: "\(value.path) (\(route.name))")
    }
    for (key, found) in [("W_x", inputKernel), ("W_h", hiddenKernel), ("W_m", memoryKernel)] {
      let value = try expected.value(key)
      tally.compare(
        found.flatMap { $0 }, try value.rows().flatMap { $0 }, tolerance,
        at: "\(value.path) (\(route.name))")
    }
  }
}
