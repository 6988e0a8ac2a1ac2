/// Forms of a network with few bits (specification, section 11).
extension KolmogorovNetwork {
  /// How the outputs of all inner and of all outer curves are rounded.
  package struct Quantizers: Sendable, Equatable {
    package var inner, outer: CurveQuantizer

    package init(inner: CurveQuantizer, outer: CurveQuantizer) {
      (self.inner, self.outer) = (inner, outer)
    }
  }

  /// The same network whose curves are rounded, or are not.
  package func rounded(_ quantizers: Quantizers?) -> KolmogorovNetwork {
    var network = self
    network.quantizers = quantizers
    return network
  }

  /// The same network with control outputs of so many bits: u = s times a whole number, s being each
  /// curve's own. Rounding is amplified by max sum |A| at most.
  package func withControlOutputs(bits: Int) -> KolmogorovNetwork {
    precondition(2...16 ~= bits, "control outputs of 2 to 16 bits")
    let highest = Double((1 << (bits - 1)) - 1)
    let rounded = { (numbers: [Double]) -> [Double] in
      let most = numbers.reduce(0) { max($0, abs($1)) }
      guard most > 0 else { return numbers }
      return numbers.map { ($0 / most * highest).rounded() * most / highest }
    }
    var network = self
    network.innerOutputs = innerOutputs.map { $0.map(rounded) }
    network.outerOutputs = outerOutputs.map { $0.map(rounded) }
    return network
  }
}
