import Engine
import Terminal

/// The command line: everything that a key does by its name, and what takes arguments.
enum CommandLine {
  /// The keys that are commands: those that do something on a page.
  static func bindings(of table: KeyTable = .standard) -> [KeyBinding] {
    table.bindings.filter { binding in
      binding.scope != .quitDialog && binding.scope != .help && binding.action != .command
        && binding.action != .palette
    }
  }

  /// What a line asks for.
  static func action(of line: String, knobs: [Knob]) throws(CommandError) -> Action {
    let words = line.split(separator: " ").map(String.init)
    guard let name = words.first else { throw .unknown("") }
    let arguments = Array(words.dropFirst())
    if let command = CommandTable.commands.first(where: { $0.name == name }) {
      do throws(CommandError) {
        return try command.make(arguments)
      } catch {
        // Without its arguments the name may be that of a key: schedule, site, sample.
        guard arguments.isEmpty, let binding = bindings().first(where: { $0.name == name }) else {
          throw error
        }
        return binding.action
      }
    }
    if arguments.isEmpty, let binding = bindings().first(where: { $0.name == name }) {
      return binding.action
    }
    // The name of a knob sets it: w.h 4.
    if arguments.count == 1, knobs.contains(where: { $0.id == name }) {
      return try action(of: "set \(line)", knobs: knobs)
    }
    throw .unknown(name)
  }

  /// The command that a line begins with, if it takes arguments.
  static func command(of line: String) -> CommandTable.Command? {
    let name = line.split(separator: " ").first.map(String.init)
    return CommandTable.commands.first { $0.name == name }
  }

  /// Words that the last word of a line may become, in the order of the alphabet.
  static func completions(
    of line: String, knobs: [Knob], sites: [String], surrogates: [String] = []
  ) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let last = words.last ?? ""
    let known: [String]
    if words.count <= 1 {
      known = CommandTable.commands.map(\.name) + bindings().map(\.name) + knobs.map(\.id)
    } else if words.count == 2, let command = command(of: line) {
      switch command.words {
      case .none: known = []
      case .knobs: known = knobs.map(\.id) + ["w.*"]
      case .sites: known = sites
      case .exports: known = CommandTable.exportFormats
      case .surrogates: known = surrogates + [StabilityWords.endWord]
      }
    } else {
      known = []
    }
    return Set(known.filter { $0.hasPrefix(last) }).sorted()
  }

  /// The line with its last word completed as far as all that it may become agree.
  static func completed(
    _ line: String, knobs: [Knob], sites: [String], surrogates: [String] = []
  ) -> String {
    let found = completions(of: line, knobs: knobs, sites: sites, surrogates: surrogates)
    guard let first = found.first else { return line }
    let common = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let start = line.lastIndex(of: " ").map { line.index(after: $0) } ?? line.startIndex
    return line[..<start] + (found.count == 1 ? common + " " : common)
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
