import ArgumentParser
import Foundation
import Golden

/// Compares golden files with what the program computes, a line per file.
struct GoldenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "golden",
    abstract: "Check golden files; exits with 1 if one fails.")

  @Argument(help: "Golden files, or folders to search for .json files.")
  var paths: [String]

  @Flag(help: "Print facts that never fail, too.")
  var verbose = false

  /// Failures printed below a file's line; --verbose prints all.
  private static let shownFailures = 3

  func run() throws {
    var failed = false
    for path in paths {
      do {
        for file in try GoldenSuite.files(at: URL(fileURLWithPath: path)) {
          failed = report(GoldenSuite.all.check(contentsOf: file)) || failed
        }
      } catch {
        print("\(path) FAIL \(error)")
        failed = true
      }
    }
    if failed { throw ExitCode(1) }
  }

  /// Prints an outcome and says whether it is a failure.
  private func report(_ outcome: GoldenOutcome) -> Bool {
    switch outcome {
    case .skipped(let name):
      print("\(name) skipped")
      return false
    case .checked(let result):
      print(result.line)
      let failures = result.cases == 0 ? [] : result.failures
      for failure in verbose ? failures[...] : failures.prefix(Self.shownFailures) {
        print("  \(failure)")
      }
      if !verbose && failures.count > Self.shownFailures {
        print("  and \(failures.count - Self.shownFailures) more (--verbose)")
      }
      for note in result.notes where verbose || note.hasPrefix("SKIPPED") {
        print("  INFO \(note)")
      }
      return !result.passed
    }
  }
}
