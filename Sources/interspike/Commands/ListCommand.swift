import ArgumentParser
import Experiments
import Terminal

/// `interspike list [GROUP]`: what there is to choose from.
struct ListCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List presets, data sets, quantizers, schedules and whatever else can be chosen.")

  @Argument(
    help: ArgumentHelp(
      "Only this group: \(Catalogue.groups.map(\.id).joined(separator: ", ")).",
      valueName: "group"),
    completion: .list(Catalogue.groups.map(\.id)))
  var group: String?

  func validate() throws {
    guard let group, Catalogue.group(named: group) == nil else { return }
    let known = Catalogue.groups.map(\.id)
    throw ValidationError(Messages.unknown("group", group, known: known))
  }

  func perform() throws -> Ending {
    let chosen = group.flatMap(Catalogue.group).map { [$0] } ?? Catalogue.overview
    for (index, group) in chosen.enumerated() {
      try StandardOutput.write((index > 0 ? "\n" : "") + Self.text(of: group))
    }
    return .success
  }

  private static func text(of group: Catalogue.Group) -> String {
    let width = group.entries.map(\.name.cellWidth).max() ?? 0
    return group.entries.reduce("\(group.title) (\(group.id))\n") { text, entry in
      let gap = String(repeating: " ", count: width - entry.name.cellWidth)
      return text + "  \(entry.name)\(gap)  \(entry.description)\n"
    }
  }
}
