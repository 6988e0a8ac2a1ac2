import Engine

/// `lut_quantised`: the inner curves of a trained network as tables of so many bits.
struct CurveTableCheck: GoldenCheck {
  var name: String { "lut_quantised" }

  /// The control outputs of the network with one unit in `banknote_reference`, which the file does
  /// not repeat.
  private static let reference: [[Double]] = [
    [3.969629, 2.44896, 1.327307, 0.276197, -0.568253, -1.441985, -2.653697],
    [3.022767, 2.566068, 1.689785, 0.653002, -0.135338, -1.809683, -3.29111],
    [2.747932, 1.235267, -0.396568, -1.360286, -1.826774, -2.368017, -2.629424],
    [-1.859776, -0.389869, -0.398056, -0.5768, -0.631018, 0.192038, 0.090397],
  ]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let points = try ControlPoints.uniform()
    for item in try file.value("cases").elements() {
      tally.countCase()
      let bits = try item.value("bits").positiveInteger(atMost: CurveTable.allowedBits.upperBound)
      let (low, high) = (
        try item.value("output_low").double(), try item.value("output_high").double()
      )
      guard low < high else {
        throw item.invalid("output_low below output_high", found: "\(low) and \(high)")
      }
      let codes = try item.value("codes_feature_major").rows(
        count: Self.reference.count, columns: 1 << bits)
      for (input, outputs) in Self.reference.enumerated() {
        let table = CurveTable(
          GaussianProcessCurve(points, outputs: outputs), bits: bits, range: low...high)
        tally.compare(
          table.codes.map(Double.init), codes[input], .exact,
          at: "\(item.path).codes_feature_major[\(input)]")
      }
    }
  }
}
