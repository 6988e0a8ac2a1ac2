import Glibc

/// A deliberate crash, by which the tests see that the terminal survives one.
enum Crash {
  /// Traps if the environment says `INTERSPIKE_CRASH=trap`. Does nothing in a release build.
  static func ifAskedFor() {
    #if DEBUG
      guard let wish = getenv("INTERSPIKE_CRASH"), String(cString: wish) == "trap" else { return }
      let nothing: [Int] = []
      _ = nothing[Int(getpid())]
    #endif
  }
}
