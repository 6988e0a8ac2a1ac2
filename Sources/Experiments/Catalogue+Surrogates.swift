import Documents
import Engine

extension Catalogue {
  /// The surrogate gradients: curve over x in -2...2 against its largest value there, support, mass,
  /// A - B at |w| = 1, formula with its numbers, source.
  static let surrogates = Group(
    id: "surrogates", title: "Surrogate gradients, drawn for x from -2 to 2",
    entries: Surrogate.Kind.allCases.map { kind in
      Entry(name: kind.rawValue, description: description(of: .standard(kind)))
    })

  private static func description(of surrogate: Surrogate) -> String {
    let kind = surrogate.kind
    let numbers = zip(kind.parameters, surrogate.parameters).map { parameter, value in
      let (lower, upper) = (parameter.range.lowerBound, parameter.range.upperBound)
      return "\(parameter.name) = \(number(value)) in \(number(lower))...\(number(upper))"
    }
    let mass = surrogate.mass.map { $0.isFinite ? rounded($0) : "inf" } ?? "none"
    let residual = surrogate.moments(radius: 1, angle: 1).negativeSide
    let shape = "\(curve(of: surrogate)) \(supportName(kind.support)), mass \(mass)"
    let parts = ["\(shape), A-B \(rounded(residual))", "mu'(x) = \(kind.formula)"]
    return (parts + numbers + [kind.source]).joined(separator: "; ")
  }

  private static func supportName(_ support: Surrogate.Support) -> String {
    switch support {
    case .oneSided: "one-sided"
    case .symmetric: "symmetric"
    case .asymmetric: "asymmetric"
    case .none: "no support"
    }
  }

  /// The derivative at 17 points; 0 is shown as a dot, what is below as a minus.
  private static func curve(of surrogate: Surrogate) -> String {
    let points = (-8...8).map { surrogate.derivative(Double($0) / 4) }
    let largest = points.max() ?? 0
    let ramp = Array("▁▂▃▄▅▆▇█")
    return String(
      points.map { value in
        if value < -1e-3 { return "-" }
        guard largest > 0, value > 0 else { return "·" }
        let level = (value / largest * Double(ramp.count)).rounded(.up)
        return ramp[min(max(Int(level), 1), ramp.count) - 1]
      })
  }

  private static func number(_ value: Double) -> String { TOMLText.number(value) }

  /// Four places after the point, or four digits of what is smaller.
  private static func rounded(_ value: Double) -> String {
    guard abs(value) >= 1e-12 else { return "0" }
    var scale = 1e4
    while abs(value) * scale < 10 { scale *= 10 }
    return number((value * scale).rounded() / scale)
  }
}
