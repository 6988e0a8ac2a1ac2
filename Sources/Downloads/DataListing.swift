package import Engine

/// The text of `interspike data`: what each data set is, its licence, where it is looked for and
/// whether it is there.
package enum DataListing {
  /// A block of lines for each entry, a blank line between two.
  package static func text(of entries: [DataSetEntry], in locations: DataLocations) -> String {
    entries.map { block(of: $0, in: locations) }.joined(separator: "\n\n")
  }

  private static func block(of entry: DataSetEntry, in locations: DataLocations) -> String {
    var lines = [
      entry.id,
      "  what     \(entry.contents)",
      "  licence  \(entry.licence)",
      "  source   \(entry.source)",
    ]
    if let address = entry.address {
      let total = entry.files.reduce(0) { $0 + $1.bytes }
      lines.append("  address  \(address) (\(ProgressLine.size(total)))")
    }
    return (lines + presence(of: entry, in: locations)).joined(separator: "\n")
  }

  private static func presence(of entry: DataSetEntry, in locations: DataLocations) -> [String] {
    if entry.storage == .embedded { return ["  here     yes, in the program"] }
    if entry.storage == .own { return ["  here     where an experiment says"] }
    do throws(DataError) {
      let paths = try locations.find(entry)
      let directory = paths.first.map { $0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex) }
      return ["  here     yes, in \(directory ?? "")"]
    } catch .missing(_, let looked) where !looked.isEmpty {
      let places = looked.map { place in
        let all = place.files.count == entry.files.count
        return "           looked in \(place.directory)"
          + (all ? "" : ": no \(place.files.joined(separator: ", "))")
      }
      let remedy =
        entry.address == nil
        ? "put there what is published at the source"
        : "`interspike data fetch \(entry.id)` downloads it"
      return ["  here     no; \(remedy)"] + places
    } catch {
      return ["  here     no directory to look in: set INTERSPIKE_DATA or HOME, or use --data DIR"]
    }
  }
}
