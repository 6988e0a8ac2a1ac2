import Dashboard
import Documents
import Foundation
import Runs
import Terminal
import Themes

/// What the user has written into `$XDG_CONFIG_HOME/interspike/config.toml`. The program reads it
/// and never writes it.
struct Configuration: Sendable {
  /// The theme to begin with, and what is changed about it.
  var theme: ThemeSettings?
  /// Whether the mouse is for the dashboard.
  var hasMouse = true
  var keys = KeyTable.standard

  /// Reads the file; where there is none everything is as it is by itself.
  ///
  /// - Throws: ``ConfigurationError``, ``ThemeError``, ``FileError``
  static func load(environment: [String: String]) throws -> Configuration {
    guard let path = path(environment: environment) else { return Configuration() }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path)
    } catch .failed(.open, _, ENOENT) {
      return Configuration()
    }
    return try ConfigurationReader.read(String(decoding: bytes, as: UTF8.self), file: path)
  }

  static func path(environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return folder + "/interspike/config.toml"
    }
    return environment["HOME"].map { $0 + "/.config/interspike/config.toml" }
  }
}

/// What is wrong with a configuration file.
struct ConfigurationError: Error, Equatable {
  var file: String
  /// Counted from 1.
  var line: Int?
  var reason: String

  var sentence: String { file + (line.map { ":\($0)" } ?? "") + ": " + reason }
}

/// Takes a configuration file apart.
private struct ConfigurationReader {
  let file: String
  let document: TOMLDocument

  private static let known = [ThemeSettings.key, "mouse", "keys"]

  static func read(_ text: String, file: String) throws -> Configuration {
    let document: TOMLDocument
    do throws(TOMLSyntaxError) {
      document = try TOMLDocument(text)
    } catch {
      throw ConfigurationError(file: file, line: error.line, reason: error.reason)
    }
    return try ConfigurationReader(file: file, document: document).configuration()
  }

  private func mistake(_ path: [String], _ reason: String) -> ConfigurationError {
    ConfigurationError(file: file, line: document.line(of: path), reason: reason)
  }

  private func configuration() throws -> Configuration {
    var configuration = Configuration()
    for field in document.fields {
      switch (field.name, field.value) {
      case (ThemeSettings.key, let value):
        configuration.theme = try ThemeSettings(value, in: document, file: file)
      case ("keys", .table(let fields)): configuration.keys = try keys(fields)
      case ("mouse", .flag(let flag)): configuration.hasMouse = flag
      case ("mouse", let value):
        throw mistake(["mouse"], "mouse: found \(value.summary), expected true or false")
      case ("keys", _): throw mistake(["keys"], "keys: expected a table of commands and keys")
      default:
        throw mistake(
          [field.name], Messages.unknown("key", field.name, known: Self.known))
      }
    }
    return configuration
  }

  private func keys(_ fields: [DocumentValue.Field]) throws(ConfigurationError) -> KeyTable {
    var given: [(name: String, keys: [Key])] = []
    for field in fields {
      let names: [String]? =
        switch field.value {
        case .text(let name): [name]
        case .list(let values): texts(values)
        default: nil
        }
      guard let names else {
        throw mistake(
          ["keys", field.name], "\(field.name): expected the name of a key or a list of names")
      }
      given.append(
        (
          field.name,
          try names.map { name throws(ConfigurationError) in
            guard let key = Key(name: name) else {
              throw mistake(
                ["keys", field.name],
                "'\(name)' is no key; expected a character or a name such as Space, Ctrl-R, PgUp, F5"
              )
            }
            return key
          }
        ))
    }
    do throws(KeyTableError) {
      return try KeyTable.standard.remapped(given)
    } catch {
      throw mistake(error)
    }
  }

  private func mistake(_ error: KeyTableError) -> ConfigurationError {
    switch error {
    case .unknownCommand(let name):
      let nearest = Suggestion.nearest(to: name, in: KeyTable.standard.bindings.map(\.name))
      return mistake(
        ["keys", name],
        "unknown command '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
          + "; `interspike keys --names` lists them")
    case .givenTwice(let key, let first, let second):
      return mistake(["keys", second], "\(key.name) is the key of '\(first)' already")
    case .reserved(let key):
      return mistake(["keys"], "\(key.name) belongs to 'interrupt'")
    case .typed(let key, let name):
      return mistake(
        ["keys", name],
        "\(key.name): '\(name)' works while texts are typed; expected no character, but such as F5")
    }
  }

  private func texts(_ values: [DocumentValue]) -> [String]? {
    var texts: [String] = []
    for value in values {
      guard case .text(let text) = value else { return nil }
      texts.append(text)
    }
    return texts
  }
}
