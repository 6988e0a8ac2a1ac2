import Foundation

/// How many seeded mutations or random sessions a test tries: a fifth of them in ordinary runs, all
/// with `INTERSPIKE_TRIALS=all` in the environment.
package enum Trials {
  private static let areAll = ProcessInfo.processInfo.environment["INTERSPIKE_TRIALS"] == "all"

  package static func count(_ all: Int) -> Int { areAll ? all : (all + 4) / 5 }
}
