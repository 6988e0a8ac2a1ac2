import Foundation

/// Why control points cannot be as asked for, as a clause with what was found and expected.
package func description(of error: ControlPointsError) -> String {
  switch error {
  case .count(let found):
    let range = ControlPoints.allowedCount
    return "found \(found) control points, expected \(range.lowerBound) to \(range.upperBound)"
  case .notRising: return "control inputs are not each above the one before"
  case .lengthScale(let found): return "found the length scale \(found), expected one above 0"
  case .noise(let found): return "found the noise \(found), expected 0 or more"
  case .notPositive(let lengthScale):
    return "control points at the length scale \(lengthScale) are too much alike, however much "
      + "noise is added; expected a shorter lengthScale"
  case .illConditioned(let condition, let most):
    return String(
      format: "the condition of the covariance is %.2g, too much for single precision; expected at "
        + "most %.2g: make lengthScale shorter or noise greater", condition, most)
  }
}
