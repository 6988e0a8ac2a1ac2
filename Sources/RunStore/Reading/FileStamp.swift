import Glibc

/// Size and time of a file, by which a change of it is noticed.
struct FileStamp {
  private let status: stat

  init?(_ path: String) {
    self.init(path, in: AT_FDCWD)
  }

  /// `name` is a path from an open folder; `nil` where there is no such file.
  init?(_ name: UnsafePointer<CChar>, in folder: Int32) {
    var status = stat()
    guard fstatat(folder, name, &status, 0) == 0 else { return nil }
    self.status = status
  }

  var size: Int { Int(status.st_size) }

  /// UTC in ISO 8601.
  var modified: String {
    Timestamp.text(Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
  }

  /// Mixes size, time and number of the file into `hash` (steps of SplitMix64, as in
  /// Steele, Lea and Flood 2014).
  func mix(into hash: inout UInt64) {
    Self.mix(UInt64(truncatingIfNeeded: status.st_size), into: &hash)
    Self.mix(UInt64(truncatingIfNeeded: status.st_mtim.tv_sec), into: &hash)
    Self.mix(UInt64(truncatingIfNeeded: status.st_mtim.tv_nsec), into: &hash)
    Self.mix(UInt64(truncatingIfNeeded: status.st_ino), into: &hash)
  }

  static func mix(_ value: UInt64, into hash: inout UInt64) {
    var word = hash ^ value
    word &+= 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    hash = word ^ (word >> 31)
  }
}
