import Experiments
import Testing

@Suite struct KeyLocatorTests {
  @Test func `lines are found in every way of writing keys`() {
    let text = #"""
      # a = 0
      a = "b = 1 # \" [x]" # c = 2
      b.'c d'."e\u0066" = [
        1, # d = 3
        { inner = 1 }, "]",
      ]

      [ t . u ] # [v]
      long = """
      w = 1
      \""" x = 1""""
      raw = '''
      [z]
      \''''
      inline = { p = 1, q.r = { s = "}" } }
      [[list]]
      when = 1979-05-27 07:32:00
      [[list]]
      when = 2
      """#
    let lines = KeyLocator.lines(of: text)
    #expect(
      lines == [
        ["a"]: 2, ["b"]: 3, ["b", "c d"]: 3, ["b", "c d", "ef"]: 3, ["t"]: 8, ["t", "u"]: 8,
        ["t", "u", "long"]: 9, ["t", "u", "raw"]: 12, ["t", "u", "inline"]: 15,
        ["t", "u", "inline", "p"]: 15, ["t", "u", "inline", "q"]: 15,
        ["t", "u", "inline", "q", "r"]: 15, ["t", "u", "inline", "q", "r", "s"]: 15,
        ["list"]: 16, ["list", "when"]: 17,
      ])
  }

  @Test func `line ends of Windows and a byte order mark are no hindrance`() {
    #expect(
      KeyLocator.lines(of: "\u{FEFF}a = 1\r\n[b]\r\nc = 'x'\r\n") == [
        ["a"]: 1, ["b"]: 2, ["b", "c"]: 3,
      ])
  }

  @Test(arguments: [
    "[", "a", "a.", "=", "a = [", "a = {b", "\"", "a = \"\"\"\\", "]", "a = \"\\u12",
  ])
  func `texts that are no TOML end the scan as well`(text: String) {
    #expect(KeyLocator.lines(of: text).values.allSatisfy { $0 == 1 })
  }
}
