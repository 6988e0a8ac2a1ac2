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
    folders(in: directory) { name in
      guard name.first != CChar(bitPattern: UInt8(ascii: ".")),
        let stamp = stamp(of: name, in: descriptor)
      else { return }
      scan.stamps[String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)] = stamp
    }
    return scan
  }

  /// Gives the names of all folders in a folder, without the zeros at their ends.
  private static func folders(
    in directory: OpaquePointer, _ body: (UnsafeBufferPointer<CChar>) -> Void
  ) {
    let kinds = [UInt8(DT_DIR), UInt8(DT_LNK), UInt8(DT_UNKNOWN)]
    while let entry = Glibc.readdir(directory) {
      guard kinds.contains(entry.pointee.d_type) else { continue }
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          body(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
    }
  }

  /// The stamp of a run's folder; `nil` where it is none.
  static func stamp(of path: String) -> Int64? {
    path.withCString { stamp(of: UnsafeBufferPointer(start: $0, count: strlen($0)), in: AT_FDCWD) }
  }

  /// `name` is a path from an open folder.
  private static func stamp(
    of name: UnsafeBufferPointer<CChar>, in folder: Int32
  ) -> Int64? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 32) { path in
      for index in name.indices { path[index] = name[index] }
      func stamp(_ file: StaticString) -> FileStamp? {
        let bytes = UnsafeBufferPointer(start: file.utf8Start, count: file.utf8CodeUnitCount)
        for index in bytes.indices { path[name.count + index] = CChar(bitPattern: bytes[index]) }
        path[name.count + bytes.count] = 0
        return path.baseAddress.flatMap { FileStamp($0, in: folder) }
      }
      var hash: UInt64 = 0
      if let events = stamp("/events.jsonl") {
        events.mix(into: &hash)
      } else {
        // Runs of which no events tell, and folders that are no runs.
        guard let experiment = stamp("/experiment.toml") else { return nil }
        experiment.mix(into: &hash)
      }
      FileStamp.mix(1, into: &hash)
      stamp("/about.json")?.mix(into: &hash)
      return Int64(bitPattern: hash)
    }
  }
}
