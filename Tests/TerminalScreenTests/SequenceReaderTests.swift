import Terminal
import Testing

@testable import TerminalScreen

@Suite struct SequenceReaderTests {
  /// What becomes of the characters after `ESC [`, up to the first that is a key.
  private func outcomes(_ text: String) -> [SequenceReader.Outcome] {
    var reader = SequenceReader()
    reader.begin(at: .now)
    return text.unicodeScalars.map { reader.take($0.value) }
  }

  private func event(_ text: String) -> PointerEvent? {
    guard case .event(let event) = outcomes(text).last else { return nil }
    return event
  }

  @Test(
    arguments: [
      ("<0;10;5M", PointerEvent(.press, at: Point(column: 9, row: 4))),
      ("<0;10;5m", PointerEvent(.release, at: Point(column: 9, row: 4))),
      ("<32;300;120M", PointerEvent(.drag, at: Point(column: 299, row: 119))),
      ("<64;1;1M", PointerEvent(.wheel(-1), at: .zero)),
      ("<65;1;1M", PointerEvent(.wheel(1), at: .zero)),
      // With Ctrl, Meta and Shift.
      ("<16;2;2M", PointerEvent(.press, at: Point(column: 1, row: 1))),
      ("<93;2;2M", PointerEvent(.wheel(1), at: Point(column: 1, row: 1))),
    ])
  func `a button, a place and a final letter are an event`(_ text: String, _ event: PointerEvent) {
    #expect(self.event(text) == event)
    #expect(outcomes(text).dropLast().allSatisfy { $0 == .swallowed })
  }

  @Test(
    arguments: [
      "<M", "<;;M", "<0;0;0M", "<0;1M", "<0;1;2;3M", "<0;-1;2M", "<0;99999999999999999999;2M",
      "<0;1;2X", "0;1;2M", "<<0;1;2M", "<1;5;5M", "<2;5;5m", "<66;5;5M", "<128;5;5M", "<35;5;5M",
      "<64;5;5m", "<0;1 ;2M", "I", "1;5A", "?2026;7$y",
      "<0;" + String(repeating: "1", count: 100) + ";2M",
    ])
  func `what is no event of the mouse is left out whole`(_ text: String) {
    #expect(outcomes(text).allSatisfy { $0 == .swallowed })
  }

  @Test func `a sequence ends with its letter, a control character or the wait for its rest`() {
    #expect(outcomes("<0;1;2Mq").last == .key)
    #expect(outcomes("<0;1\u{1B}").last == .key && outcomes("<0;1é").last == .key)
    var reader = SequenceReader()
    let now = ContinuousClock.now
    reader.begin(after: "<0;1", at: now)
    reader.abandonIfLate(at: now + .milliseconds(900))
    #expect(reader.take(0x3B) == .swallowed)
    reader.abandonIfLate(at: now + .milliseconds(1100))
    #expect(reader.take(0x71) == .key)
  }

  @Test func `the old form takes three characters whatever they are`() {
    var reader = SequenceReader()
    reader.beginOldForm(at: .now)
    for character: UInt32 in [0x20, 0x71, 0xE9] { #expect(reader.take(character) == .swallowed) }
    #expect(reader.take(0x71) == .key)
  }
}
