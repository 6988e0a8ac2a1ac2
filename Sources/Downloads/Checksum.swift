import Checksums
import Foundation

/// SHA-256 of files, read in pieces.
enum Checksum {
  /// The 64 lower-case hexadecimal digits.
  static func sha256(ofFile path: String) throws(DownloadError) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .cannotWrite(file: path, reason: String(cString: strerror(errno)))
    }
    defer { try? file.close() }
    var hasher = SHA256()
    do {
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
        hasher.update(piece)
      }
    } catch {
      throw .cannotWrite(file: path, reason: error.localizedDescription)
    }
    return hasher.hexadecimal
  }
}
