/// What a golden file came to.
package struct GoldenResult: Sendable, Equatable {
  /// Base name of the file without its extension.
  package var name: String
  /// Cases (rows, sites, ...) that were compared.
  package var cases: Int
  /// Normalised error and limit of the comparison that came nearest to its limit, or exceeded
  /// it most, over all routes.
  package var worstError: Double
  package var limit: Double
  package var passed: Bool
  /// Where it failed, a line each.
  package var failures: [String]
  /// Facts that never fail.
  package var notes: [String]

  /// A file from which nothing could be compared.
  package init(name: String, failure: String) {
    self.init(
      name: name, cases: 0, worstError: .infinity, limit: 0, passed: false, failures: [failure],
      notes: [])
  }

  package init(
    name: String, cases: Int, worstError: Double, limit: Double, passed: Bool,
    failures: [String], notes: [String]
  ) {
    self.name = name
    self.cases = cases
    self.worstError = worstError
    self.limit = limit
    self.passed = passed
    self.failures = failures
    self.notes = notes
  }
}

extension GoldenResult {
  /// The one line that tells all: `name cases N worst-error E limit L ok`, or `... FAIL`, with the
  /// reason when nothing could be compared.
  package var line: String {
    let verdict = passed ? "ok" : cases == 0 ? "FAIL \(failures.joined(separator: "; "))" : "FAIL"
    return "\(name) cases \(cases) worst-error \(worstError) limit \(limit) \(verdict)"
  }
}

/// What became of one path: compared, or of a format that is not known yet.
package enum GoldenOutcome: Sendable, Equatable {
  case checked(GoldenResult)
  case skipped(name: String)
}
