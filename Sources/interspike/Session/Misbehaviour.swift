import Glibc

/// Deliberate misbehaviour, by which the tests see that the terminal survives it. Does nothing in a
/// release build.
enum Misbehaviour {
  /// Does what `INTERSPIKE_MISBEHAVE` in the environment says: `trap`, or `print` past the screen.
  static func ifAskedFor() {
    #if DEBUG
      switch wish {
      case "trap": trap()
      case "print":
        print("a library talks")
        fflush(nil)
        StandardError.write("a library warns\n")
      default: break
      }
    #endif
  }

  /// The same on the thread of the study: `trap in study`.
  static func inStudyIfAskedFor() {
    #if DEBUG
      if wish == "trap in study" { trap() }
    #endif
  }

  #if DEBUG
    private static var wish: String? {
      getenv("INTERSPIKE_MISBEHAVE").map { String(cString: $0) }
    }

    private static func trap() {
      let nothing: [Int] = []
      _ = nothing[Int(getpid())]
    }
  #endif
}
