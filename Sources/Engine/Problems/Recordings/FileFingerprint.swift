import Foundation

/// What tells the present state of files from any other, as far as it is known without reading
/// them: names, sizes and times of the last change.
enum FileFingerprint {
  static func of(_ paths: [String]) -> UInt64 {
    var hash = FNV1a()
    for path in paths {
      var status = stat()
      let isThere = stat(path, &status) == 0
      hash.update((path as NSString).lastPathComponent.utf8)
      let facts = [
        isThere ? Int(status.st_size) : -1, Int(status.st_mtim.tv_sec),
        Int(status.st_mtim.tv_nsec),
      ]
      for fact in facts { hash.update(UInt64(bitPattern: Int64(fact))) }
    }
    return hash.value
  }
}
