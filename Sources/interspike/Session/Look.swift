import ArgumentParser
import Dashboard
import Foundation
import Terminal
import Themes

/// How the dashboard is drawn, as options of a command.
struct LookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The colours of the dashboard: a theme (see `interspike list themes`), or a file that ends in "
        + ".toml, or in .theme for one of btop.", valueName: "name|file"),
    completion: .list(ThemeLibrary.shippedNames))
  var theme: String?

  @Flag(help: "Draw without colours, as with NO_COLOR set.")
  var noColor = false

  @Flag(help: "Draw with ASCII characters only, for fonts without braille patterns.")
  var ascii = false

  @Flag(help: "Leave the mouse to the terminal, so that it selects text.")
  var noMouse = false
}

/// How the dashboard is drawn.
struct Look: Sendable {
  var themes: ThemeSwitcher
  var hasColor: Bool
  /// Whether only ASCII is drawn.
  var isPlain: Bool
  /// Whether the mouse is for the dashboard.
  var hasMouse: Bool
  var keys: KeyTable

  /// The theme to begin with.
  var theme: Theme { themes.current }

  init(_ options: LookOptions) throws {
    let environment = ProcessInfo.processInfo.environment
    // Where nothing is shown a mistake in it is no reason not to train.
    let configuration =
      StandardOutput.isTerminal
      ? try Configuration.load(environment: environment)
      : (try? Configuration.load(environment: environment)) ?? Configuration()
    keys = configuration.keys
    var library = ThemeLibrary.ofProcess()
    library.settings = configuration.theme
    let wanted = [options.theme, environment["INTERSPIKE_THEME"]].lazy
      .compactMap(\.self).first { !$0.isEmpty }
    themes = try Self.themes(wanted, from: library)
    hasColor = !options.noColor && (environment["NO_COLOR"] ?? "").isEmpty
    isPlain = options.ascii
    hasMouse = configuration.hasMouse && !options.noMouse
  }

  private static func themes(
    _ wanted: String?, from library: ThemeLibrary
  ) throws(ThemeError) -> ThemeSwitcher {
    if let wanted { return try ThemeSwitcher(wanted, from: library) }
    do throws(ThemeError) {
      return try ThemeSwitcher(nil, from: library)
    } catch {
      guard !StandardOutput.isTerminal else { throw error }
      var library = library
      library.settings = nil
      return try ThemeSwitcher(nil, from: library)
    }
  }
}
