import Glibc
import ProgramSupport

/// How another thread wakes the main loop out of its waiting.
struct WakePipe: Sendable {
  /// Becomes readable when somebody has woken.
  let descriptor: Int32
  private let writingEnd: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard program_pipe(&ends) == 0 else {
      throw SystemError(call: "pipe2", number: errno)
    }
    descriptor = ends[0]
    writingEnd = ends[1]
  }

  /// Never blocks: a full pipe wakes as well.
  func wake() {
    var byte: UInt8 = 0
    _ = Glibc.write(writingEnd, &byte, 1)
  }

  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
