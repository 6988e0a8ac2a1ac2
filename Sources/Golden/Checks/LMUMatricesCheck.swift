import Engine

/// `lmu-matrices`: the Legendre memory's matrices, spectral radii and Euler limits, which the
/// engine computes in Double once for all precisions.
struct LMUMatricesCheck: GoldenCheck {
  var name: String { "lmu-matrices" }

  private static let matrices = GoldenTolerance.scaled(1e-9)
  private static let spectra = GoldenTolerance.relative(1e-6)
  /// Above this order the listed eigenvalues of A are not reliable themselves.
  private static let largestReliableOrder = 64

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      try checkMatrices(item, into: &tally)
    }
    for item in try file.optional("summaries")?.elements() ?? [] {
      tally.countCase()
      try checkSummary(item, into: &tally)
    }
    for item in try file.optional("euler_min_theta")?.elements() ?? [] {
      tally.countCase()
      try checkEulerLimit(item, into: &tally)
    }
  }

  private func checkMatrices(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let pair = try MemorySize(item)
    let order = pair.order
    let held = try LegendreMemory(
      order: order, theta: pair.theta, discretization: .zeroOrderHold)
    let euler = LegendreMemory.euler(order: order, theta: pair.theta)
    let arrays: [(key: String, isMatrix: Bool, found: [Double])] = [
      ("A", true, LegendreMemory.continuousStateMatrix(order: order)),
      ("B", false, LegendreMemory.continuousInputVector(order: order)),
      ("zoh_A", true, held.stateMatrix), ("zoh_B", false, held.inputVector),
      ("euler_A", true, euler.stateMatrix), ("euler_B", false, euler.inputVector),
    ]
    for (key, isMatrix, found) in arrays {
      let value = try item.value(key)
      let expected =
        isMatrix
        ? try value.rows(count: order, columns: order).flatMap { $0 }
        : try value.doubles(count: order)
      tally.compare(found, expected, Self.matrices, at: value.path)
    }
    try checkRadii(
      item, pair, keys: ("zoh_spectral_radius", "euler_spectral_radius"), into: &tally)
  }

  private func checkRadii(
    _ item: GoldenValue, _ pair: MemorySize, keys: (held: String, euler: String),
    into tally: inout GoldenTally
  ) throws {
    func radius(_ discretization: LMUConfiguration.Discretization) -> Double {
      LegendreMemory.spectralRadius(
        order: pair.order, theta: pair.theta, discretization: discretization)
    }
    let held = try item.value(keys.held)
    tally.compare(radius(.zeroOrderHold), try held.double(), Self.spectra, at: held.path)
    let euler = try item.value(keys.euler)
    try compareOrNote(
      radius(.euler), euler, order: pair.order, into: &tally)
  }

  /// Compares what is reliable, and only tells the rest.
  private func compareOrNote(
    _ found: Double, _ expected: GoldenValue, order: Int, into tally: inout GoldenTally
  ) throws {
    if order <= Self.largestReliableOrder {
      tally.compare(found, try expected.double(), Self.spectra, at: expected.path)
    } else {
      tally.note("\(expected.path) (order \(order)): \(found), listed \(try expected.double())")
    }
  }

  private func checkSummary(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let pair = try MemorySize(item)
    let memory = try LegendreMemory(
      order: pair.order, theta: pair.theta, discretization: .zeroOrderHold)
    let (a, b, order) = (memory.stateMatrix, memory.inputVector, pair.order)
    func norm(_ numbers: [Double]) -> Double {
      numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let numbers = [
      "trace": (0..<order).reduce(0) { $0 + a[$1 * order + $1] },
      "frobenius_A": norm(a), "norm_B": norm(b),
    ]
    for (key, found) in numbers.sorted(by: { $0.key < $1.key }) {
      let value = try item.value(key)
      tally.compare(found, try value.double(), Self.matrices, at: value.path)
    }
    guard order >= 4 else { throw item.invalid("an order of at least 4", found: "\(order)") }
    let blocks: [(key: String, indices: Range<Int>)] = [
      ("A_top_left_4x4", 0..<4), ("A_bottom_right_2x2", (order - 2)..<order),
    ]
    for (key, indices) in blocks {
      let value = try item.value(key)
      let found = indices.flatMap { row in indices.map { a[row * order + $0] } }
      let expected = try value.rows(count: indices.count, columns: indices.count)
      tally.compare(found, expected.flatMap { $0 }, Self.matrices, at: value.path)
    }
    for (key, found) in [("B_first4", Array(b.prefix(4))), ("B_last2", Array(b.suffix(2)))] {
      let value = try item.value(key)
      tally.compare(found, try value.doubles(), Self.matrices, at: value.path)
    }
    try checkRadii(
      item, pair, keys: ("spectral_radius", "euler_spectral_radius"), into: &tally)
  }

  private func checkEulerLimit(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let order = try item.value("order").positiveInteger(atMost: MemorySize.largestOrder)
    let minimum = LegendreMemory.smallestEulerWindow(order: order)
    try compareOrNote(minimum, try item.value("theta_min"), order: order, into: &tally)
    try compareOrNote(
      minimum / Double(order), try item.value("ratio"), order: order, into: &tally)
  }
}

/// Order and window of a memory in a golden file.
struct MemorySize {
  /// More than any file lists; keeps an odd file from asking for an enormous matrix.
  static let largestOrder = 1024

  let order: Int
  let theta: Double

  init(_ item: GoldenValue) throws(GoldenError) {
    order = try item.value("order").positiveInteger(atMost: Self.largestOrder)
    theta = try item.value("theta").double()
  }

  /// The memory discretised as the key `discretizer` says.
  func memory(discretizer: GoldenValue) throws -> LegendreMemory {
    let text = try discretizer.text()
    switch text {
    case "zoh":
      return try LegendreMemory(order: order, theta: theta, discretization: .zeroOrderHold)
    case "euler":
      return try LegendreMemory(order: order, theta: theta, discretization: .euler)
    default:
      throw discretizer.invalid("zoh or euler", found: text)
    }
  }
}

extension GoldenValue {
  /// An integer in 1...`limit`.
  func positiveInteger(atMost limit: Int) throws(GoldenError) -> Int {
    let number = try integer()
    guard (1...limit).contains(number) else {
      throw invalid("an integer from 1 to \(limit)", found: "\(number)")
    }
    return number
  }
}
