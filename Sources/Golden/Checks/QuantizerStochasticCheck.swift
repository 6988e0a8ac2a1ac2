/// `quantizer-stochastic`: stochastic rounding with the uniforms listed.
struct QuantizerStochasticCheck: GoldenCheck {
  var name: String { "quantizer-stochastic" }
  let routes: [any HybridRoute]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let signed = try item.value("signed").truth()
      let listed = try item.value("rates").doubles()
      let rates = signed ? listed : listed.map { abs($0) }
      let uniforms = try item.value("uniforms").doubles(count: rates.count)
      let expected = try item.value("n").integers().map(Double.init)
      for route in routes {
        let counts = try route.stochastic(
          rates, resolution: try item.value("omega").resolution(), uniforms: uniforms)
        tally.compare(counts, expected, .exact, at: "\(item.path).n (\(route.name))")
      }
    }
  }
}
