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
}
