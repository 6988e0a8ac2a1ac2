import Dashboard
import Documents
import Foundation
import Runs

/// The file in which the program keeps how the user has last looked at runs:
/// `$XDG_STATE_HOME/interspike/view.toml`. Of several programs the one that ends last has its way.
struct ViewStateFile: Sendable {
  let path: String

  /// A file that is refused: its place and the reason, on one line.
  struct Broken: Error, Equatable {
    var reason: String
  }

  /// `nil` where neither `XDG_STATE_HOME` nor `HOME` names a folder; relative ones are ignored, as
  /// the XDG base directory specification asks.
  init?(environment: [String: String]) {
    let folder = { (name: String) in
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    guard let state = folder("XDG_STATE_HOME") ?? folder("HOME").map({ $0 + "/.local/state" })
    else { return nil }
    path = state + "/interspike/view.toml"
  }

  /// What is in the file; what a run is first looked at as where there is none.
  func read() throws(Broken) -> ViewState {
    let text: String
    do throws(TextFileError) {
      text = try TextFile.read(path)
    } catch {
      if case .missing = error { return ViewState() }
      throw Broken(reason: error.sentence(expected: "a file"))
    }
    return try Self.view(of: text, in: path)
  }

  /// Writes the whole file or leaves what is there.
  func write(_ view: ViewState) throws(FileError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .failed(.createDirectory, path: folder, errno: errno)
    }
    try DurableFile.write(Array(Self.text(of: view).utf8), to: path, isSynchronized: false)
  }

  // MARK: The text

  private static func text(of view: ViewState) -> String {
    var text =
      "# Written by interspike, which reads it when it starts. Settings go into config.toml.\n"
    let add = { (key: String, value: DocumentValue) in "\(key) = \(value.toml)\n" }
    if let theme = view.theme { text += add("theme", .text(theme)) }
    text += add("axis", .text(view.axis.rawValue))
    text += add("logarithmicTime", .flag(view.hasLogarithmicTime))
    text += add("gauges", .text(view.gaugeFilter))
    text += "commands = [\n"
    text += view.commands.map { "  \(TOMLText.quoted($0)),\n" }.joined() + "]\n\n[smoothing]\n"
    for (panel, level) in view.smoothing.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      text += add(TOMLText.key(panel.rawValue), .integer(level))
    }
    return text
  }

  /// Keys that are not known, as of a later version, are left out.
  static func view(of text: String, in file: String) throws(Broken) -> ViewState {
    let document: TOMLDocument
    do throws(TOMLSyntaxError) {
      document = try TOMLDocument(text)
    } catch {
      throw Broken(reason: "\(file):\(error.line): \(error.reason)")
    }
    var view = ViewState()
    for field in document.fields where !take(field, into: &view) {
      let place = document.line(of: [field.name]).map { "\(file):\($0)" } ?? file
      throw Broken(reason: "\(place): \(field.name): found \(field.value.summary)")
    }
    return view
  }

  /// Whether a field has a value that it can have.
  private static func take(_ field: DocumentValue.Field, into view: inout ViewState) -> Bool {
    switch (field.name, field.value) {
    case ("theme", .text(let theme)): view.theme = theme
    case ("axis", .text(let word)):
      guard let axis = ChartWindow.Axis(rawValue: word) else { return false }
      view.axis = axis
    case ("logarithmicTime", .flag(let flag)): view.hasLogarithmicTime = flag
    case ("gauges", .text(let words)): view.gaugeFilter = words
    case ("commands", .list(let values)):
      var commands: [String] = []
      for value in values {
        guard case .text(let command) = value else { return false }
        commands.append(command)
      }
      view.commands = commands.suffix(ViewState.mostCommands)
    case ("smoothing", .table(let fields)): return takeSmoothing(fields, into: &view)
    case ("theme", _), ("axis", _), ("logarithmicTime", _), ("gauges", _), ("commands", _),
      ("smoothing", _):
      return false
    default: break
    }
    return true
  }

  private static func takeSmoothing(
    _ fields: [DocumentValue.Field], into view: inout ViewState
  ) -> Bool {
    view.smoothing = [:]
    for field in fields {
      guard let panel = PanelName(rawValue: field.name),
        ViewState.smoothedPanels.contains(panel)
      else { continue }
      guard case .integer(let level) = field.value, ViewState.levels.contains(level) else {
        return false
      }
      view.smoothing[panel] = level
    }
    return true
  }
}
