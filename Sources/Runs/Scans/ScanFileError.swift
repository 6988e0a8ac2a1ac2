/// Why the folder of a scan cannot be used.
package enum ScanFileError: Error, Sendable, Equatable {
  case file(FileError)
  /// The folder holds another scan.
  case foreignPlan(folder: String)
  /// No plan in the folder.
  case notAScan(folder: String)
  /// A plan that is not as it was written.
  case damagedPlan(path: String)
  /// Another process writes the table.
  case busy(path: String)
  /// The first line is not that of the plan.
  case foreignTable(path: String, found: String, expected: String)
  /// Folders of two scans.
  case differentPlans(first: String, second: String)
  /// Two rows of one point with different results.
  case differing(point: Int, column: String, first: Place, second: Place)

  /// A line of a file, and what one of its columns has.
  package struct Place: Sendable, Equatable {
    package let path: String
    /// From 1 on.
    package let line: Int
    package let value: String
  }
}
