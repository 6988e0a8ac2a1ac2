/// Weights by which the numbers of one signal enter the sums of another, unit by unit: what is
/// needed to say which weights a unit has, as the equations of its layer name them.
package struct Junction: Sendable {
  /// Where the numbers come from.
  package enum Source: Sendable, Equatable {
    /// What goes into the layer.
    case input
    /// Outputs of the layer's site with this index, in the order of ``SequenceLayer/sites``.
    case site(Int)
    /// The constant 1: a bias.
    case one
  }

  /// The numbers of the weights, or those of a matrix that is never trained.
  enum Numbers: Sendable {
    case trained(ParameterHandle)
    case fixed(Matrix)
  }

  /// As in the equations: `W_m`, `U of the forget gate`.
  package let name: String
  let source: Source
  /// The site whose units are summed for.
  let target: Int
  let numbers: Numbers
  /// Whether it sees what the source sent at the step before, which is zero at the first.
  let isDelayed: Bool
  /// Whether the sum of all such junctions is the input current of the target's units: the argument
  /// of its activation. A gate's sum is not.
  let isCurrent: Bool
  /// The column of the target's unit 0, where several matrices stand beside each other.
  let firstColumn: Int
  /// Whether rows belong to the target's units and columns to the source's.
  let isByTarget: Bool
  /// Units of one channel of source and target, where a channel's units only meet their own.
  let channelWidth: (source: Int, target: Int)?

  init(
    _ name: String, _ numbers: Numbers, from source: Source, to target: Int,
    isDelayed: Bool = false, isCurrent: Bool = true, firstColumn: Int = 0,
    isByTarget: Bool = false, channelWidth: (source: Int, target: Int)? = nil
  ) {
    self.name = name
    self.source = source
    self.target = target
    self.numbers = numbers
    self.isDelayed = isDelayed
    self.isCurrent = isCurrent
    self.firstColumn = firstColumn
    self.isByTarget = isByTarget
    self.channelWidth = channelWidth
  }

  /// The same in a stack: sites count from `firstSite`, and what goes in comes from `input`.
  func moved(by firstSite: Int, input: Source) -> Junction {
    let source: Source =
      switch source {
      case .input: input
      case .site(let index): .site(index + firstSite)
      case .one: .one
      }
    return Junction(
      name, numbers, from: source, to: target + firstSite, isDelayed: isDelayed,
      isCurrent: isCurrent, firstColumn: firstColumn, isByTarget: isByTarget,
      channelWidth: channelWidth)
  }
}

extension Junction {
  /// The junctions of a cell whose gates stand beside each other in its matrices, `units` columns
  /// each.
  static func gates(
    _ names: [String], units: Int, input: ParameterHandle, hidden: ParameterHandle?,
    biases: [(name: String, handle: ParameterHandle)]
  ) -> [Junction] {
    names.enumerated().flatMap { place, gate in
      var all = [Junction.gate("W_\(gate)", input, from: .input, place: place, units: units)]
      if let hidden {
        all.append(.gate("U_\(gate)", hidden, from: .site(0), place: place, units: units))
      }
      return all
        + biases.map {
          .gate("\($0.name)_\(gate)", $0.handle, from: .one, place: place, units: units)
        }
    }
  }

  /// One gate of a cell whose first site is its hidden state.
  static func gate(
    _ name: String, _ handle: ParameterHandle, from source: Source, place: Int, units: Int
  ) -> Junction {
    Junction(
      name, .trained(handle), from: source, to: 0, isDelayed: source != .input && source != .one,
      isCurrent: false, firstColumn: place * units)
  }

  private func matrix(_ weights: ParameterSlab) -> Matrix {
    switch numbers {
    case .trained(let handle): weights[handle]
    case .fixed(let matrix): matrix
    }
  }

  /// The weights that unit `unit` of the target gives to each of `count` units of the source.
  func weights(into unit: Int, from count: Int, _ weights: ParameterSlab) -> [Float] {
    (0..<count).map { weight(from: $0, into: unit, matrix(weights)) }
  }

  /// The weights by which each of `count` units of the target sees unit `unit` of the source.
  func weights(outOf unit: Int, into count: Int, _ weights: ParameterSlab) -> [Float] {
    (0..<count).map { weight(from: unit, into: $0, matrix(weights)) }
  }

  private func weight(from source: Int, into target: Int, _ matrix: Matrix) -> Float {
    var (source, target) = (source, target)
    if let width = channelWidth {
      guard source / width.source == target / width.target else { return 0 }
      (source, target) = (source % width.source, target % width.target)
    }
    let (row, column) = isByTarget ? (target, source) : (source, target + firstColumn)
    return matrix[row, column]
  }
}
