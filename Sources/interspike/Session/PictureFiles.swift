import Foundation
import Runs

/// Where pictures of the screen go: the working directory, never over what is there.
enum PictureFiles {
  /// Writes a picture and the same as text, and returns their paths. Without a path the first free
  /// name is taken: `NAME.svg`, `NAME-2.svg`, ...
  static func write(
    _ svg: [UInt8], text: [UInt8], to path: String?, named name: String
  ) throws(FileError) -> [String] {
    let stem = path.map { $0.hasSuffix(".svg") ? String($0.dropLast(4)) : $0 } ?? freeStem(name)
    for ending in [".svg", ".txt"] where FileManager.default.fileExists(atPath: stem + ending) {
      throw .failed(.open, path: stem + ending, errno: EEXIST)
    }
    try DurableFile.write(svg, to: stem + ".svg")
    try DurableFile.write(text, to: stem + ".txt")
    return [stem + ".svg", stem + ".txt"]
  }

  private static func freeStem(_ name: String) -> String {
    let isTaken = { (stem: String) in
      [".svg", ".txt"].contains { FileManager.default.fileExists(atPath: stem + $0) }
    }
    var (stem, number) = (name, 2)
    while isTaken(stem), number < 10_000 {
      stem = "\(name)-\(number)"
      number += 1
    }
    return stem
  }
}
