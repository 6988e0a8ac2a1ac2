package import Engine
package import Foundation

/// Brings one published file into a directory, going on with what an earlier try left there.
package struct FileDownload: Sendable {
  package var file: DataSetEntry.File
  /// Address of the file itself.
  package var address: URL
  package var directory: String

  package init(file: DataSetEntry.File, address: URL, directory: String) {
    self.file = file
    self.address = address
    self.directory = directory
  }

  private var destination: String { directory + "/" + file.name }
  private var partPath: String { destination + ".part" }

  /// Bytes that an earlier try left.
  package var bytesOfPart: Int { Self.size(of: partPath) ?? 0 }

  private static func size(of path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue
  }

  /// Whether the file lies in its place with the right size and checksum.
  package func isDone() throws(DownloadError) -> Bool {
    guard Self.size(of: destination) == file.bytes else { return false }
    return try Checksum.sha256(ofFile: destination) == file.sha256
  }

  /// Downloads into `NAME.part`, checks size and SHA-256, and only then renames into place.
  /// Blocks until that is done.
  ///
  /// - Parameter progress: is told how many bytes of the file are there, on another thread
  /// - Throws: ``DownloadError``. What arrived is kept for the next try, except when it is known
  ///   to be wrong.
  package func run(progress: @escaping @Sendable (Int) -> Void) throws(DownloadError) {
    let part = try PartFile(path: partPath)
    defer { part.unlock() }
    if part.length > file.bytes { try part.restart() }
    try complete(part, progress: progress)
    guard part.length == file.bytes else {
      throw .incomplete(
        address: address.absoluteString, part: partPath, found: part.length,
        expected: file.bytes)
    }
    let found = try Checksum.sha256(ofFile: partPath)
    guard found == file.sha256 else {
      part.remove()
      throw .wrongChecksum(file: destination, found: found, expected: file.sha256)
    }
    try part.become(destination)
  }

  private func complete(
    _ part: PartFile, progress: @escaping @Sendable (Int) -> Void
  ) throws(DownloadError) {
    guard part.length < file.bytes else { return }
    do throws(DownloadError) {
      if try transfer(to: part, progress: progress) == .rangeRefused {
        try part.restart()
        _ = try transfer(to: part, progress: progress)
      }
    } catch {
      var isUseless = part.length == 0
      if case .tooLong = error { isUseless = true }
      if isUseless { part.remove() }
      throw error
    }
  }

  private func transfer(
    to part: PartFile, progress: @escaping @Sendable (Int) -> Void
  ) throws(DownloadError) -> Transfer.Outcome {
    try Transfer(from: address, to: part, expectedBytes: file.bytes, progress: progress).run()
  }
}
