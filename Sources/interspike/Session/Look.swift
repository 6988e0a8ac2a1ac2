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
  /// How runs were last looked at, and where that is kept, if it is.
  var view = ViewState()
  var viewFile: ViewStateFile?
  /// What is to be told in the dashboard.
  private(set) var warnings: [String] = []

  /// The theme to begin with.
  var theme: Theme { themes.current }

  /// With `remembers` it begins as runs were last looked at, for a dashboard that goes on with that.
  /// A theme named as an option or in the environment comes before one that is configured, this before
  /// the one that was chosen last, and the default is the last.
  init(_ options: LookOptions, remembers: Bool = false) throws {
    let environment = ProcessInfo.processInfo.environment
    // Where nothing is shown a mistake in it is no reason not to train.
    let configuration =
      StandardOutput.isTerminal
      ? try Configuration.load(environment: environment)
      : (try? Configuration.load(environment: environment)) ?? Configuration()
    keys = configuration.keys
    var warnings: [String] = []
    if remembers, let file = ViewStateFile(environment: environment) {
      viewFile = file
      do throws(ViewStateFile.Broken) {
        view = try file.read()
      } catch {
        warnings.append("What was looked at last is not known: " + error.reason)
      }
    }
    var library = ThemeLibrary.ofProcess()
    library.settings = configuration.theme
    let wanted = [options.theme, environment["INTERSPIKE_THEME"]].lazy
      .compactMap(\.self).first { !$0.isEmpty }
    themes = try Self.themes(
      wanted, chosenLast: view.theme, from: library, warnings: &warnings)
    self.warnings = warnings
    hasColor = !options.noColor && (environment["NO_COLOR"] ?? "").isEmpty
    isPlain = options.ascii
    hasMouse = configuration.hasMouse && !options.noMouse
  }

  private static func themes(
    _ wanted: String?, chosenLast: String?, from library: ThemeLibrary, warnings: inout [String]
  ) throws(ThemeError) -> ThemeSwitcher {
    if let wanted { return try ThemeSwitcher(wanted, from: library) }
    if library.settings?.name == nil, let chosenLast {
      do throws(ThemeError) {
        return try ThemeSwitcher(chosenLast, from: library)
      } catch {
        warnings += error.sentences.prefix(1).map { "The theme chosen last is not shown: " + $0 }
      }
    }
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
