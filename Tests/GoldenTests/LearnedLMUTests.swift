import Engine
import Golden
import TestSupport
import Testing

/// An LMU whose hidden units learn their activation, against central differences of the reference in
/// Double, in all the forms that it is computed in.
@Suite("LMU with a learned activation")
struct LearnedLMUTests {
  /// Which connections there are, what is quantized, and so how the memory is computed.
  enum Shape: String, CaseIterable, Sendable {
    case stepwise, chunked, parallel, parallelHidden, lastStep

    var connections: LMUConfiguration.Connections {
      switch self {
      case .stepwise, .chunked: .all
      case .parallel, .lastStep: [.inputToHidden]
      case .parallelHidden: [.inputToHidden, .hiddenToHidden]
      }
    }

    var form: LMU.Form {
      switch self {
      case .stepwise: .stepwise
      case .chunked: .chunked
      case .parallel, .parallelHidden, .lastStep: .parallel
      }
    }

    /// w of the memory.
    var m: Double { self == .chunked ? .infinity : 4 }
  }

  /// The quantizer of the hidden units.
  enum Site: String, CaseIterable, Sendable {
    case bypassed, straightThrough, surrogate

    var w: Double { self == .bypassed ? .infinity : 2 }
    var estimator: SiteSurrogate {
      self == .surrogate
        ? SiteSurrogate(.standard(.arctan), placement: .thresholds) : .straightThrough
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var shape: Shape
    var site: Site
    var basis = ActivationBasis.chebyshev
    var sharing = SelfLearnableConfiguration.Sharing.layer

    var testDescription: String { "\(shape), \(site), \(basis), \(sharing)" }
    // Small, so that some inputs are beyond it.
    static let reach = 0.9
    static let degree = 4

    var learned: LearnedHidden {
      LearnedHidden(
        SelfLearnableConfiguration(
          basis: basis, degree: Self.degree, sharing: sharing, ends: .clipped(scale: Self.reach)))
    }

    /// Numbers of a row: the constant, and those of the basis.
    var count: Int { learned.activation.ownElements + 1 }
    var rows: Int { sharing == .layer ? 1 : 4 }
  }

  static let cases =
    Shape.allCases.flatMap { shape in
      Site.allCases.flatMap { site in
        [
          Case(shape: shape, site: site),
          Case(shape: shape, site: site, basis: .legendre, sharing: .channel),
        ]
      }
    }
    + ActivationBasis.allCases.map {
      Case(shape: .stepwise, site: .straightThrough, basis: $0, sharing: .channel)
    }

  static let steps = 19
  static let x = SeededGenerator(301).then { generator in
    (0..<steps).map { _ in generator.uniforms(2, in: -1..<1) }
  }

  /// The cell, with one row of coefficients after the other.
  private func cell(_ test: Case, _ rows: [[Double]]) throws -> ReferenceLMU {
    var cell = try ReferenceLMUTests.cell(
      seed: 302, resolutions: .init(h: test.site.w, m: test.shape.m))
    cell.surrogates.h = test.site.estimator
    if !test.shape.connections.contains(.hiddenToMemory) {
      cell.weights.hiddenEncoder = [0, 0, 0, 0]
    }
    if !test.shape.connections.contains(.memoryToMemory) {
      cell.weights.memoryEncoder = [0, 0, 0, 0, 0]
    }
    if !test.shape.connections.contains(.hiddenToHidden) {
      cell.weights.hiddenKernel = cell.weights.hiddenKernel.map { $0.map { _ in 0 } }
    }
    return changed(cell, test, rows)
  }

  private func changed(
    _ cell: ReferenceLMU, _ test: Case, _ rows: [[Double]]
  ) -> ReferenceLMU {
    var cell = cell
    cell.curves = (0..<4).map {
      ReferenceCurve(
        basis: test.basis, degree: Case.degree, reach: Case.reach,
        coefficients: rows[test.rows == 1 ? 0 : $0])
    }
    return cell
  }

  private func configuration(_ test: Case) -> LMUConfiguration {
    let site = { (w: Double, surrogate: SiteSurrogate) in
      QuantizerSite(
        kind: w.isFinite ? .diffused : .off, resolution: Schedule(.hold(w)), surrogate: surrogate)
    }
    return LMUConfiguration(
      hidden: 4, order: 5, theta: 9, learned: test.learned, connections: test.shape.connections,
      h: site(test.site.w, test.site.estimator), m: site(test.shape.m, .straightThrough),
      u: site(.infinity, .straightThrough))
  }

