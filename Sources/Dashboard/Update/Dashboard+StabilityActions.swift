import Engine
import Runs
import Terminal

/// Asking for tests of stability, and what comes of them.
extension Dashboard {
  mutating func performOnStability(_ action: Action) -> [Effect] {
    guard canTestStability() else { return [] }
    switch action {
    case .askForStability: overlay = .prompt(Prompt(.stability(stabilityPlan)))
    case .testStability(let words): return testStability(words)
    default: break
    }
    return []
  }

  /// A test changes nothing about the run, so it may come after its end as well.
  private mutating func canTestStability() -> Bool {
    guard mode == .run && run.phase == .ended || canCommand() else { return false }
    guard run.summary?.surrogates.isEmpty == false else {
      say(Sentence.nothingToTest)
      return false
    }
    return true
  }

  /// Begins a test with what is not said as it was the last time.
  mutating func testStability(_ words: StabilityWords) -> [Effect] {
    guard canTestStability() else { return [] }
    guard case .begin(let surrogate, let rate, let epochs) = words else {
      // Who watches a run hears of the rows alone.
      let isGoingOn = stability.map { !$0.isComplete && !$0.isCancelled } ?? false
      guard stabilityShare != nil || isGoingOn else {
        say(Sentence.noTestGoesOn)
        return []
      }
      return [.send(.testStability(nil))]
    }
    var plan = stabilityPlan
    plan.surrogate = surrogate ?? plan.surrogate
    plan.rate = rate ?? plan.rate
    plan.epochs = epochs ?? plan.epochs
    // Its numbers, where it has any, are for the study to judge.
    let name = String(plan.surrogate.prefix { $0 != "(" })
    guard run.summary?.surrogates.contains(name) == true else {
      say(Sentence.noSurrogate(name), .error)
      return []
    }
    stabilityPlan = plan
    (page, zoomed, stabilityScroll) = (.stability, nil, 0)
    say(Sentence.testing(plan), .asked)
    return [.send(.testStability(plan))]
  }

  mutating func take(_ report: StabilityReport) {
    stability = report
    if report.isComplete || report.isCancelled { stabilityShare = nil }
    // A reader who has scrolled up keeps the rows in view.
    if stabilityScroll > 0 && !report.isCancelled { stabilityScroll += 1 }
    if report.test.rows.isEmpty && !report.isCancelled {
      stabilityScroll = 0
      note(.run, Sentence.testing(report.plan), step: report.step)
    } else if let sentence = Sentence.tested(report) {
      note(.result, sentence, step: report.step)
      say(sentence)
    }
  }
}
