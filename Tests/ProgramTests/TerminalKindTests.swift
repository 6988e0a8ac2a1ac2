import Testing

/// The dashboard on every kind of terminal that its users have.
@Suite(.serialized) struct TerminalKindTests {
  /// What is to be seen on a kind of terminal.
  struct Kind: CustomTestStringConvertible, Sendable {
    var name: String
    /// How a colour begins there; `nil` for a terminal without colours.
    var color: String?
    var hasAlternateScreen = true
    var hasBraille = true
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "xterm-256color", color: "\u{1B}[38;5;"),
    Kind(name: "xterm", color: "\u{1B}[3"),
    Kind(name: "screen", color: "\u{1B}[3"),
    Kind(name: "tmux", color: "\u{1B}[3"),
    Kind(name: "linux", color: "\u{1B}[3", hasAlternateScreen: false, hasBraille: false),
    Kind(name: "vt100", color: nil, hasAlternateScreen: false, hasBraille: false),
  ]

  private func hasColors(_ text: String) -> Bool {
    // Colours 0 to 7 and 38 for the text, 39 for the terminal's own.
    text.matches(of: #/\u{1B}\[[0-9;]*m/#).contains { match in
      match.output.dropFirst(2).dropLast().split(separator: ";").contains {
        $0.count == 2 && $0.hasPrefix("3") && $0 != "39"
      }
    }
  }

  @Test(arguments: kinds)
  func `the dashboard is whole, heeds keys and leaves the terminal as it was`(kind: Kind) throws {
    let terminal = try PseudoTerminal.training(environment: ["TERM": kind.name])
    #expect(terminal.waits(for: "q quit"), "\(terminal.screen)")
    let frame = terminal.screen
    #expect(frame.contains("loss") && frame.contains("accuracy"), "\(frame)")
    #expect(frame.contains("╭") == kind.hasBraille)
    #expect(terminal.bytes.contains { $0 >= 0x80 } == kind.hasBraille)
    #expect(
      terminal.emulator.modes.contains(PseudoTerminal.alternateScreen) == kind.hasAlternateScreen)
    #expect(hasColors(terminal.writtenText) == (kind.color != nil))
    if let color = kind.color { #expect(terminal.writtenText.contains(color)) }
    for key in ["2", "3", "6"] { terminal.type(key) }
    #expect(terminal.waits(for: "Began digits"), "\(terminal.screen)")
    // The arrow as such terminals send it, in either mode.
    terminal.type("?")
    #expect(terminal.waits(for: "train one batch"), "\(terminal.screen)")
    terminal.type("\u{1B}[B\u{1B}OB")
    terminal.type("\u{1B}")
    #expect(terminal.wait { !$0.screen.contains("train one batch") }, "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waits(for: "without saving"), "\(terminal.screen)")
    terminal.type("x")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
    // Whether a best checkpoint was there already depends on how fast the machine is.
    let farewell = ["Not saved", "Saved "].contains { terminal.screen.contains($0) }
    #expect(terminal.screen.contains("Left at epoch") && farewell, "\(terminal.screen)")
  }

  @Test(arguments: ["xterm", "linux", "vt100", "screen"])
  func `a fault leaves every kind of terminal usable`(name: String) throws {
    let terminal = try PseudoTerminal.training(environment: ["TERM": name])
    terminal.send(signal: 11)
    #expect(terminal.waitForEnd() == .killed(signal: 11))
    // Real ones of the older kinds do not hide the cursor, and so are not told to show it.
    let left = [PseudoTerminal.alternateScreen, PseudoTerminal.markedPastes, 1]
    #expect(terminal.emulator.modes.isDisjoint(with: left))
  }

  @Test func `repeated characters are written out, as some terminals get them wrong`() throws {
    for environment in [["LANG": "C"], ["LANG": "C.UTF-8"]] {
      let terminal = try PseudoTerminal.training(environment: environment)
      #expect(terminal.waits(for: "quit"))
      #expect(terminal.writtenText.firstMatch(of: #/\u{1B}\[[0-9]+b/#) == nil)
    }
  }

  @Test func `the palette of the user is never reset`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.send(signal: 19)
    #expect(terminal.wait { $0.isStopped })
    terminal.send(signal: 18)
    terminal.type("q")
    #expect(terminal.waits(for: "without saving"))
    terminal.type("x")
    #expect(terminal.waitForEnd() == .exited(0))
    #expect(!terminal.writtenText.contains("\u{1B}]"))
  }

  @Test func `frames are shown at once where the terminal says that it can`() throws {
    let able = try PseudoTerminal(["--epochs", "5000"])
    able.answersQuestions = true
    #expect(able.waits(for: "/5000"))
    #expect(able.wait { $0.emulator.framesShownAtOnce > 3 })
    let unable = try PseudoTerminal.training()
    #expect(unable.waits(for: "quit"))
    #expect(unable.emulator.framesShownAtOnce == 0)
    let old = try PseudoTerminal.training(environment: ["TERM": "vt100"])
    #expect(!old.writtenText.contains("$p"), "an old terminal prints questions")
  }

  @Test func `--ascii draws plain characters on any terminal`() throws {
    let terminal = try PseudoTerminal.training(["--ascii"])
    #expect(terminal.waits(for: "+- loss"), "\(terminal.screen)")
    #expect(terminal.bytes.allSatisfy { $0 < 0x80 })
  }

  @Test func `--no-color leaves out all colours`() throws {
    let terminal = try PseudoTerminal.training(["--no-color"])
    #expect(terminal.waits(for: "q quit"))
    #expect(!hasColors(terminal.writtenText))
  }
}
