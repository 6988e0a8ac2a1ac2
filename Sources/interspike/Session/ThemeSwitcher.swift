import Foundation
import Terminal
import Themes

/// The theme that is shown: the next one on a key, and the same one anew when its file was changed.
/// A theme that is refused leaves the one before.
struct ThemeSwitcher: Sendable {
  /// What became of another theme.
  enum Outcome {
    case shown(Theme)
    /// Why not, in sentences.
    case refused([String])
  }

  private let library: ThemeLibrary
  private(set) var current: Theme
  /// The name or path by which the present theme was loaded.
  private(set) var source: String
  /// The name or path tried last: the next one follows it even when it was refused.
  private var tried: String
  /// A file that was asked for by its path comes after all names.
  private let path: String?
  private var stamps: FileStamps

  /// Starts with a theme by name or path, or with the one that is configured or the default.
  init(_ nameOrPath: String?, from library: ThemeLibrary) throws(ThemeError) {
    self.library = library
    let loaded =
      if let nameOrPath { try library.load(nameOrPath) } else { try library.loadConfigured() }
    current = loaded.theme
    stamps = FileStamps(files: loaded.files)
    source = nameOrPath ?? library.settings?.name ?? ThemeLibrary.standard.name
    tried = source
    path = library.names.contains(source) ? nil : source
  }

  /// The name of the present theme, or the path of its file from the root, to load it by later.
  var lastingSource: String {
    library.names.contains(source) ? source : URL(fileURLWithPath: source).path
  }

  /// Goes on to the next theme, and after the last one to the first.
  mutating func next() -> Outcome {
    let names = library.names + [path].compactMap(\.self)
    let index = names.firstIndex(of: tried) ?? -1
    tried = names[(index + 1) % names.count]
    return load(tried)
  }

  /// Goes to a theme by its name or file.
  mutating func use(_ nameOrPath: String) -> Outcome {
    tried = nameOrPath
    return load(nameOrPath)
  }

  /// Reads the present theme anew if one of its files was changed since.
  mutating func reloadIfChanged() -> Outcome? {
    stamps.haveChanged() ? load(source) : nil
  }

  private mutating func load(_ nameOrPath: String) -> Outcome {
    do throws(ThemeError) {
      let loaded = try library.load(nameOrPath)
      current = loaded.theme
      if nameOrPath == source {
        // Those known were looked at before they were read: what changed meanwhile is seen next.
        stamps.watch(loaded.files)
      } else {
        stamps = FileStamps(files: loaded.files)
      }
      source = nameOrPath
      return .shown(current)
    } catch {
      // Mending a theme that this one inherits from mends this one.
      if nameOrPath == source { stamps.watch(error.files) }
      return .refused(error.sentences)
    }
  }
}
