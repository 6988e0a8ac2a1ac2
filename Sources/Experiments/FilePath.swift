import Foundation

/// Paths as text: nothing is looked up.
enum FilePath {
  /// The folder of a file with its final slash, empty for the working directory.
  static func folder(of file: String) -> String {
    file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
  }

  /// A path that is relative to a folder, and that to the working directory, as an absolute one.
  /// An empty one stays empty.
  static func absolute(_ path: String, in folder: String) -> String {
    guard !path.isEmpty, !path.utf8.starts(with: "/".utf8) else { return path }
    let joined = folder + path
    guard !joined.utf8.starts(with: "/".utf8) else { return joined }
    let working = FileManager.default.currentDirectoryPath
    return working + (working.utf8.last == UInt8(ascii: "/") ? "" : "/") + joined
  }
}
