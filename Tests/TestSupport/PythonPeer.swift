import Foundation

/// The Python environment with the packages that read what is exported; `scripts/python-peers`
/// makes it.
package enum PythonPeer {
  /// Its interpreter; `nil` where it was not made.
  package static let interpreter: String? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = package.appendingPathComponent(".build/python/bin/python").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  package static var isThere: Bool { interpreter != nil }
  package static let absence = "no .build/python: scripts/python-peers makes it"
}
