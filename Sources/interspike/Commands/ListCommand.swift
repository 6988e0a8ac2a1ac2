import ArgumentParser
import Experiments
import Terminal
import Themes

/// `interspike list [GROUP]`: what there is to choose from.
struct ListCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List presets, data sets, quantizers, schedules and whatever else can be chosen.")

  @Argument(
    help: ArgumentHelp(
      "Only this group: \(groupIDs.joined(separator: ", ")).",
      valueName: "group"),
    completion: .list(groupIDs))
  var group: String?

  private static let groupIDs = Catalogue.groups.map(\.id) + [ThemeCatalogue.id]

  func validate() throws {
    guard let group, !Self.groupIDs.contains(group) else { return }
    throw ValidationError(Messages.unknown("group", group, known: Self.groupIDs))
  }

  func perform() throws -> Ending {
    let chosen = chosenGroups()
    for (index, group) in chosen.enumerated() {
      try StandardOutput.write((index > 0 ? "\n" : "") + Self.text(of: group))
    }
    return .success
  }

  private func chosenGroups() -> [Catalogue.Group] {
    switch group {
    case nil: Catalogue.overview + [ThemeCatalogue.group(of: .ofProcess())]
    case ThemeCatalogue.id: [ThemeCatalogue.group(of: .ofProcess())]
    case let id?: [Catalogue.group(named: id)].compactMap(\.self)
    }
  }

  /// Names, and beside them what they mean; on a terminal in lines that fit.
  private static func text(of group: Catalogue.Group) -> String {
    let width = group.entries.map(\.name.cellWidth).max() ?? 0
    let margin = String(repeating: " ", count: width + 4)
    // Below some width the terminal itself breaks lines no worse.
    let room = StandardOutput.terminalColumns.map { $0 - margin.count } ?? .max
    return group.entries.reduce("\(group.title) (\(group.id))\n") { text, entry in
      let gap = String(repeating: " ", count: width - entry.name.cellWidth)
      let lines =
        room >= 20 && room < .max
        ? Wrapping.lines(of: entry.description, width: room).map { $0.map(\.text).joined() }
        : [entry.description]
      return text + "  \(entry.name)\(gap)  \(lines.joined(separator: "\n" + margin))\n"
    }
  }
}
