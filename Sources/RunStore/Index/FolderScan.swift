import Dispatch
import Glibc

/// The folders of stored runs with stamps that tell whether their files have changed.
struct FolderScan {
  /// The names of the runs with their stamps. Two stamps differ where `events.jsonl` or
  /// `about.json` do.
  private(set) var runs: [(name: String, stamp: Int64)] = []

  /// Folders that a thread looks into at a time.
  private static let part = 512

  /// Reads the folder of all runs: two or three calls of the system for each run, on all
  /// processors. A folder that is not there has no runs.
  static func read(_ folder: String) -> FolderScan {
    var scan = FolderScan()
    guard let directory = opendir(folder) else { return scan }
    defer { closedir(directory) }
    let names = folders(in: directory)
    let descriptor = dirfd(directory)
    var stamps = [Int64?](repeating: nil, count: names.count)
    stamps.withUnsafeMutableBufferPointer { buffer in
      // Each part writes places of its own.
      nonisolated(unsafe) let buffer = buffer
      let parts = (names.count + part - 1) / part
      DispatchQueue.concurrentPerform(iterations: parts) { index in
        for place in (index * part)..<min(names.count, (index + 1) * part) {
          buffer[place] = stamp(of: names[place], in: descriptor)
        }
      }
    }
    scan.runs.reserveCapacity(names.count)
    for (name, stamp) in zip(names, stamps) {
      if let stamp { scan.runs.append((name, stamp)) }
    }
    return scan
  }

  /// The names of all folders in a folder but hidden ones.
  private static func folders(in directory: OpaquePointer) -> [String] {
    var names: [String] = []
    while let entry = Glibc.readdir(directory) {
      let kind = Int(entry.pointee.d_type)
      guard kind == Int(DT_DIR) || kind == Int(DT_LNK) || kind == Int(DT_UNKNOWN) else { continue }
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          if name[0] != CChar(bitPattern: UInt8(ascii: ".")) { names.append(String(cString: name)) }
        }
      }
    }
    return names
  }

  /// The stamp of a run's folder; `nil` where it is none. `name` is a path from an open folder.
  static func stamp(of name: String, in folder: Int32 = AT_FDCWD) -> Int64? {
    var name = name
    return name.withUTF8 { name in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 32) { path in
        for index in name.indices { path[index] = CChar(bitPattern: name[index]) }
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
}
