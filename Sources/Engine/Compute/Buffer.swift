import Glibc

/// The engine's only allocator: `count` floats, aligned to 64 bytes, zero at the start.
///
/// A buffer may be read by several threads, and written by several as long as they keep to
/// separate parts; whoever hands out parts sees to that.
package final class Buffer: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int
  private let bytes: Int

  /// From this size on memory comes as untouched pages: zero, and taken up only when written.
  private static let pagedBytes = 1 << 20

  package init(count: Int) {
    precondition(count >= 0, "a buffer has no negative size")
    bytes = max((count * MemoryLayout<Float>.stride + 63) / 64 * 64, 64)
    self.count = count
    let memory = Self.allocate(bytes)
    base = memory.bindMemory(to: Float.self, capacity: bytes / MemoryLayout<Float>.stride)
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    guard bytes < pagedBytes else {
      // Not reserved: a network that is too large is measured, and refused, before it is written.
      let pages = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard let pages, pages != MAP_FAILED else {
        preconditionFailure("no memory left for \(bytes) bytes")
      }
      return pages
    }
    guard let memory = aligned_alloc(64, bytes) else {
      preconditionFailure("no memory left for \(bytes) bytes")
    }
    memset(memory, 0, bytes)
    return memory
  }

  deinit {
    if bytes < Self.pagedBytes { free(base) } else { munmap(base, bytes) }
  }
}
