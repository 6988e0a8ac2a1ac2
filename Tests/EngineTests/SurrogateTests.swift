import Engine
import Foundation
import TestSupport
import Testing

@Suite struct SurrogateTests {
  static let kinds = Surrogate.Kind.allCases

  /// Each curve as its source has it, and with other numbers.
  static let curves: [Surrogate] = kinds.flatMap { kind in
    let standard = Surrogate.standard(kind)
    let other = try? Surrogate(
      kind,
      parameters: kind.parameters.map {
        min($0.standard * 1.7 + 0.1, $0.range.upperBound)
      })
    return kind.parameters.isEmpty ? [standard] : [standard, other].compactMap { $0 }
  }

  static let points = stride(from: -3.17, through: 3.3, by: 0.0517).map { $0 }

  @Test(arguments: curves)
  func `the curve is the central difference of its primitive`(surrogate: Surrogate) throws {
    guard surrogate.primitive(0) != nil else {
      #expect(surrogate.kind == .stochasticSpike)
      return
    }
    let h = 1e-6
    for x in Self.points where surrogate.breakpoints.allSatisfy({ abs(x - $0) > 1e-4 }) {
      let above = try #require(surrogate.primitive(x + h))
      let below = try #require(surrogate.primitive(x - h))
      let slope = surrogate.derivative(x)
      #expect(
        abs((above - below) / (2 * h) - slope) < 1e-8 * max(1, surrogate.peak),
        "\(surrogate.text) at \(x)")
    }
    #expect(surrogate.primitive(0) == 0)
  }

  @Test(arguments: curves)
  func `primitives have no jumps`(surrogate: Surrogate) throws {
    for x in surrogate.breakpoints {
      guard let above = surrogate.primitive(x + 1e-9), let below = surrogate.primitive(x - 1e-9)
      else { continue }
      #expect(abs(above - below) < 1e-8 * max(1, surrogate.peak), "\(surrogate.text) at \(x)")
    }
  }

  @Test(arguments: curves)
  func `the mass is what the primitive rises by`(surrogate: Surrogate) throws {
    guard let mass = surrogate.mass, let high = surrogate.primitive(1e12),
      let low = surrogate.primitive(-1e12)
    else { return }
    if mass.isFinite {
      #expect(abs(high - low - mass) < 1e-9 * max(1, mass), "\(surrogate.text)")
    } else {
      #expect(high - low > 20)
    }
  }

  @Test(arguments: curves)
  func `the peak is the largest value, and symmetry is as said`(surrogate: Surrogate) {
    let points = Self.points + [0] + surrogate.breakpoints.flatMap { [$0, $0.nextUp, $0.nextDown] }
    for x in points {
      let value = surrogate.derivative(x)
      #expect(value <= surrogate.peak * (1 + 1e-12), "\(surrogate.text) at \(x)")
      switch surrogate.kind.support {
      case .symmetric: #expect(value == surrogate.derivative(-x))
      case .oneSided: #expect(x > 0 || value == 0)
      case .none: #expect(value == 0)
      case .asymmetric: break
      }
    }
    #expect(points.contains { surrogate.derivative($0) >= 0.99 * surrogate.peak })
  }

  @Test(arguments: curves)
  func `kernels compute the curve in Float32`(surrogate: Surrogate) {
    var points = (Self.points + [0, -40, 40]).map(Float.init)
    points += surrogate.breakpoints.filter { Double(Float($0)) == $0 }.map(Float.init)
    let uniforms = points.indices.map { Float($0 % 7) / 7 }
    let slopes = surrogate.slopes(at: points, uniforms: uniforms)
    for (index, x) in points.enumerated() {
      let expected = surrogate.derivative(Double(x), uniform: Double(uniforms[index]))
      #expect(
        abs(Double(slopes[index]) - expected) <= 3e-6 * max(abs(expected), surrogate.peak / 10),
        "\(surrogate.text) at \(x)")
    }
  }

  @Test func `at the threshold one-sided curves are as below it, symmetric ones at their peak`() {
    let inside: [Surrogate.Kind: Double] = [
      .relu: 0, .clippedReLU: 0, .logTailedReLU: 0, .leakyReLU: 0.1, .reverseReLU: 0,
      .stochasticSpike: 0, .arctan: 1, .hardTanh: 1, .boxcar: 1, .triangular: 1,
    ]
    for (kind, value) in inside {
      #expect(Surrogate.standard(kind).derivative(0) == value, "\(kind)")
      #expect(Surrogate.standard(kind).slopes(at: [0, -0.0]) == [Float(value), Float(value)])
    }
    // Clip points belong to what passes; the ends of boxcar and leaky window do not.
    #expect(Surrogate.standard(.clippedReLU).slopes(at: [1, Float(1).nextUp]) == [1, 0])
    #expect(Surrogate.standard(.hardTanh).slopes(at: [-1, 1, Float(1).nextUp]) == [1, 1, 0])
    #expect(Surrogate.standard(.boxcar).slopes(at: [-0.5, 0.5, Float(0.5).nextDown]) == [0, 0, 1])
    #expect(Surrogate.standard(.piecewiseLeaky).slopes(at: [1, -1]) == [0.01, 0.01])
  }

  @Test func `normalized curves have mass or peak 1, or are refused`() throws {
    for kind in Self.kinds {
      let standard = Surrogate.standard(kind)
      let mass = standard.mass ?? .infinity
      if mass.isFinite && mass > 0 {
        let scaled = try Surrogate(kind, normalization: .unitMass)
        #expect(abs((scaled.mass ?? 0) - 1) < 1e-12)
        #expect(abs(scaled.derivative(0.3) * mass - standard.derivative(0.3)) < 1e-9)
      } else {
        #expect(throws: SurrogateError.self) { try Surrogate(kind, normalization: .unitMass) }
      }
      if kind == .zero {
        #expect(throws: SurrogateError.notNormalizable(.zero, .unitPeak, found: 0)) {
          try Surrogate(kind, normalization: .unitPeak)
        }
      } else {
        #expect(abs(try Surrogate(kind, normalization: .unitPeak).peak - 1) < 1e-12)
      }
    }
  }

  @Test(arguments: curves)
  func `a text means the same curve`(surrogate: Surrogate) throws {
    #expect(try Surrogate(text: surrogate.text) == surrogate)
    let data = try JSONEncoder().encode([surrogate])
    #expect(try JSONDecoder().decode([Surrogate].self, from: data) == [surrogate])
  }

  @Test func `texts are refused with what is wrong`() throws {
    #expect(try Surrogate(text: " triangular( w = 2 ,gamma=0.25) ").parameters == [0.25, 2])
    #expect(try Surrogate(text: "arctan()") == .standard(.arctan))
    let mistakes: [(String, SurrogateError)] = [
      ("arctn", .unknownKind("arctn")), ("", .unknownKind("")),
      ("arctan(alpha=2", .malformed("arctan(alpha=2")),
      ("arctan(alpha)", .malformed("arctan(alpha)")),
      ("arctan(alpha=x)", .malformed("arctan(alpha=x)")),
      ("arctan(k=2)", .unknownParameter(.arctan, "k")),
      ("relu(c=1)", .unknownParameter(.relu, "c")),
      (
        "arctan(alpha=-1)",
        .outOfRange(.arctan, Surrogate.Kind.arctan.parameters[0], found: -1)
      ),
    ]
    for (text, mistake) in mistakes {
      #expect(throws: mistake) { try Surrogate(text: text) }
    }
    #expect(throws: SurrogateError.self) { try Surrogate(text: "arctan(alpha=nan)") }
    #expect(throws: SurrogateError.wrongCount(.arctan, found: 2)) {
      try Surrogate(.arctan, parameters: [1, 2])
    }
  }

  @Test(arguments: [0.1, 0.7, 1, 3], [0.0, 0.3, 1.5, 2.9, Double.pi])
  func `moments are the closed forms`(r: Double, t: Double) {
    let (height, e) = (1 / (2 * Double.pi).squareRoot(), exp(-1 / (2 * r * r)))
    let end = sin(t) < 1e-12 ? 0.5 : erf(1 / (r * sin(t)) / 2.0.squareRoot()) / 2
    let expected: [Surrogate.Kind: (a: Double, residual: Double, across: Double)] = [
      .identity: (height, height, height * sin(t)), .relu: (height, 0, height * sin(t) / 2),
      .clippedReLU: (height * (1 - e), 0, height * sin(t) * end),
      .hardTanh: (height * (1 - e), height * (1 - e), height * sin(t) * 2 * end),
      .reverseReLU: (0, height, height * sin(t) / 2),
      .leakyReLU: (height, height * 0.1, height * sin(t) * 0.55),
    ]
    for (kind, values) in expected {
      let moments = Surrogate.standard(kind).moments(radius: r, angle: t)
      #expect(abs(moments.positive - values.a) < 1e-11, "\(kind)")
      #expect(abs(moments.negativeSide - values.residual) < 1e-11, "\(kind)")
      #expect(abs(moments.across - values.across) < 1e-11, "\(kind)")
    }
    let along = Surrogate.standard(.identity).moments(radius: r, angle: t).along
    #expect(abs(along - height * cos(t)) < 1e-11)
  }
}
