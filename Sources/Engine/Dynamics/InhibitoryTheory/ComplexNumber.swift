import Foundation

/// A complex number, as far as the response of rates needs it.
package struct ComplexNumber: Sendable, Equatable {
  package var real: Double
  package var imaginary: Double

  package init(_ real: Double, _ imaginary: Double = 0) {
    (self.real, self.imaginary) = (real, imaginary)
  }

  package var magnitude: Double { hypot(real, imaginary) }

  package static func + (a: Self, b: Self) -> Self {
    Self(a.real + b.real, a.imaginary + b.imaginary)
  }

  package static func * (a: Self, b: Self) -> Self {
    Self(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  package static func * (a: Double, b: Self) -> Self { Self(a * b.real, a * b.imaginary) }

  package static func / (a: Self, b: Self) -> Self {
    let square = b.real * b.real + b.imaginary * b.imaginary
    return (1 / square) * (a * Self(b.real, -b.imaginary))
  }

  package var exponential: Self {
    exp(real) * Self(cos(imaginary), sin(imaginary))
  }

  /// e^z - 1, exact for small z too.
  package var exponentialLessOne: Self {
    let half = sin(imaginary / 2)
    return Self(expm1(real) * cos(imaginary) - 2 * half * half, exp(real) * sin(imaginary))
  }
}
