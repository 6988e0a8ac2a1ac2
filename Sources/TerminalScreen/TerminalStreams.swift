import Glibc

/// The two sides of a terminal as streams of the C library, for ncurses. They are open files of their
/// own: closing them leaves the descriptors that they were made from.
struct TerminalStreams {
  let input: UnsafeMutablePointer<FILE>
  let output: UnsafeMutablePointer<FILE>

  init(input inputDescriptor: Int32, output outputDescriptor: Int32) throws(ScreenError) {
    guard let output = Self.open(outputDescriptor, "w") else { throw .notATerminal }
    guard let input = Self.open(inputDescriptor, "r") else {
      fclose(output)
      throw .noKeyboard
    }
    (self.input, self.output) = (input, output)
  }

  private static func open(_ descriptor: Int32, _ mode: String) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return nil }
    if let stream = fdopen(copy, mode) { return stream }
    Glibc.close(copy)
    return nil
  }

  func close() {
    fclose(output)
    fclose(input)
  }
}
