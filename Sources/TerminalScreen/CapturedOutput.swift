import Glibc
import ProgramSupport

/// What ncurses writes, in a file in memory that has taken the terminal's place.
///
/// ncurses writes to a descriptor and waits until it has written all. Here it never waits: its
/// bytes are taken from the file and sent on as the terminal has room for them. They are also
/// counted and put between marks as one frame.
struct CapturedOutput {
  private let file: Int32

  init() throws(ScreenError) {
    file = program_memory_file("screen")
    guard file >= 0 else { throw .system(call: "memfd_create", number: errno) }
  }

  /// Puts the file in the place of a descriptor that ncurses has already set up as a terminal.
  func takePlace(of descriptor: Int32) {
    // Both are open, and nothing else can go wrong with them.
    dup2(file, descriptor)
  }

  /// Everything written since the last call.
  func take() -> [UInt8] {
    // The descriptors share one offset: where it stands is how much was written.
    let count = Int(lseek(file, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(file, buffer.baseAddress, count, 0))
    }
    ftruncate(file, 0)
    lseek(file, 0, SEEK_SET)
    return bytes
  }

  func close() {
    Glibc.close(file)
  }
}
