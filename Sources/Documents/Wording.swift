/// Turns of phrase that messages about files share.
package enum Wording {
  /// `a, b and c`
  package static func enumeration(_ words: [String], _ conjunction: String) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  /// What was probably meant, after the mistake itself.
  package static func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }
}
