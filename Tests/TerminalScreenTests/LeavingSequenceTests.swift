import Testing

@testable import TerminalScreen

@Suite struct LeavingSequenceTests {
  @Test func `pauses of the terminal database are left out`() {
    #expect(LeavingSequence.withoutPadding("\u{1B}[m\u{F}$<2>") == "\u{1B}[m\u{F}")
    #expect(LeavingSequence.withoutPadding("\u{1B}[H$<10*/>x$<5>y") == "\u{1B}[Hxy")
    #expect(LeavingSequence.withoutPadding("plain $") == "plain $")
  }
}
