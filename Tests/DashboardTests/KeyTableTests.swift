import Runs
import Terminal
import Testing

@testable import Dashboard

/// Keys as the user has them.
@Suite struct KeyTableTests {
  private func action(_ key: Key, _ table: KeyTable, on page: Page = .train) -> Action? {
    table.action(of: key, page: page, overlay: nil)
  }

  @Test func `a command gets other keys, which mean nothing else any more`() throws {
    let table = try KeyTable.standard.remapped([
      ("save", [.function(2), .character("v")]), ("pause", [.character("p")]),
    ])
    #expect(action(.function(2), table) == .save && action(.character("v"), table) == .save)
    #expect(action(.character("s"), table) == nil && action(.character(" "), table) == nil)
    // p is taken everywhere, so no screen has another meaning for it.
    for page in Page.allCases { #expect(action(.character("p"), table, on: page) == .pause) }
    #expect(table.bindings.first { $0.name == "validate" }?.keys.isEmpty == true)
    for page in Page.allCases {
      let keys = table.bindings(page: page, overlay: nil).flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(page.title)")
    }
  }

  @Test func `keys of one screen leave those of others alone`() throws {
    let table = try KeyTable.standard.remapped([("sort", [.character("x")])])
    #expect(action(.character("x"), table, on: .raster) == .nextUnitOrder)
    #expect(action(.character("x"), table, on: .runs) == .nextAxis)
    let other = try KeyTable.standard.remapped([("sort", [.character("s")])])
    #expect(action(.character("s"), other, on: .raster) == .nextUnitOrder)
    #expect(action(.character("s"), other, on: .train) == .save)
  }

  @Test func `unknown commands and keys given twice are refused`() {
    #expect(throws: KeyTableError.unknownCommand("sve")) {
      try KeyTable.standard.remapped([("sve", [.escape])])
    }
    #expect(throws: KeyTableError.givenTwice(.character("z"), "save", "undo")) {
      try KeyTable.standard.remapped([("save", [.character("z")]), ("undo", [.character("z")])])
    }
  }

  @Test func `Ctrl-C always ends, and what works while one types has no characters`() throws {
    #expect(throws: KeyTableError.reserved(.control("c"))) {
      try KeyTable.standard.remapped([("save", [.control("c")])])
    }
    #expect(throws: KeyTableError.typed(.character("z"), "suspend")) {
      try KeyTable.standard.remapped([("suspend", [.character("z")])])
    }
    let table = try KeyTable.standard.remapped([("interrupt", [.function(12)])])
    #expect(action(.control("c"), table) == .interrupt)
    #expect(action(.function(12), table) == .interrupt)
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.press(.character(":"), .character("x"), .control("c"))
    #expect(dashboard.overlay == nil)
    dashboard.press(.control("c"))
    #expect(dashboard.overlay != nil)
  }

  @Test func `keys are read by the names that are printed`() {
    for binding in KeyMap.bindings {
      for key in binding.keys { #expect(Key(name: key.plainName) == key, "\(key.plainName)") }
    }
    #expect(Key(name: "ctrl-x") == .control("x") && Key(name: "F12") == .function(12))
    #expect(Key(name: "é") == .character("é") && Key(name: "space") == .character(" "))
    for name in ["", "F0", "F99", "Ctrl-", "Ctrl-1", "Hyper-x", "ab", "\n", "\u{1B}"] {
      #expect(Key(name: name) == nil, "\(name)")
    }
  }

  @Test func `the help and the bottom line name the keys in use`() throws {
    let table = try KeyTable.standard.remapped([("pause", [.function(9)])])
    var dashboard = Dashboard(size: Size(width: 120, height: 40), keys: table)
    dashboard.tell(ScriptedRun().beginning)
    #expect(dashboard.frame.text.contains("F9 pause"))
    #expect(dashboard.press(.function(9)).contains(.send(.pause)))
    dashboard.press(.character("?"))
    #expect(dashboard.frame.text.contains("F9"))
  }
}
