/// Collects the comparisons of one golden file.
package struct GoldenTally: Sendable {
  package private(set) var cases = 0
  package private(set) var failures: [String] = []
  package private(set) var notes: [String] = []
  private var worstError = 0.0
  private var worstLimit = 0.0
  private var compared = false

  package init() {}

  package mutating func countCase() { cases += 1 }

  package mutating func note(_ text: String) { notes.append(text) }

  /// A rule that holds or not; `text` says what is wrong when it does not.
  package mutating func require(_ condition: Bool, at path: String, _ text: String) {
    record(error: condition ? 0 : .infinity, limit: 0, at: path, detail: text)
  }

  /// Compares two arrays. `place` names the expected one and the route.
  package mutating func compare(
    _ found: [Double], _ expected: [Double], _ tolerance: GoldenTolerance, at place: String
  ) {
    guard hasSameCount(found, expected, at: place) else { return }
    let magnitude = expected.reduce(0) { max($0, abs($1)) }
    let difference = zip(found, expected).reduce(0.0) { worst, pair in
      if pair.0 == pair.1 { return worst }
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(worst, difference)
    }
    record(
      error: tolerance.normalised(difference, magnitude: magnitude), limit: tolerance.limit,
      at: place, detail: nil)
  }

  package mutating func compare(
    _ found: Double, _ expected: Double, _ tolerance: GoldenTolerance, at place: String
  ) {
    compare([found], [expected], tolerance, at: place)
  }

  /// Compares the running sums of two sequences of counts: never more than 1 apart.
  package mutating func compareCumulative(
    _ found: [Double], _ expected: [Double], at place: String
  ) {
    guard hasSameCount(found, expected, at: place) else { return }
    var sum = 0.0
    var worst = 0.0
    for (a, b) in zip(found, expected) {
      sum += a - b
      worst = sum.isNaN ? .infinity : max(worst, abs(sum))
    }
    record(error: worst, limit: 1, at: place, detail: nil)
  }

  /// Compares voltages, which live on a circle of length 1.
  package mutating func compareVoltages(
    _ found: [Double], _ expected: [Double], within limit: Double, at place: String
  ) {
    guard hasSameCount(found, expected, at: place) else { return }
    let worst = zip(found, expected).reduce(0.0) { worst, pair in
      let distance = abs(pair.0 - pair.1)
      return distance.isNaN ? .infinity : max(worst, min(distance, abs(1 - distance)))
    }
    record(error: worst, limit: limit, at: place, detail: nil)
  }

  package func result(name: String) -> GoldenResult {
    guard compared else { return GoldenResult(name: name, failure: "there is nothing to compare") }
    return GoldenResult(
      name: name, cases: cases, worstError: worstError, limit: worstLimit,
      passed: failures.isEmpty, failures: failures, notes: notes)
  }

  private mutating func hasSameCount(
    _ found: [Double], _ expected: [Double], at place: String
  ) -> Bool {
    let same = found.count == expected.count
    if !same {
      record(
        error: .infinity, limit: 0, at: place,
        detail: "\(expected.count) numbers are listed where \(found.count) were computed")
    }
    return same
  }

  private mutating func record(error: Double, limit: Double, at place: String, detail: String?) {
    if !(error <= limit) {
      failures.append("\(place): \(detail ?? "error \(error), limit \(limit)")")
    }
    if !compared || Self.share(error, of: limit) > Self.share(worstError, of: worstLimit) {
      (worstError, worstLimit) = (error, limit)
    }
    compared = true
  }

  /// How much of its limit an error uses up; above 1 it fails.
  private static func share(_ error: Double, of limit: Double) -> Double {
    if error == 0 { return limit == 0 ? -1 : 0 }
    return limit == 0 ? .infinity : error / limit
  }
}
