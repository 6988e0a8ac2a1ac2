import Glibc

/// Where keys come from: standard input, or the terminal itself where that is something else.
struct Keyboard {
  let descriptor: Int32
  private let isOwn: Bool

  init() {
    if isatty(STDIN_FILENO) == 1 {
      (descriptor, isOwn) = (STDIN_FILENO, false)
      return
    }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    isOwn = terminal >= 0
    descriptor = isOwn ? terminal : STDOUT_FILENO
  }

  func close() {
    if isOwn { Glibc.close(descriptor) }
  }
}
