import Engine
import Foundation
import Runs
import TestSupport
import Testing

@Suite struct PlainPrinterTests {
  @Test func `dump`() throws {
    var harness = RunnerHarness(.with { $0.ruleAtStep = 15; $0.resolution = Schedule(.geometric(start: 64, end: 1), bypass: 0.3, hold: 0.4) }, paused: false)
    var printer = PlainPrinter { "\($0)" }
    let lines = try harness.wait(for: .ended).flatMap { printer.lines(for: $0) }
    print(lines.joined(separator: "\n"))
  }
}
