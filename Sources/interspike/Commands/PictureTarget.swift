import ArgumentParser
import Foundation
import Runs

/// Where a command writes a picture: a file that is not written over unless that is asked for, or
/// the standard output.
struct PictureTarget {
  let path: String?
  let force: Bool

  init(_ path: String?, force: Bool) {
    (self.path, self.force) = (path, force)
  }

  /// Refuses a file that is there, before any work is done.
  func check() throws {
    guard let path, !force, FileManager.default.fileExists(atPath: path) else { return }
    throw ValidationError("\(path) is there already; --force writes over it.")
  }

  func write(_ text: String) throws {
    guard let path else { return try StandardOutput.write(text) }
    try check()
    try DurableFile.write(Array(text.utf8), to: path)
    try StandardOutput.write(path + "\n")
  }
}
