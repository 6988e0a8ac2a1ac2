import ArgumentParser
import Dashboard
import Terminal

/// `interspike keys`: the key table of the dashboard.
struct KeysCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the keys of the dashboard.")

  func perform() throws -> Ending {
    let rows = KeyMap.sections.map { section in
      (section.heading, section.bindings.map { ($0.keyText(glyphs: .unicode), $0) })
    }
    let width = rows.flatMap(\.1).map(\.0.cellWidth).max() ?? 0
    var text = ""
    for (heading, bindings) in rows {
      text += (text.isEmpty ? "" : "\n") + heading + "\n"
      for (keys, binding) in bindings {
        let gap = String(repeating: " ", count: width - keys.cellWidth)
        text += "  \(keys)\(gap)  \(binding.fullDescription)\n"
      }
    }
    try StandardOutput.write(text)
    return .success
  }
}
