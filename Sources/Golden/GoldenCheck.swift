/// The comparison of one family of golden files with what the program computes.
package protocol GoldenCheck: Sendable {
  /// Base name of the files, without extension, or what their names begin with.
  var name: String { get }

  /// Whether a file of that base name belongs to the family.
  func covers(_ file: String) -> Bool

  /// Compares everything in `file`. Throws when the file does not have the family's form.
  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws
}

extension GoldenCheck {
  package func covers(_ file: String) -> Bool { file == name }
}
