import ArgumentParser
import Dashboard
import Foundation
import Terminal

/// `interspike keys`: the key table of the dashboard.
struct KeysCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the keys of the dashboard.",
    discussion: """
      Keys are changed in the table [keys] of $XDG_CONFIG_HOME/interspike/config.toml, by the names \
      that --names prints: save = "F2", or a list of keys.
      """)

  @Flag(help: "Print the name of each command before what it does.") var names = false

  func perform() throws -> Ending {
    let table = try Configuration.load(environment: ProcessInfo.processInfo.environment).keys
    let rows = table.sections.map { section in
      (section.heading, section.bindings.map { ($0.keyText(glyphs: .unicode), $0) })
    }
    let width = rows.flatMap(\.1).map(\.0.cellWidth).max() ?? 0
    var text = ""
    for (heading, bindings) in rows {
      text += (text.isEmpty ? "" : "\n") + heading + "\n"
      for (keys, binding) in bindings {
        let gap = String(repeating: " ", count: width - keys.cellWidth)
        let name = names ? binding.name.padding(toLength: 14, withPad: " ", startingAt: 0) : ""
        text += "  \(keys)\(gap)  \(name)\(binding.fullDescription)\n"
      }
    }
    text += "\n" + MouseGuide.heading + "\n"
    for gesture in MouseGuide.gestures {
      text += "  " + gesture.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
      text += gesture.meaning + "\n"
    }
    try StandardOutput.write(text)
    return .success
  }
}
