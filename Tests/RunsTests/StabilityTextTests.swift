import Engine
import Runs
import Testing

@Suite struct StabilityTextTests {
  private func text(_ losses: Double...) -> StabilityText {
    var test = StabilityTest()
    for (epoch, loss) in losses.enumerated() {
      test.append(StabilityTest.Row(epoch: epoch, loss: loss, accuracy: 0.5))
    }
    return StabilityText(test)
  }

  @Test(arguments: [(1.0, 10), (0.5, 5), (2.45, 24), (0, 0)])
  func `a bar is as long as the loss`(loss: Double, length: Int) {
    let row = text(1, loss).row
    #expect(row.count(where: { $0 == "=" }) == length, "\(row)")
  }

  @Test(arguments: [(0.0, 1e-5), (1, 1e300), (1, .infinity), (1, .nan)])
  func `a loss that is far away is cut`(first: Double, last: Double) {
    let text = text(first, last)
    #expect(text.row.hasSuffix(String(repeating: "=", count: 40) + ">"), "\(text.row)")
    #expect(text.conclusion.hasPrefix("repelled: "))
    #expect(text.line.contains(#""verdict":"repelled""#), "\(text.line)")
  }

  @Test func `the conclusion names the ratio`() {
    #expect(
      text(2, 2.2).conclusion == "held: the loss is below 1.15 times what was begun with (1.100)")
    #expect(text(2, 2.4).conclusion.hasPrefix("undecided: "))
    #expect(text(2).conclusion == "")
  }

  // MARK: Beside a run

  private func report(_ losses: [Double], cancelled: Bool = false) -> StabilityReport {
    var test = StabilityTest()
    for (epoch, loss) in losses.enumerated() {
      test.append(StabilityTest.Row(epoch: epoch, loss: loss, accuracy: 0.5))
    }
    return StabilityReport(
      plan: StabilityPlan(surrogate: "relu", rate: 0.25, epochs: 2), step: 80, samples: 50,
      test: test, isCancelled: cancelled)
  }

  private func timed(_ report: StabilityReport) -> RunnerReport {
    let progress = StudyProgress(
      step: 90, steps: 100, epoch: 9, epochs: 10, stepsPerEpoch: 10, samples: 900)
    return .event(
      TimedEvent(seconds: 1, samplesPerSecond: 0, progress: progress, event: .stability(report)))
  }

  @Test func `a test is told as it comes, in lines and as objects`() {
    var printer = PlainPrinter { "\($0)" }
    var encoder = EventEncoder(version: "1", run: "r", experiment: "{}")
    let course: [(StabilityReport, lines: String, object: String)] = [
      (
        report([]), "stability of step 80 with relu, rate 0.25",
        #"{"event":"stability","step":80,"trained":90,"surrogate":"relu","rate":0.25,"epochs":2,"#
          + #""samples":50}"#
      ),
      (
        report([1, 1.25]), "1       1.25     1.250",
        #"{"event":"stability","step":80,"trained":90,"surrogate":"relu","epoch":1,"loss":1.25,"#
          + #""ratio":1.25,"accuracy":0.5,"verdict":"undecided"}"#
      ),
      (report([1, 1, .nan]), "repelled: training diverged in epoch 2", #""loss":null"#),
      (
        report([1, 1], cancelled: true), "given up after 1 of 2 epochs",
        #"{"event":"stability","step":80,"trained":90,"surrogate":"relu","cancelled":true}"#
      ),
    ]
    for (report, lines, object) in course {
      let text = printer.lines(for: timed(report)).joined(separator: "\n")
      #expect(text.contains(lines), "\(text)")
      let line = encoder.line(for: timed(report)) ?? ""
      #expect(line.contains(object), "\(line)")
    }
  }
}
