import Engine

/// Self-learnable activations.
extension NIRTranslation {
  /// The place of a learned activation, with the curve that it is in the metadata: of each unit, or
  /// of all of them, the constant and the coefficients of the elements of clip(z / reach, -1, 1).
  mutating func learnedActivation(
    _ name: String, _ learned: LearnedHidden, _ weights: String, _ size: Int,
    from sources: [String]
  ) {
    let configuration = learned.activation
    var metadata: [String: HDF5Value] = [
      "standsFor": .text(Self.learned), "basis": .text(configuration.basis.rawValue),
    ]
    if case .clipped(let reach) = configuration.ends { metadata["reach"] = .number(reach) }
    if let own = network["\(weights).coefficients"], let constant = network["\(weights).constant"] {
      let rows = (0..<own.rows).flatMap { row in
        [constant.values[row]] + own.values[row * own.columns..<(row + 1) * own.columns]
      }
      metadata["coefficients"] = .floats(shape: [own.rows, own.columns + 1], rows)
    }
    place(
      name, size, "in place of a learned activation of the sum, \(configuration.outline)",
      from: sources, metadata: metadata)
    omit(
      "the learned activation g(z) = c_0 + c_1 phi_1(x) + c_2 phi_2(x) ... of x = z / reach, held in"
        + " -1...1: its basis, its reach and a row of c for each unit, or one for all, are in the"
        + " metadata of the node in its place")
  }

  private static let learned = "learned"
}
