import Documents

extension ScanPlan {
  /// The version of the form of plans and tables.
  private static let version = 1

  /// The plan as a file without its fingerprint: the experiment at all points, and a table `scan` with
  /// axes, seeds and the columns of the table. Equal texts are equal scans.
  package func text(columns: [String]) -> String {
    let axes = axes.map { axis in
      let set = axis.companions.map { "\($0.name) = \($0.value.toml)" }.joined(separator: ", ")
      let fields: [DocumentValue.Field] = [
        .init(name: "name", value: .text(axis.name)), .init(name: "key", value: .text(axis.key)),
        .init(name: "with", value: .text(set)), .init(name: "values", value: .list(axis.values)),
      ]
      return "  \(DocumentValue.table(fields).toml),\n"
    }
    let seeds = seeds.map { DocumentValue.integer(Int(clamping: $0)) }
    return base.toml + "\n[scan]\nversion = \(Self.version)\npoints = \(count)\n"
      + "columns = \(DocumentValue.list(columns.map { .text($0) }).toml)\n"
      + "seeds = \(DocumentValue.list(seeds).toml)\n"
      + "axes = [\n" + axes.joined() + "]\n"
  }
}

/// What the table `scan` of a plan says to somebody who has the file alone.
package struct ScanOutline: Sendable, Equatable {
  package let points: Int
  package let columns: [String]
  package let fingerprint: String

  /// `nil` where the text is no plan of this version.
  package init?(planText text: String) {
    guard let document = try? TOMLDocument(text),
      case .table(let scan)? = document.fields.first(where: { $0.name == "scan" })?.value
    else { return nil }
    let value = { (name: String) in scan.first { $0.name == name }?.value }
    guard case .integer(1)? = value("version"), case .integer(let points)? = value("points"),
      case .list(let columns)? = value("columns"), points > 0,
      case .text(let fingerprint)? = value("fingerprint")
    else { return nil }
    self.points = points
    self.fingerprint = fingerprint
    self.columns = columns.compactMap { if case .text(let name) = $0 { name } else { nil } }
  }
}
