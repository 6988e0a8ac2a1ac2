/// The root of a function between two places where its signs differ: inverse quadratic
/// interpolation where that is safe, bisection elsewhere (Chandrupatla 1997, Advances in
/// Engineering Software 28, 145).
enum BracketedRoot {
  private static let mostSteps = 200

  /// A root, or the place of a jump through 0, within `tolerance` of itself and two units in the
  /// last place; `nil` where the signs do not differ or the function is not a number somewhere.
  static func find(
    between low: Double, and high: Double, tolerance: Double = 0,
    of function: (Double) -> Double
  ) -> Double? {
    var (newest, opposite) = ((x: high, y: function(high)), (x: low, y: function(low)))
    if newest.y == 0 { return newest.x }
    if opposite.y == 0 { return opposite.x }
    guard (newest.y < 0) != (opposite.y < 0), newest.y.isFinite, opposite.y.isFinite else {
      return nil
    }
    var share = 0.5
    for _ in 0..<mostSteps {
      let x = newest.x + share * (opposite.x - newest.x)
      let point = (x: x, y: function(x))
      guard point.y.isFinite else { return nil }
      var third = newest
      if (point.y < 0) != (newest.y < 0) { (third, opposite) = (opposite, newest) }
      newest = point
      let best = abs(newest.y) < abs(opposite.y) ? newest : opposite
      let reach = 2 * best.x.ulp + tolerance * abs(best.x)
      let smallest = reach / abs(opposite.x - newest.x)
      if best.y == 0 || smallest > 0.5 { return best.x }
      share = min(max(Self.share(newest, opposite, third), smallest), 1 - smallest)
    }
    return nil
  }

  /// How far to go from the newest point towards the one of opposite sign.
  private static func share(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ c: (x: Double, y: Double)
  ) -> Double {
    let place = (a.x - b.x) / (c.x - b.x)
    let height = (a.y - b.y) / (c.y - b.y)
    guard height * height < place, (1 - height) * (1 - height) < 1 - place else { return 0.5 }
    return a.y / (b.y - a.y) * c.y / (b.y - c.y)
      + (c.x - a.x) / (b.x - a.x) * a.y / (c.y - a.y) * b.y / (c.y - b.y)
  }
}
