import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// Commands by their names, typed or chosen.
@Suite struct CommandTests {
  private func type(_ text: String, into dashboard: inout Dashboard) -> [Effect] {
    text.flatMap { dashboard.press(.character($0)) }
  }

  private func give(_ line: String, to dashboard: inout Dashboard) -> [Effect] {
    type(":" + line, into: &dashboard) + dashboard.press(.enter)
  }

  private static let knobs = ["w.h", "w.m", "learningRate"].map {
    Knob(
      id: $0, title: $0,
      kind: .schedule(ScheduleJournal(Schedule(.hold(1)), steps: 10), range: 0.1...100))
  }

  @Test(
    arguments: [
      ("w 2", .edit(.set(knob: "w.*", value: 2))),
      ("lr 3e-4", .edit(.set(knob: "learningRate", value: 3e-4))),
      ("w.h 4", .edit(.set(knob: "w.h", value: 4))),
      ("set w.m 1.5", .edit(.set(knob: "w.m", value: 1.5))),
      ("set optimizer adam", .edit(.choose(knob: "optimizer", option: "adam"))),
      ("scale w.* 0.5", .edit(.scale(knob: "w.*", factor: 0.5))),
      ("hold", .edit(.hold(knob: "w.*"))),
      ("release w.h", .edit(.release(knob: "w.h"))),
      (
        "schedule w.h geometric 16 1 0.5",
        .edit(.schedule(knob: "w.h", schedule: Schedule(.geometric(start: 16, end: 1), hold: 0.5)))
      ),
      (
        "schedule w.h linear 8 2",
        .edit(.schedule(knob: "w.h", schedule: Schedule(.linear(start: 8, end: 2))))
      ),
      ("run 500", .run(batches: 500)), ("  save  ", .save), ("raster", .show(.raster)),
      ("theme nord", .useTheme("nord")), ("export csv", .export("csv")), ("site m", .showSite("m")),
      ("sample 3", .showSample(3)),
      ("theme", .nextTheme), ("schedule", .show(.schedule)), ("sample", .nextSample),
      ("stability", .show(.stability)), ("stability off", .testStability(.end)),
      (
        "stability relu 1e-4 5",
        .testStability(.begin(surrogate: "relu", rate: 1e-4, epochs: 5))
      ),
      ("picture a.svg", .picture("a.svg")), ("picture", .picture(nil)),
    ] as [(String, Action)])
  func `a line means an action`(_ line: String, _ action: Action) throws {
    #expect(try CommandLine.action(of: line, knobs: Self.knobs) == action)
  }

  @Test(
    arguments: [
      ("bogus", .unknown("bogus")), ("w", .usage), ("w two", .notNumber("two")), ("w 1 2", .usage),
      ("w nan", .notNumber("nan")), ("run 0", .notNumber("0")), ("run -4", .notNumber("-4")),
      ("run 1.5", .notNumber("1.5")), ("save now", .unknown("save")),
      (
        "schedule w.h wild 1 2",
        .unknownWord("wild", expected: ["linear", "geometric", "harmonic", "cosine", "cosineLog"])
      ),
      ("export png", .unknownWord("png", expected: CommandTable.exportFormats)),
      ("stability relu fast", .notNumber("fast")), ("stability relu 1 2 3", .usage),
      ("schedule w.h linear 1", .usage), ("", .unknown("")),
    ] as [(String, CommandError)])
  func `what is no command is told why`(_ line: String, _ error: CommandError) {
    #expect(throws: error) { try CommandLine.action(of: line, knobs: Self.knobs) }
    #expect(!Sentence.noCommand(line, error).isEmpty)
  }

