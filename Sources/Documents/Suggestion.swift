/// Finds what a misspelt word was probably meant to be.
package enum Suggestion {
  /// The candidate with the smallest edit distance to `word`, if it is near enough to be meant:
  /// at most a third of the letters wrong, upper and lower case alike.
  package static func nearest(to word: String, in candidates: [String]) -> String? {
    let limit = max(1, min(3, word.count / 3))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = self.distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// The nearest of dotted keys: in the same table, or else as a whole, or else by its last part
  /// where only one table has such a key: it was then written into the wrong table.
  package static func nearestKey(to path: String, in keys: [String]) -> String? {
    let (section, leaf) = split(path)
    let siblings = keys.filter { split($0).section == section }
    if let sibling = nearest(to: leaf, in: siblings.map { split($0).leaf }) {
      return section.isEmpty ? sibling : section + "." + sibling
    }
    if let whole = nearest(to: path, in: keys) { return whole }
    let elsewhere = nearest(to: leaf, in: keys.map { split($0).leaf })
    let homonyms = keys.filter { split($0).leaf == elsewhere }
    return homonyms.count == 1 ? homonyms[0] : nil
  }

  /// A dotted key as its table and its last part.
  private static func split(_ path: String) -> (section: String, leaf: String) {
    guard let dot = path.lastIndex(of: ".") else { return ("", path) }
    return (String(path[..<dot]), String(path[path.index(after: dot)...]))
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`
  /// (optimal string alignment distance).
  package static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    guard abs(a.count - b.count) <= 8 else { return max(a.count, b.count) }
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var cost = min(
          previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, older[j - 1] + 1)
        }
        current.append(cost)
      }
      older = previous
      previous = current
    }
    return previous[b.count]
  }
}
