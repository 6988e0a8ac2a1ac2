import Documents
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
    let lines = KeyLocator(text).lines
    #expect(
      lines == [
        ["a"]: 2, ["b"]: 3, ["b", "c d"]: 3, ["b", "c d", "ef"]: 3, ["t"]: 8, ["t", "u"]: 8,
        ["t", "u", "long"]: 9, ["t", "u", "raw"]: 12, ["t", "u", "inline"]: 15,
        ["t", "u", "inline", "p"]: 15, ["t", "u", "inline", "q"]: 15,
        ["t", "u", "inline", "q", "r"]: 15, ["t", "u", "inline", "q", "r", "s"]: 15,
        ["list"]: 16, ["list[1]"]: 16, ["list[1]", "when"]: 17,
        ["list[2]"]: 18, ["list[2]", "when"]: 19,
        ["b", "c d", "ef[2]"]: 5, ["b", "c d", "ef[2]", "inner"]: 5,
      ])
  }

  @Test func `keys within entries of lists are told apart`() throws {
    let text = """
      a = [{ x = 1 }, [
        { y = 2 }]]
      [[b]]
      [[b.c]]
      z = 1
      [b.d]
      z = 2
      [[b]]
      [[b.c]]
      z = 3
      """
    let lines = KeyLocator(text).lines
    #expect(lines[["a[1]", "x"]] == 1 && lines[["a[2][1]", "y"]] == 2)
    #expect(lines[["b[1]", "c[1]", "z"]] == 5 && lines[["b[1]", "d", "z"]] == 7)
    #expect(lines[["b[2]", "c[1]", "z"]] == 10 && lines[["b"]] == 3)
    let document = try TOMLDocument(text)
    #expect(document.line(of: ["b[2]", "c[1]", "nothing"]) == 9)
    #expect(document.line(of: ["nothing"]) == nil)
  }

  @Test func `line ends of Windows and a byte order mark are no hindrance`() {
    #expect(
      KeyLocator("\u{FEFF}a = 1\r\n[b]\r\nc = 'x'\r\n").lines == [
        ["a"]: 1, ["b"]: 2, ["b", "c"]: 3,
      ])
  }

  @Test(arguments: [
    "[", "a", "a.", "=", "a = [", "a = {b", "\"", "a = \"\"\"\\", "]", "a = \"\\u12",
  ])
  func `texts that are no TOML end the scan as well`(text: String) {
    #expect(KeyLocator(text).lines.values.allSatisfy { $0 == 1 })
  }

  @Test func `the first header without a name is found`() {
    let text = "a = 1\n[ b ]\n [[ = ]]\n[#]\n"
    let obstacle = KeyLocator(text).obstacle
    #expect(obstacle?.kind == .blankHeader)
    #expect(obstacle?.offset == 13)
    #expect(obstacle?.line == 3)
    #expect(obstacle?.column == 2)
    #expect(KeyLocator("[a]\n[\"b\"]\n[['c']]\nd = [[1], [2]]").obstacle == nil)
  }

  @Test(arguments: [
    "a" + String(repeating: ".a", count: 200_000) + " = 1",
    "[a" + String(repeating: ".a", count: 200_000) + "]",
    "a = " + String(repeating: "[", count: 200_000),
    "a = " + String(repeating: "{a = ", count: 200_000),
    "a = " + String(repeating: "[{a = ", count: 200_000),
  ])
  func `no depth of tables is followed`(text: String) {
    #expect(KeyLocator(text).obstacle?.kind == .depth)
    #expect(throws: TOMLSyntaxError.self) { try TOMLDocument(text) }
  }
}
