package import Engine
import Foundation

/// The estimators of the toy's golden files under the names they have there, each as its formula.
package enum ToyEstimators {
  package static let all: [CoarseEstimator] = [
    CoarseEstimator(name: "identity", .identity), CoarseEstimator(name: "relu", .relu),
    CoarseEstimator(name: "crelu", .clippedReLU(clip: 1)),
    CoarseEstimator(name: "reverse_relu", .reverseReLU),
    CoarseEstimator(name: "leaky_relu", .leakyReLU(slope: 0.1)),
    CoarseEstimator(name: "hard_tanh", .hardTanh(clip: 1)),
    general("log_tailed_relu", [1]) { $0 <= 0 ? 0 : $0 <= 1 ? 1 : 1 / $0 },
    general("boxcar", [0.5]) { abs($0) < 0.5 ? 1 : 0 },
    general("triangular", [1]) { max(0, 1 - abs($0)) },
    general("sigmoid") { x in
      // The side on which the exponential does not overflow.
      let tail = exp(-4 * abs(x))
      return 4 * tail / ((1 + tail) * (1 + tail))
    },
    general("fast_sigmoid") { 1 / ((1 + 25 * abs($0)) * (1 + 25 * abs($0))) },
    general("arctan") { 1 / (1 + (.pi * $0) * (.pi * $0)) },
    general("gaussian") { exp(-2 * $0 * $0) / (0.5 * (2 * Double.pi).squareRoot()) },
    general("exponential") { 0.5 * exp(-abs($0)) },
    general("tanh") { 1 - tanh($0) * tanh($0) },
  ]

  private static func general(
    _ name: String, _ breakpoints: [Double] = [],
    _ derivative: @escaping @Sendable (Double) -> Double
  ) -> CoarseEstimator {
    CoarseEstimator(
      name: name,
      .general(CoarseEstimator.GeneralProxy(breakpoints: breakpoints, derivative: derivative)))
  }

  /// The one of a name, which `value` is to blame for.
  static func named(_ name: String, in value: GoldenValue) throws(GoldenError) -> CoarseEstimator {
    guard let estimator = all.first(where: { $0.name == name }) else {
      throw value.invalid("the name of an estimator", found: name)
    }
    return estimator
  }

  static func named(_ value: GoldenValue) throws(GoldenError) -> CoarseEstimator {
    try named(try value.text(), in: value)
  }
}

extension CoarseEstimator {
  /// How near its moments and what follows from them must come.
  var tolerance: GoldenTolerance { .scaled(hasClosedForm ? 1e-12 : 1e-9) }
}

extension GoldenValue {
  /// The teacher of an object that lists `v_star` and `w_star`.
  func teacher() throws(GoldenError) -> CoarseTeacher {
    let (v, w) = (try value("v_star").doubles(), try value("w_star").doubles())
    do {
      return try CoarseTeacher(v: v, w: w)
    } catch {
      throw invalid("a teacher", found: "\(error)")
    }
  }

  /// The point of an object that lists v and w under the given keys.
  func point(
    _ teacher: CoarseTeacher, v: String = "v", w: String = "w"
  ) throws(GoldenError) -> PopulationPoint {
    let (listedV, listedW) = (try value(v).doubles(), try value(w).doubles())
    do {
      return try PopulationPoint(teacher, v: listedV, w: listedW)
    } catch {
      throw invalid("a point of the teacher's sizes", found: "\(error)")
    }
  }

  /// An integer within a range, so that a damaged file does not run for ever.
  func integer(in range: ClosedRange<Int>) throws(GoldenError) -> Int {
    let number = try integer()
    guard range.contains(number) else { throw invalid("a number in \(range)", found: "\(number)") }
    return number
  }
}

extension GoldenTally {
  /// Compares a number that the program says does not exist where it is 0 to rounding.
  mutating func compare(
    _ found: Double?, _ expected: GoldenValue?, _ tolerance: GoldenTolerance
  ) throws {
    guard let expected, !expected.isNull else { return }
    guard let found else {
      note("\(expected.path): 0 to rounding here")
      return
    }
    compare(found, try expected.double(), tolerance, at: expected.path)
  }
}
