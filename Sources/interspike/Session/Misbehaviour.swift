import Glibc

/// Deliberate misbehaviour, by which the tests see that the terminal survives it. Does nothing in a
/// release build.
enum Misbehaviour {
  /// Does what `INTERSPIKE_MISBEHAVE` in the environment says: `trap`, or `print` past the screen.
  static func ifAskedFor() {
    #if DEBUG
      switch getenv("INTERSPIKE_MISBEHAVE").map({ String(cString: $0) }) {
      case "trap":
        let nothing: [Int] = []
        _ = nothing[Int(getpid())]
      case "print":
        print("a library talks")
        fflush(nil)
        StandardError.write("a library warns\n")
      default: break
      }
    #endif
  }
}
