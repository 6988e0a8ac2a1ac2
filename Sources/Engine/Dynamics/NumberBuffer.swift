import Glibc

/// Numbers in memory of their own, for loops in C that keep pointers to them; zero at the start.
/// Several threads may use it as long as they keep to separate parts.
final class NumberBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int) {
    self.count = count
    let bytes = (max(count, 1) * MemoryLayout<Element>.stride + 63) / 64 * 64
    guard let memory = aligned_alloc(64, bytes) else {
      preconditionFailure("no memory left for \(bytes) bytes")
    }
    memset(memory, 0, bytes)
    base = memory.bindMemory(to: Element.self, capacity: max(count, 1))
  }

  deinit { free(base) }

  subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }

  var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }
}