  private func run(
    _ test: Case, _ cell: ReferenceLMU, _ rows: [[Double]], _ upstream: [[Double]]
  ) throws -> SequenceRun {
    var weights = cell.weights.byName.mapValues { $0.map(Float.init) }
    weights["lmu.learned.constant"] = rows.map { Float($0[0]) }
    weights["lmu.learned.coefficients"] = rows.flatMap { $0.dropFirst().map(Float.init) }
    let first = upstream.firstIndex { $0 != [0, 0, 0, 0] } ?? 0
    let configuration = configuration(test)
    #expect(configuration.form == test.shape.form)
    return try SequenceRun(
      .init(
        model: .lmu(configuration), inputs: 2, weights: weights,
        resolutions: [Float(test.site.w), Float(test.shape.m), .infinity],
        voltages: [
          ReferenceLMUTests.voltages.h.map(Float.init),
          ReferenceLMUTests.voltages.m.map(Float.init), [0.5],
        ],
        x: Self.x.flatMap { $0.map(Float.init) },
        outputGradient: upstream[first...].flatMap { $0.map(Float.init) }))
  }

  /// Fourth-order central difference at 0.
  private func difference(_ function: (Double) -> Double) -> Double {
    let step = 1e-4
    return
      (8 * (function(step) - function(-step)) - (function(2 * step) - function(-2 * step)))
      / (12 * step)
  }

  @Test(arguments: cases)
  func `its gradients are central differences`(test: Case) throws {
    var generator = SeededGenerator(303)
    var upstream = (0..<Self.steps).map { _ in generator.uniforms(4, in: -1..<1) }
    if test.shape == .lastStep {
      for step in 0..<Self.steps - 1 { upstream[step] = [0, 0, 0, 0] }
    }
    let rows = (0..<test.rows).map { _ in
      generator.uniforms(test.count, in: -0.5..<0.5).map { Double(Float($0)) }
    }
    let cell = try cell(test, rows)
    let linear = LinearizedLMU(cell, over: Self.x, from: ReferenceLMUTests.voltages)
    let loss = { (cell: ReferenceLMU, x: [[Double]]) -> Double in
      zip(linear.outputs(of: cell, over: x).joined(), upstream.joined())
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let found = try run(test, cell, rows, upstream)
    var tally = GoldenTally()
    // Sines of many periods lose digits in single precision.
    let limit = test.basis == .fourier ? 2e-3 : 1e-4
    tally.compare(
      found.signals[0].map(Double.init), linear.trace.h.flatMap { $0 }, .single, at: "h")

    var byElement: [Double] = []
    for row in 0..<test.rows {
      for j in 0..<test.count {
        byElement.append(
          difference { change in
            var rows = rows
            rows[row][j] += change
            return loss(changed(cell, test, rows), Self.x)
          })
      }
    }
    let own = found.gradients["lmu.learned.coefficients"] ?? []
    let constants = found.gradients["lmu.learned.constant"] ?? []
    let places = (0..<test.rows).flatMap { row -> [Float] in
      [constants[row]] + own[row * (test.count - 1)..<(row + 1) * (test.count - 1)]
    }
    tally.compare(places.map(Double.init), byElement, .scaled(1e-4), at: "coefficients")
    #expect(byElement.allSatisfy { abs($0) > 1e-6 })

    for (name, numbers) in cell.weights.byName {
      guard let gradient = found.gradients[name] else { continue }
      let expected = numbers.indices.map { index in
        difference { change in
          var byName = cell.weights.byName
          byName[name]?[index] += change
          var other = cell
          other.weights = ReferenceLMU.Weights(byName, like: cell.weights)
          return loss(other, Self.x)
        }
      }
      tally.compare(gradient.map(Double.init), expected, .scaled(limit), at: name)
    }
    let byInput = Self.x.indices.flatMap { step in
      [0, 1].map { input in
        difference { change in
          var x = Self.x
          x[step][input] += change
          return loss(cell, x)
        }
      }
    }
    tally.compare(found.inputGradient.map(Double.init), byInput, .scaled(limit), at: "x")
    #expect(tally.failures.isEmpty, "\(tally.failures)")
  }
}
