import Foundation

/// Files of recordings, read whole.
enum RecordingBytes {
  /// Enough for an hour at 16 kHz and for every archive that is read here.
  static let most = 1 << 27

  static func read(_ path: String) throws(RecordingError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: systemReason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(file: path, reason: systemReason())
    }
    let size = Int(status.st_size)
    guard size <= most else { throw .tooLarge(file: path, found: size, largest: most) }
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Foundation.read(descriptor, buffer.baseAddress?.advanced(by: filled), size - filled)
      }
      if count == 0 { break }
      guard count > 0 || errno == EINTR else {
        throw .unreadable(file: path, reason: systemReason())
      }
      filled += max(count, 0)
    }
    guard filled == size else {
      throw .truncated(file: path, foundBytes: filled, expectedBytes: size)
    }
    return bytes
  }

  /// The names in a folder, sorted.
  static func names(in folder: String) throws(RecordingError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(file: folder, reason: (error as NSError).localizedDescription)
    }
  }

  /// The paths below a folder, relative to it, sorted; none where there is no such folder.
  static func paths(below folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}

/// Whole numbers and text at places of a file that have been found to be in it.
extension [UInt8] {
  func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

  func littleEndian16(at place: Int) -> UInt16 {
    UInt16(self[place]) | UInt16(self[place + 1]) << 8
  }

  func littleEndian32(at place: Int) -> UInt32 {
    UInt32(littleEndian16(at: place)) | UInt32(littleEndian16(at: place + 2)) << 16
  }
}
