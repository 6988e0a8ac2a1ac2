import Testing

@testable import Engine

/// Studies whose layers learn resolutions of their own.
@Suite struct LearnedResolutionTests {
  private func learned(_ configuration: inout FeedForwardStudyConfiguration) {
    configuration.resolution = .lsq
  }

  @Test func `learned resolutions go on bit for bit`() throws {
    let whole = try FeedForwardStudy.small(learned)
    _ = try whole.events()
    let first = try FeedForwardStudy.small(learned)
    _ = try first.events(until: 5)
    let second = try FeedForwardStudy.small(threads: 1, learned)
    try second.restore(first.snapshot())
    _ = try second.events()
    #expect(second.snapshot() == whole.snapshot())
  }

  @Test func `they begin anew with other bits, not before the next step`() throws {
    let first = try FeedForwardStudy.small(learned)
    _ = try first.events(until: 5)
    let before = first.trainer.resolutions
    // Not before the next step, so that what is measured until then is what was trained.
    _ = try first.apply(.set(knob: "bits", value: 3))
    #expect(before.count == 4 && first.trainer.resolutions == before)
    let start = try #require(try first.configuration.resolutionStart(bits: 3))
    #expect(first.staleResolutionStart == start)
    _ = try first.apply(.undo)
    #expect(first.staleResolutionStart == nil && first.trainer.resolutions == before)
    _ = try first.apply(.set(knob: "bits", value: 3))
    _ = try first.events(until: 6)
    #expect(first.trainer.resolutions.allSatisfy { abs($0 - start) < 0.1 })
  }

  @Test func `a fork takes them over, or begins with them`() throws {
    let second = try FeedForwardStudy.small(learned)
    _ = try second.events(until: 5)
    // With other bits they begin anew.
    let wider = try FeedForwardStudy.small {
      learned(&$0)
      $0.bits = 4
    }
    try wider.branch(from: second.snapshot())
    #expect(wider.staleResolutionStart != nil)

    // A run that did not learn them can be forked into one that does.
    let fixed = try FeedForwardStudy.small()
    _ = try fixed.events(until: 5)
    let forked = try FeedForwardStudy.small(learned)
    try forked.branch(from: fixed.snapshot())
    _ = try forked.events()
    #expect(forked.trainer.resolutions != second.trainer.resolutions)
    #expect(throws: CheckpointError.self) {
      try FeedForwardStudy.small(learned).restore(fixed.snapshot())
    }
  }
}
