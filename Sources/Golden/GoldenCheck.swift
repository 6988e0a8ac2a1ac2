/// The comparison of one family of golden files with what the program computes.
package protocol GoldenCheck: Sendable {
  /// Base name of the files, without extension.
  var name: String { get }

  /// Compares everything in `file`. Throws when the file does not have the family's form.
  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws
}