  @Test func `a command is typed, said, and found again`() {
    var dashboard = Dashboard.training(width: 100, height: 30)
    _ = type(":w 2", into: &dashboard)
    #expect(dashboard.frame.text.contains(":w 2"))
    #expect(dashboard.press(.enter) == [.send(.edit(.set(knob: "w.*", value: 2)))])
    #expect(dashboard.status?.text == "w.* to 2.00 after this batch.")
    #expect(give("run 40", to: &dashboard) == [.send(.run(batches: 40))])
    #expect(give("nothing", to: &dashboard).isEmpty)
    #expect(dashboard.status?.kind == .error)
    // Back through what was typed, and forward to an empty line.
    _ = dashboard.press(.character(":"), .up, .up)
    #expect(dashboard.overlay == .prompt(Prompt(.command, "run 40").recalling(2)))
    #expect(dashboard.press(.enter) == [.send(.run(batches: 40))])
    _ = dashboard.press(.character(":"), .up, .down)
    #expect(dashboard.overlay == .prompt(Prompt(.command)))
    _ = dashboard.press(.backspace)
    #expect(dashboard.overlay == nil)
  }

  @Test func `words are completed as far as they agree`() {
    let sites = ["h", "m"]
    func completed(_ line: String) -> String {
      CommandLine.completed(line, knobs: Self.knobs, sites: sites)
    }
    #expect(completed("val") == "validate ")
    #expect(completed("set le") == "set learningRate ")
    #expect(completed("hold w") == "hold w.")
    #expect(completed("export t") == "export tfevents ")
    #expect(completed("site ") == "site ")
    #expect(completed("zzz") == "zzz")
    let words = CommandLine.completions(of: "set w", knobs: Self.knobs, sites: sites)
    #expect(words == ["w.*", "w.h", "w.m"])
  }

  @Test func `every name of a command is known once`() {
    let names = CommandTable.commands.map(\.name)
    #expect(Set(names).count == names.count)
    for item in Palette.items(glyphs: .unicode) where item.action != nil {
      #expect((try? CommandLine.action(of: item.name, knobs: [])) == item.action, "\(item.name)")
    }
  }

  @Test func `a command is chosen by a few of its letters`() {
    var dashboard = Dashboard.training(width: 100, height: 30)
    _ = dashboard.press(.control("p"))
    #expect(dashboard.frame.text.contains("commands"))
    _ = type("valid", into: &dashboard)
    #expect(dashboard.press(.enter) == [.send(.validate)])
    // One that takes arguments is typed on.
    _ = dashboard.press(.control("p"))
    _ = type("schedule over", into: &dashboard)
    _ = dashboard.press(.enter)
    #expect(dashboard.overlay == .prompt(Prompt(.command, "schedule ")))
    _ = dashboard.press(.escape, .control("p"))
    _ = type("qqqqqq", into: &dashboard)
    #expect(dashboard.frame.text.contains("no command has these letters"))
    #expect(dashboard.press(.enter).isEmpty && dashboard.overlay == nil)
  }

  @Test func `letters at the beginnings of words count most`() {
    func best(_ letters: String) -> String? {
      var palette = Palette()
      palette.text = letters
      return palette.shown(glyphs: .unicode).first?.name
    }
    #expect(best("lr") == "lr")
    #expect(best("undo") == "undo")
    #expect(best("raster") == "raster")
    #expect(Palette.score("abc", in: "a b c") == 0)
    #expect(Palette.score("cab", in: "a b c") == nil)
  }

  @Test(arguments: [(0, 0), (1, 1), (10, 3), (40, 12), (80, 24), (200, 60)])
  func `typing and choosing suit any size`(width: Int, height: Int) {
    var dashboard = Dashboard.training(width: width, height: height)
    _ = type(":set ", into: &dashboard)
    #expect(dashboard.frame.size == Size(width: width, height: height))
    _ = dashboard.press(.tab, .escape, .control("p"), .down, .down, .pageDown)
    #expect(dashboard.frame.size == Size(width: width, height: height))
  }
}

extension Prompt {
  fileprivate func recalling(_ count: Int) -> Prompt {
    var prompt = self
    prompt.recalled = count
    return prompt
  }
}
