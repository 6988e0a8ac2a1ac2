import Dashboard
import Glibc
import Terminal

/// The program begins anew with other arguments, in the same process: a stored run takes the place
/// of what was shown.
enum Relaunch {
  /// Returns only where it fails.
  static func show(_ opening: Opening, folder: String, look: Look) throws {
    let arguments =
      switch opening {
      case .replay: ["replay", folder]
      case .resume: ["run", "--resume", folder]
      case .fork: ["run", "--fork", folder]
      }
    setenv("INTERSPIKE_THEME", look.themes.source, 1)
    try execute(
      arguments + (look.hasColor ? [] : ["--no-color"]) + (look.isPlain ? ["--ascii"] : [])
        + (look.hasMouse ? [] : ["--no-mouse"]))
  }

  private static func execute(_ arguments: [String]) throws {
    // The new program takes its signals as if it had been begun by a shell.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    var strings = (["interspike"] + arguments).map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    execv("/proc/self/exe", &strings)
    throw SystemError(call: "execv", number: errno)
  }
}
