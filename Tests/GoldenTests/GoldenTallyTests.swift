import Golden
import Testing

@Suite("Golden comparisons")
struct GoldenTallyTests {
  private func result(_ compare: (inout GoldenTally) -> Void) -> GoldenResult {
    var tally = GoldenTally()
    tally.countCase()
    compare(&tally)
    return tally.result(name: "test")
  }

  @Test(arguments: [
    (GoldenTolerance.absolute(0.1), 0.099, true), (.absolute(0.1), 0.101, false),
    (.relative(0.1), 0.39, true), (.relative(0.1), 0.41, false),
    (.scaled(0.1), 0.39, true), (.scaled(0.1), 0.41, false),
    (.double, 3.9e-9, true), (.double, 4.1e-9, false),
    (.single, 7.9e-5, true), (.single, 8.1e-5, false), (.exact, 1e-15, false),
  ])
  func `A tolerance is measured in its own unit`(
    tolerance: GoldenTolerance, difference: Double, passes: Bool
  ) {
    let result = result { $0.compare([difference, 4], [0, 4], tolerance, at: "here") }
    #expect(result.passed == passes)
    #expect((result.worstError <= result.limit) == passes)
    #expect(result.limit == tolerance.limit)
  }

  @Test func `Small numbers pass within 1e-12 in Double, and within the limit when scaled`() {
    #expect(result { $0.compare([1e-12], [0], .double, at: "") }.passed)
    #expect(!result { $0.compare([1.1e-12], [0], .double, at: "") }.passed)
    #expect(result { $0.compare([0.01 + 1e-10], [0.01], .scaled(1e-9), at: "") }.passed)
    #expect(!result { $0.compare([1e-300], [0], .relative(1e-6), at: "") }.passed)
  }

  @Test func `Negative zero equals zero, and infinity itself`() {
    #expect(result { $0.compare([-0.0], [0.0], .exact, at: "") }.passed)
    #expect(result { $0.compare([.infinity], [.infinity], .relative(1e-12), at: "") }.passed)
  }

  @Test func `Not a number never passes`() {
    #expect(!result { $0.compare([.nan], [0], .absolute(1), at: "") }.passed)
    #expect(!result { $0.compareVoltages([.nan], [0], within: 1, at: "") }.passed)
    #expect(!result { $0.compareCumulative([.nan], [0], at: "") }.passed)
    #expect(!result { $0.compareCumulative([.nan, 0], [0, 0], at: "") }.passed)
  }

  @Test func `Running sums may be one apart, voltages nearly one`() {
    #expect(result { $0.compareCumulative([0, 1, 0], [1, 0, 0], at: "") }.passed)
    #expect(!result { $0.compareCumulative([1, 1, 0], [0, 0, 2], at: "") }.passed)
    #expect(result { $0.compareVoltages([0.9999], [0], within: 1e-3, at: "") }.passed)
    #expect(!result { $0.compareVoltages([0.99], [0], within: 1e-3, at: "") }.passed)
  }

  @Test func `The comparison nearest to its limit is told`() {
    let result = result {
      $0.compare([1.05], [1], .absolute(0.1), at: "near")
      $0.compare([1e-9], [0], .absolute(1e-6), at: "far")
      $0.compare([5], [5], .exact, at: "equal")
    }
    #expect(result.limit == 0.1)
    #expect(abs(result.worstError - 0.05) < 1e-12)
  }

  @Test func `Arrays of different lengths fail, and so does nothing at all`() {
    #expect(!result { $0.compare([1], [1, 2], .absolute(1), at: "") }.passed)
    #expect(!result { _ in }.passed)
  }
}
