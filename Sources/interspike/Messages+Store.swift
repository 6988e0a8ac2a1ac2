import Documents
import RunStore
import Runs

/// Sentences about the run store.
extension Messages {
  static func noTag(_ word: String) -> String {
    "'\(word)': expected a tag of up to 64 bytes, without spaces, commas and control characters."
  }

  static func sentence(_ warning: IndexWarning) -> String {
    switch warning {
    case .setAside(let path, let newPath, let isNewer):
      let reason = isNewer ? "was made by a newer version of this program" : "is damaged"
      return "the index of the runs, \(path), \(reason); it is now called \(newPath), and a new one"
        + " has been made from the folders of the runs"
    case .unusable(let path, let reason):
      return "the index of the runs, \(path), cannot be used (\(reason)); all folders were read"
        + " instead"
    }
  }

  /// The mistake, and below it the expression with a mark under the place.
  static func sentence(_ error: QueryError) -> String {
    let mark = String(repeating: "^", count: max(1, error.place.count))
    let place = String(repeating: " ", count: error.place.lowerBound) + mark
    let text = String(error.text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return "--where: \(sentence(error.reason))\n  \(text)\n  \(place)"
  }

  private static func sentence(_ reason: QueryError.Reason) -> String {
    switch reason {
    case .unexpected(let found, let expected):
      "found \(found.map { "'\($0)'" } ?? "the end"), expected \(expected)"
    case .unknownName(let name, let nearest):
      "no column, metric or setting is called '\(name)'" + Wording.hint(nearest)
    case .notNumber(let name, let found): "\(name): found '\(found)', expected a number"
    case .unclosed: "the quotation has no end"
    case .tooDeep(let limit): "more than \(limit) parentheses within each other"
    case .tooLong(let limit): "too long: expected at most \(limit) comparisons or characters"
    }
  }

  static func sentence(_ error: UnknownSortKey) -> String {
    "--sort: no column, metric or setting is called '\(error.name)'" + Wording.hint(error.nearest)
  }

  static func sentence(_ error: RunTrashError) -> String {
    switch error {
    case .running(let folder): "\(folder): the run is being trained and cannot be removed"
    case .otherFileSystem(let folder, let trash):
      "\(folder): cannot be moved into the trash, \(trash), which is on another file system;"
        + " delete or move the folder yourself"
    case .file(let error): sentence(error)
    }
  }

  static func ending(_ error: RunTrashError) -> Ending {
    if case .running = error { .usage } else { .failedRun }
  }

  static func sentence(_ error: AboutError) -> String {
    switch error {
    case .damaged(let path): "\(path): not a JSON object, expected note and tags of the run"
    case .file(let error): sentence(error)
    }
  }

  static func aboutSetAside(_ path: String, _ newPath: String) -> String {
    "\(path) was damaged; it is now called \(newPath), and a new one has been made"
  }

  static func noRuns(in location: RunStoreLocation, _ condition: String?) -> String {
    condition == nil ? "no run is stored in \(location.runsFolder) yet" : "no run is so"
  }

  static func noTag(_ tag: String, of run: StoredRun, present: [String]) -> String {
    "\(run.folder) has no tag '\(tag)'"
      + Wording.hint(Suggestion.nearest(to: tag, in: present))
      + (present.isEmpty ? "; it has none" : "; it has: \(present.joined(separator: ", "))")
  }

  static func removed(_ folder: String, to target: String) -> String {
    "\(folder) is now in the trash: \(target)"
  }

  static func purged(_ count: Int) -> String {
    "deleted \(count) run\(count == 1 ? "" : "s") in the trash"
  }
}
