/// The course of a run's validation accuracy in a few values, for a line of a list.
package struct AccuracyTrace: Sendable, Equatable {
  /// Accuracies 0...1 in the order of time, at equal distances in evaluations.
  package private(set) var values: [Double] = []
  /// Evaluations from one value to the next, and those since the last one.
  private var (stride, waited) = (1, 0)

  private static let most = 32

  package init() {}

  mutating func append(_ accuracy: Double) {
    guard accuracy.isFinite else { return }
    if waited == 0 { values.append(min(max(accuracy, 0), 1)) }
    waited = (waited + 1) % stride
    guard values.count > Self.most else { return }
    values = values.indices.filter { $0.isMultiple(of: 2) }.map { values[$0] }
    stride *= 2
    waited = 1
  }

  /// The values in thousandths, as the index keeps them.
  var text: String { values.map { String(Int(($0 * 1000).rounded())) }.joined(separator: " ") }

  init(_ text: String) {
    values = text.split(separator: " ").prefix(Self.most).compactMap { Double($0) }
      .filter(\.isFinite).map { min(max($0 / 1000, 0), 1) }
  }
}
