/// How far the values of all curves of a network, and the sums t, go on some rows.
package struct KolmogorovReach: Sendable, Equatable {
  /// The least and the greatest of finite numbers.
  package struct Span: Sendable, Equatable {
    private(set) var least = Double.infinity
    private(set) var most = -Double.infinity

    mutating func take(_ value: Double) {
      guard value.isFinite else { return }
      (least, most) = (min(least, value), max(most, value))
    }

    init() {}

    /// Of all that some others are of.
    init(all spans: [Span]) {
      for span in spans where span.least <= span.most {
        (least, most) = (min(least, span.least), max(most, span.most))
      }
    }

    /// 0...0 where there was no finite number.
    package var range: ClosedRange<Double> { least <= most ? least...most : 0...0 }
  }

  /// Of all inputs together.
  package private(set) var inputs = Span()
  /// Units by inputs; of a constant that stands for a curve itself.
  package private(set) var inner: [[Span]]
  package private(set) var sums: [Span]
  /// Units by outputs.
  package private(set) var outer: [[Span]]

  /// One row after another, so that it takes no more memory for more of them.
  package init(_ network: KolmogorovNetwork, rows: some Sequence<[Double]>) {
    inner = network.innerOutputs.map { $0.map { _ in Span() } }
    sums = network.innerOutputs.map { _ in Span() }
    outer = network.outerOutputs.map { _ in network.biases.map { _ in Span() } }
    for row in rows {
      let pass = network.run(row)
      for x in row { inputs.take(x) }
      for unit in sums.indices {
        sums[unit].take(pass.sums[unit])
        for input in inner[unit].indices { inner[unit][input].take(pass.inner[unit][input]) }
        for output in outer[unit].indices { outer[unit][output].take(pass.outer[unit][output]) }
      }
    }
  }
}
