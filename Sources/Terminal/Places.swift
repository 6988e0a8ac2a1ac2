/// Where the x of a series stand on another axis, such as the seconds after steps: places that never
/// fall. An x stands where the last one before it that was noted does, and those before all of them
/// at the first place.
package struct Places: Sendable, Equatable {
  private var xs: [Double] = []
  private var places: [Double] = []

  package init() {}

  package var isEmpty: Bool { xs.isEmpty }
  package var first: Double? { places.first }

  /// Notes the place of an x after all those before. One that would fall stands where the last did.
  package mutating func note(_ place: Double, at x: Double) {
    guard place > places.last ?? -.infinity else { return }
    xs.append(x)
    places.append(place)
  }

  /// The place of an x; `nil` before all that were noted.
  package func place(of x: Double) -> Double? {
    let next = xs.lowerBound { $0 > x }
    return next > 0 ? places[next - 1] : nil
  }

  /// The first x whose place fulfils a condition that holds for all later ones too; minus infinity
  /// where all do, infinity where none does.
  func firstX(where condition: (Double) -> Bool) -> Double {
    let index = places.lowerBound(where: condition)
    return index == 0 && !isEmpty ? -.infinity : index < xs.count ? xs[index] : .infinity
  }
}
