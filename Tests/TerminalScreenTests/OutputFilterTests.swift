import Testing

@testable import TerminalScreen

@Suite struct OutputFilterTests {
  private func filtered(_ frames: String...) -> [String] {
    var filter = OutputFilter()
    return frames.map { String(decoding: filter.filtered(Array($0.utf8)), as: UTF8.self) }
  }

  @Test func `a colour that is set already is not set again, across frames too`() {
    let frames = filtered(
      "\u{1B}[38;5;74m\u{1B}[48;5;233ma\u{1B}[38;5;75m\u{1B}[48;5;233mb\u{1B}[38;5;75mc",
      "\u{1B}[48;5;233md\u{1B}[31m\u{1B}[41me\u{1B}[31mf")
    #expect(frames[0] == "\u{1B}[38;5;74m\u{1B}[48;5;233ma\u{1B}[38;5;75mbc")
    #expect(frames[1] == "d\u{1B}[31m\u{1B}[41mef")
  }

  @Test func `bright colours and the terminal's own are told apart from others`() {
    #expect(
      filtered("\u{1B}[91ma\u{1B}[101mb\u{1B}[39mc\u{1B}[91md\u{1B}[91me")
        == ["\u{1B}[91ma\u{1B}[101mb\u{1B}[39mc\u{1B}[91mde"])
  }

  @Test func `after any other attribute nothing is taken for known`() {
    for other in ["", "0", "0;1", "39;49", "1", "38;2;1;2;3", "0;10;1;31"] {
      let text = "\u{1B}[31m\u{1B}[42ma\u{1B}[\(other)mb\u{1B}[31mc\u{1B}[42md"
      #expect(filtered(text) == [text], "\(other)")
    }
  }

  @Test func `repeated characters are written out`() {
    #expect(filtered("-\u{1B}[4bx\u{1B}[1;2H") == ["-----x\u{1B}[1;2H"])
    #expect(filtered("\u{1B}[99999999999999999999b") == [""])
  }

  @Test func `the palette is not reset`() {
    #expect(filtered("a\u{1B}]104\u{7}b\u{1B}]Rc\u{1B}]104\u{1B}\\d\u{7}") == ["abcd\u{7}"])
  }

  @Test func `all else stays, whatever it is`() {
    for text in [
      "", "\u{1B}", "\u{1B}[", "\u{1B}[38;5", "a\u{1B}]104", "\u{1B}(B\u{1B}[m\u{1B}[2J", "é▁⣿",
      "\u{1B}[?1049h\u{1B}[22;0;0t\u{1B}[1;24r\u{1B}=", "\u{1B}[10X\u{1B}[K",
    ] {
      #expect(filtered(text) == [text])
    }
  }
}
