import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// The mouse over what lies over the page.
@Suite struct OverlayPointerTests {
  @Test func `a command is chosen by a click and carried out by another`() throws {
    var dashboard = Dashboard.training(width: 100, height: 30)
    dashboard.press(.control("p"))
    let place = try #require(dashboard.place(of: "epoch ", from: 3))
    #expect(dashboard.click(place).isEmpty)
    guard case .palette(let palette) = dashboard.overlay else {
      Issue.record("the palette is gone")
      return
    }
    #expect(palette.shown(glyphs: .unicode)[palette.selected].name == "epoch")
    #expect(dashboard.click(place) == [.send(.stepEpoch)] && dashboard.overlay == nil)
    dashboard.press(.control("p"))
    dashboard.point(.wheel(30), place)
    let second = try #require(dashboard.place(of: String(Character(dashboard.glyphs.selected))))
    #expect(dashboard.item(of: Palette(), at: second) != nil)
    #expect(dashboard.click(.zero).isEmpty && dashboard.overlay != nil)
  }

  @Test(arguments: [(80, 24), (30, 8), (20, 5)])
  func `the question how to leave is answered with the mouse, and stays beside it`(
    width: Int, height: Int
  ) throws {
    var dashboard = Dashboard.training(width: width, height: height)
    dashboard.press(.character("q"))
    for place in [Point.zero, Point(column: width - 1, row: height - 1)] {
      #expect(dashboard.click(place).isEmpty)
      #expect(dashboard.overlay == .quit(selected: .stopAndSave))
    }
    let words = ["unsaved", "without saving", "leave"]
    let place = try #require(words.compactMap { dashboard.place(of: $0) }.first)
    #expect(dashboard.click(place).isEmpty)
    #expect(dashboard.overlay == .quit(selected: .withoutSaving))
    #expect(dashboard.click(place) == [.quit])
  }

  @Test func `help says what the mouse does, and the wheel scrolls it`() {
    var dashboard = Dashboard(size: Size(width: 80, height: 24), hasMouse: true)
    dashboard.press(.character("?"))
    dashboard.point(.wheel(3), .zero)
    #expect(dashboard.overlay == .help(scroll: 9))
    dashboard.point(.wheel(1000), .zero)
    #expect(dashboard.frame.text.contains("held: select text"))
    dashboard.click(.zero)
    #expect(dashboard.overlay != nil)
    dashboard.point(.wheel(-1000), .zero)
    #expect(dashboard.overlay == .help(scroll: 0))
    let without = Dashboard(size: Size(width: 80, height: 200)).helpDialog
    #expect(!without.lines.contains(.heading(MouseGuide.heading)))
  }

  @Test func `while a text is typed the mouse does nothing`() {
    var dashboard = Dashboard.training(width: 100, height: 30)
    dashboard.press(.character(":"), .character("x"))
    let before = dashboard
    for row in 0..<30 {
      dashboard.click(Point(column: 10, row: row))
      dashboard.point(.wheel(1), Point(column: 50, row: row))
    }
    #expect(dashboard == before)
  }
}
