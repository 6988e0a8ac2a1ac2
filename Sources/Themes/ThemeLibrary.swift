import Documents
import Foundation
package import Terminal

/// A theme and what it was read from.
package struct LoadedTheme: Sendable, Equatable {
  package let theme: Theme
  /// One line about the theme, where its file has one.
  package let about: String?
  /// All files that were read, those of the themes it inherits from too; empty when it is compiled
  /// in.
  package let files: [String]
}

/// The themes that a name can mean: the user's, those beside the program, and those compiled in.
package struct ThemeLibrary: Sendable {
  /// The endings of theme files: our own format, and btop's.
  static let endings = [".toml", ".theme"]

  /// Where files are looked for by name, in this order.
  private let folders: [String]
  /// What the user has configured.
  package var settings: ThemeSettings?

  /// - Parameter programPath: The program's own file, beside which themes are looked for.
  package init(environment: [String: String], programPath: String?) {
    let program = programPath.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath() }
    let beside = program.map { Self.folders(beside: $0.deletingLastPathComponent()) } ?? []
    folders = [Self.userFolder(environment)].compactMap(\.self) + beside
  }

  /// The default theme, which is compiled in.
  package static let standard = shipped("okabe-ito")

  /// The theme for light backgrounds from which others take what they lack.
  static let standardLight = shipped("tol-bright-light")

  private static func shipped(_ name: String) -> Theme {
    let library = ThemeLibrary(environment: [:], programPath: nil)
    return (try? library.load(name))?.theme ?? .mono
  }

  /// The names of the themes that are compiled in.
  package static let shippedNames = ShippedThemes.files.map(\.name)

  /// The names of all themes: those shipped in their order, then the others by the alphabet.
  package var names: [String] {
    var found: Set<String> = []
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      found.formUnion(files.compactMap(Self.name(ofFile:)))
    }
    return Self.shippedNames + found.subtracting(Self.shippedNames).sorted()
  }

  /// The theme of a name, or of a file: something with a `/` or one of the endings of theme files.
  /// - Throws: All mistakes of the file, or of the first file that it inherits from and that has
  ///   some.
  package func load(_ nameOrPath: String) throws(ThemeError) -> LoadedTheme {
    let isPath = nameOrPath.contains("/") || Self.endings.contains { nameOrPath.hasSuffix($0) }
    if isPath {
      let path = URL(fileURLWithPath: nameOrPath)
      let name = Self.name(ofFile: path.lastPathComponent) ?? path.lastPathComponent
      return try chain(for: nameOrPath).load(.file(name: name, path: nameOrPath))
    }
    guard let source = source(named: nameOrPath, excluding: []) else {
      let known = names
      throw ThemeError([
        .unknownTheme(nameOrPath, nearest: Self.nearest(to: nameOrPath, in: known), known: known)
      ])
    }
    return try chain(for: nameOrPath).load(source)
  }

  /// The theme that the user has configured, or the default.
  package func loadConfigured() throws(ThemeError) -> LoadedTheme {
    guard let settings else {
      return LoadedTheme(theme: Self.standard, about: nil, files: [])
    }
    do {
      return try load(settings.changedTheme)
    } catch {
      guard case .unknownTheme(let name, let nearest, let known) = error.mistakes.first else {
        throw error
      }
      throw ThemeError([
        .missingTheme(
          settings.place, key: settings.nameKey, name: name, nearest: nearest, known: known)
      ])
    }
  }

  private func chain(for nameOrPath: String) -> ThemeChain {
    let isChanged = settings?.changedTheme == nameOrPath
    return ThemeChain(library: self, changes: isChanged ? settings?.changes : nil)
  }

  /// Where the theme of a name is; sources that are excluded do not count.
  func source(named name: String, excluding excluded: [ThemeSource]) -> ThemeSource? {
    let paths = folders.flatMap { folder in Self.endings.map { "\(folder)/\(name)\($0)" } }
    var sources =
      name.isEmpty ? [] : paths.filter(Self.isFile).map { ThemeSource.file(name: name, path: $0) }
    if ShippedThemes.file(named: name) != nil { sources.append(.shipped(name: name)) }
    return sources.first { !excluded.contains($0) }
  }

  /// The name that was probably meant: misspelt, or cut short.
  static func nearest(to name: String, in known: [String]) -> String? {
    let longer = known.first { !name.isEmpty && $0.hasPrefix(name.lowercased()) }
    return Suggestion.nearest(to: name, in: known) ?? longer
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue
  }

  private static func name(ofFile file: String) -> String? {
    guard let ending = endings.first(where: { file.hasSuffix($0) }),
      file.count > ending.count, !file.hasPrefix(".")
    else { return nil }
    return String(file.dropLast(ending.count))
  }

  /// The standard ignores a configuration folder that is not absolute.
  private static func userFolder(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return folder + "/interspike/themes"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.config/interspike/themes"
  }

  /// `themes` in the package that the program was built in, and where installed programs keep
  /// theirs.
  private static func folders(beside folder: URL) -> [String] {
    var folders: [String] = []
    var directory = folder
    while directory.path != "/" {
      let isPackage = isFile(directory.appendingPathComponent("Package.swift").path)
      if isPackage { folders.append(directory.appendingPathComponent("themes").path) }
      directory.deleteLastPathComponent()
      if isPackage { break }
    }
    let installed = folder.deletingLastPathComponent()
      .appendingPathComponent("share/interspike/themes")
    return folders + [installed.path]
  }
}
