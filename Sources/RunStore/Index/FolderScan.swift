import Glibc

/// The folders of stored runs with stamps that tell whether their files have changed.
struct FolderScan {
  /// By the name of a run. Two stamps differ where `events.jsonl` or `about.json` do.
  private(set) var stamps: [String: Int64] = [:]

  /// Reads the folder of all runs: two or three calls of the system for each run. A folder that is
  /// not there has no runs.
  static func read(_ folder: String) -> FolderScan {
    var scan = FolderScan()
    guard let directory = opendir(folder) else { return scan }
    defer { closedir(directory) }
    let descriptor = dirfd(directory)
    scan.stamps.reserveCapacity(1024)
    while let entry = Glibc.readdir(directory) {
      guard entry.pointee.d_type == UInt8(DT_DIR) || entry.pointee.d_type == UInt8(DT_LNK)
        || entry.pointee.d_type == UInt8(DT_UNKNOWN)
      else { continue }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix("."), let stamp = stamp(of: name, in: descriptor) else { continue }
      scan.stamps[name] = stamp
    }
    return scan
  }

  /// The stamp of a run's folder; `nil` where it is none. `name` is a path from an open folder.
  static func stamp(of name: String, in folder: Int32 = AT_FDCWD) -> Int64? {
    var hash: UInt64 = 0
    if let events = FileStamp(name + "/events.jsonl", in: folder) {
      events.mix(into: &hash)
    } else {
      // Runs of which no events tell, and folders that are no runs.
      guard let experiment = FileStamp(name + "/experiment.toml", in: folder) else { return nil }
      experiment.mix(into: &hash)
    }
    FileStamp.mix(1, into: &hash)
    FileStamp(name + "/about.json", in: folder)?.mix(into: &hash)
    return Int64(bitPattern: hash)
  }
}
