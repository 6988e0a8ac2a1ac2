import Dashboard
import Engine
import Runs
import Terminal
import Testing

/// What is said, and when, in the last line and in the log.
@Suite struct FeedbackTests {
  @Test func `every key changes the frame at once or is seen outside of it`() {
    for page in Page.allCases {
      for binding in KeyMap.bindings {
        switch binding.scope {
        case .always, .everywhere: break
        case .pages(let pages) where pages.contains(page): break
        default: continue
        }
        for key in binding.keys {
          var dashboard = Dashboard.training(width: 100, height: 30)
          dashboard.press(.character(page.key))
          _ = dashboard.update(.tick(seconds: 100))
          let before = dashboard.frame
          let effects = dashboard.press(key)
          let isSeenElsewhere = effects.contains {
            [.quit, .suspend, .repaint, .nextTheme, .picture(path: nil)].contains($0)
          }
          #expect(isSeenElsewhere || dashboard.frame != before, "\(key) on \(page.title)")
        }
      }
    }
  }

  @Test func `what was asked for is said until it is done`() {
    var run = ScriptedRun()
    var dashboard = Dashboard.training(width: 100, height: 30)
    dashboard.press(.character("["))
    #expect(dashboard.frame.rowText(29).contains("w one notch down after this batch."))
    _ = dashboard.update(.tick(seconds: 45))
    #expect(dashboard.frame.rowText(29).contains("w one notch down after this batch."))
    dashboard.tell(run.turnResolutions(by: 0.5.squareRoot(), at: 1406))
    #expect(dashboard.frame.rowText(29).contains("w of h"))
    _ = dashboard.update(.keys([.character("}"), .character("}"), .character("}")]))
    #expect(dashboard.status?.text == "Learning rate 3 notches up after this batch.")
    dashboard.tell([.state(.paused)])
    dashboard.press(.character("\\"))
    #expect(dashboard.status?.text == "w held.")
    dashboard.press(.character("u"))
    #expect(dashboard.status?.text == "Undo.")
  }

  @Test func `help and quit stay beside a sentence that is too long`() {
    let reason = "no room is left on the device while writing \(String(repeating: "x", count: 90))."
    for width in [50, 80, 100] {
      var dashboard = Dashboard.training(width: width, height: 24)
      dashboard.tell([.saveFailed(reason: reason)])
      let line = dashboard.frame.rowText(23)
      #expect(line.hasPrefix(" ? help  q quit  ") && line.hasSuffix("…"))
      dashboard.press(.character("6"))
      let words = dashboard.frame.text.filter { $0 == "x" }.count
      #expect(words >= 90, "the log has it whole at \(width)")
    }
    var narrow = Dashboard.training(width: 20, height: 10)
    narrow.tell([.saveFailed(reason: reason)])
    #expect(narrow.frame.rowText(9).hasPrefix(" Saving failed: no"))
  }

  @Test func `the log is scrolled to its first line however its lines are wrapped`() {
    for (width, height) in [(80, 24), (40, 12), (26, 9), (12, 6)] {
      var dashboard = Dashboard(size: Size(width: width, height: height))
      dashboard.tell(ScriptedRun().beginning)
      for index in 0..<30 {
        let text = "warning \(index) " + String(repeating: "on and on ", count: index % 7)
        _ = dashboard.update(.noticed(Notice(text, .warning)))
      }
      dashboard.press(.character("6"))
      #expect(dashboard.frame.text.contains("29"))
      dashboard.press(.home)
      #expect(dashboard.frame.text.contains("Began"))
      dashboard.press(.character("k"))
      #expect(dashboard.frame.text.contains("There is nothing") || width < 40)
      for _ in 0..<40 { dashboard.press(.down) }
      #expect(dashboard.frame.text.contains("29"))
    }
  }

  @Test func `a log of a hundred thousand lines and edits is kept short and says so`() throws {
    var dashboard = Dashboard.training(width: 200, height: 50)
    let run = ScriptedRun()
    let edits = (0..<100_000).map { index -> RunnerReport in
      let record = EditRecord(
        step: 1406 + index, source: .user, edit: .undo,
        changes: [EditRecord.Change(knob: "w.h", from: 1, to: 2)])
      return run.event(.edited(record), step: min(ScriptedRun.steps, 1406 + index))
    }
    dashboard.tell(edits)
    #expect(dashboard.log.count <= EventLog.capacity)
    #expect(dashboard.log.count + dashboard.log.droppedCount > 100_000)
    for page in Page.allCases {
      dashboard.press(.character(page.key))
      #expect(dashboard.frame.size == dashboard.size)
    }
    dashboard.press(.character("6"))
    #expect(dashboard.frame.rowText(48).contains("of 100"))
    #expect(dashboard.frame.rowText(48).contains("are dropped"))
  }
}
