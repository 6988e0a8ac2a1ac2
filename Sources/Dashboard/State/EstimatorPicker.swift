package import Engine

/// A choice among the estimators of gradients: the one that is marked, and its numbers as they are
/// turned. Nothing of it is in force before it is applied.
package struct EstimatorPicker: Sendable, Equatable {
  /// What may be changed.
  package enum Scope: Sendable, Equatable {
    /// The estimator with its numbers and its scale, of a quantizer.
    case numbers(QuantizedReLU)
    /// The estimator with its numbers, of a step at 0.
    case step
    /// Nothing: the run keeps what it began with.
    case nothing
  }

  package struct Entry: Sendable, Equatable {
    /// The option of the knob.
    package var name: String
    package var kind: Surrogate.Kind
  }

  package let entries: [Entry]
  package let scope: Scope
  /// What is in force, as far as is known.
  let present: FeedForwardEstimator?
  /// The place of the marked one.
  package private(set) var selected = 0
  /// The marked one as it was turned.
  package private(set) var estimator: FeedForwardEstimator
  /// The row that is turned: a number, or the scale after the numbers.
  package private(set) var row = 0

  init(_ entries: [Entry], scope: Scope, present: FeedForwardEstimator?) {
    self.entries = entries
    self.scope = scope
    self.present = present
    estimator = present ?? FeedForwardEstimator(.identity)
    mark(entries.firstIndex { $0.kind == present?.kind } ?? 0)
  }

  var quantizer: QuantizedReLU? {
    if case .numbers(let relu) = scope { relu } else { nil }
  }

  /// The curve that is marked.
  var surrogate: Surrogate {
    (try? estimator.surrogate(for: quantizer)) ?? .standard(estimator.kind)
  }

  // MARK: Moving

  mutating func move(by distance: Int) {
    mark(min(max(0, selected + distance), entries.count - 1))
  }

  /// To the next one that begins with a letter.
  mutating func jump(to letter: Character) {
    let order = entries.indices.map { (selected + 1 + $0) % entries.count }
    if let next = order.first(where: { entries[$0].name.first == letter }) { mark(next) }
  }

  /// Marks one, with its own numbers unless it is in force.
  mutating func mark(_ index: Int) {
    guard entries.indices.contains(index) else { return }
    (selected, row) = (index, 0)
    let kind = entries[index].kind
    if let present, present.kind == kind {
      estimator = present
    } else {
      estimator = FeedForwardEstimator(kind)
      rescale(to: present?.normalization ?? .none)
    }
  }

  // MARK: Turning

  /// The rows that can be turned: the numbers, then the scale where there is more than one.
  var rows: Int {
    guard scope != .nothing else { return 0 }
    return estimator.kind.parameters.count + (scales.count > 1 ? 1 : 0)
  }

  /// The scales that the marked one can have; the identity has one, as in experiments.
  var scales: [Surrogate.Normalization] {
    guard estimator.kind != .identity else { return [.none] }
    return Surrogate.Normalization.allCases.filter(canHave)
  }

  mutating func nextRow(by distance: Int) {
    guard rows > 0 else { return }
    row = (row + distance + rows) % rows
  }

  /// The chosen row one notch up or down.
  mutating func turn(by direction: Int) {
    guard rows > 0 else { return }
    let parameters = estimator.kind.parameters
    if row < parameters.count {
      let present = estimator.parameters(for: quantizer)[row]
      let next = Self.notch(present, of: parameters[row], isUp: direction > 0)
      let scale = estimator.normalization
      estimator = estimator.setting(parameters[row].name, to: next)
      rescale(to: scale)
    } else if let index = scales.firstIndex(of: estimator.normalization) {
      estimator = estimator.scaled(scales[min(max(0, index + direction), scales.count - 1)])
    }
  }

  /// Falls back to no scaling where the marked one cannot be scaled so.
  private mutating func rescale(to scale: Surrogate.Normalization) {
    estimator = estimator.scaled(canHave(scale) ? scale : .none)
  }

  private func canHave(_ scale: Surrogate.Normalization) -> Bool {
    guard let quantizer else { return scale == .none }
    return (try? estimator.scaled(scale).surrogate(for: quantizer)) != nil
  }

  /// Leading digits of the numbers that a factor goes through.
  private static let digits = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
  private static let powers = [1, 10, 100, 1000, 1e4]
  private static let roundNumbers =
    powers.reversed().flatMap { power in digits.map { $0 / power } }
    + powers.dropFirst().flatMap { power in digits.map { $0 * power } }

  /// The next round number, within the range of a parameter.
  static func notch(_ value: Double, of parameter: Surrogate.Parameter, isUp: Bool) -> Double {
    let next: Double
    switch parameter.step {
    case .multiply:
      next =
        isUp
        ? roundNumbers.first { $0 > value * (1 + 1e-9) } ?? parameter.range.upperBound
        : roundNumbers.last { $0 < value * (1 - 1e-9) } ?? parameter.range.lowerBound
    case .add(let addend):
      let count = value / addend
      let whole = isUp ? (count + 1e-9).rounded(.down) + 1 : (count - 1e-9).rounded(.up) - 1
      // Divided, so that 3 times 0.05 is 0.15.
      next = whole / (1 / addend).rounded()
    }
    return min(max(next, parameter.range.lowerBound), parameter.range.upperBound)
  }

  // MARK: Applying

  /// The edits that put the marked one in force; none where it is.
  var edits: [Edit] {
    guard entries.indices.contains(selected), estimator != present else { return [] }
    let knob = FeedForwardDials.Knobs.estimator
    switch scope {
    case .nothing: return []
    case .step:
      // The word of the list, which may be another than the catalogue's, with the numbers.
      let numbers = estimator.text.dropFirst(estimator.kind.rawValue.count)
      return [.choose(knob: knob, option: entries[selected].name + numbers)]
    case .numbers:
      let scale = present?.normalization ?? .none
      var edits: [Edit] = []
      if estimator.scaled(scale) != present {
        edits.append(.choose(knob: knob, option: estimator.text))
      }
      if estimator.normalization != (canHave(scale) ? scale : .none) {
        edits.append(
          .choose(
            knob: FeedForwardDials.Knobs.normalization, option: estimator.normalization.rawValue))
      }
      return edits
    }
  }
}
