import Engine
import Testing

@Suite struct ScheduleJournalTests {
  private func journal() -> ScheduleJournal {
    ScheduleJournal(Schedule(.geometric(start: 64, end: 1), hold: 0.5), steps: 200)
  }

  @Test func `a notch bends what follows and leaves what was`() {
    var journal = journal()
    let before = journal.value(at: 20)
    journal.scale(by: 0.5, at: 50)
    #expect(journal.value(at: 20) == before)
    #expect(abs(journal.value(at: 50) - 4) < 1e-12)
    #expect(abs(journal.value(at: 150) - 0.5) < 1e-12)
  }

  @Test func `a held schedule stays and goes on where it was frozen`() {
    var journal = journal()
    journal.hold(at: 50)
    #expect(abs(journal.value(at: 90) - 8) < 1e-12)
    journal.release(at: 90)
    #expect(abs(journal.value(at: 90) - 8) < 1e-12)
    #expect(abs(journal.value(at: 140) - 1) < 1e-12)
  }

  @Test func `undo continues the steering before, redo repeats it, a new edit forgets it`() {
    var journal = journal()
    journal.scale(by: 2, at: 10)
    journal.scale(by: 2, at: 20)
    let isUndone1 = journal.undo(at: 30)
    #expect(isUndone1)
    let plain = Schedule(.geometric(start: 64, end: 1), hold: 0.5)
    #expect(abs(journal.value(at: 30) - 2 * plain.value(at: 30, of: 200)) < 1e-9)
    #expect(abs(journal.value(at: 25) - 4 * plain.value(at: 25, of: 200)) < 1e-9)
    let isRedone2 = journal.redo(at: 40)
    #expect(isRedone2)
    #expect(abs(journal.value(at: 40) - 4 * plain.value(at: 40, of: 200)) < 1e-9)
    let isUndone3 = journal.undo(at: 50)
    #expect(isUndone3)
    journal.set(3, at: 60)
    let isRedoneAfterEdit = journal.redo(at: 60)
    #expect(!isRedoneAfterEdit)
    #expect(abs(journal.value(at: 60) - 3) < 1e-12)
  }

  @Test func `nothing to undo or redo changes nothing`() {
    var journal = journal()
    let before = journal
    let isUndone4 = journal.undo(at: 5)
    #expect(!isUndone4)
    let isRedone5 = journal.redo(at: 5)
    #expect(!isRedone5)
    #expect(journal == before)
  }

  @Test func `setting a bypassed schedule makes it that constant`() {
    var journal = ScheduleJournal(
      Schedule(.geometric(start: 64, end: 1), bypass: 0.5), steps: 100)
    #expect(journal.value(at: 10) == .infinity)
    journal.set(16, at: 10)
    #expect(journal.value(at: 10) == 16)
    #expect(journal.value(at: 90) == 16)
  }

  @Test func `a schedule that begins again keeps what was done to it`() {
    var journal = journal()
    let plain = Schedule(.geometric(start: 64, end: 1), hold: 0.5)
    journal.scale(by: 2, at: 10)
    let before = journal.value(at: 59)
    journal.restart(at: 60)
    #expect(journal.value(at: 59) == before)
    for step in [0, 7, 100, 199] {
      #expect(journal.value(at: 60 + step) == 2 * plain.value(at: Double(step), of: 200))
    }
    let isUndone = journal.undo(at: 70)
    #expect(isUndone)
    #expect(journal.value(at: 75) == plain.value(at: 15, of: 200))
    journal.replace(by: Schedule(.linear(start: 1, end: 2)), at: 80)
    #expect(journal.value(at: 260) == 2)
    #expect(journal.value(at: 160) == 1.5)
    let continued = ScheduleJournal(continuing: journal, steps: 400)
    #expect(continued.value(at: 260) == 1.5)
  }

  @Test func `a value that is held stays when the schedule begins again`() {
    var journal = journal()
    journal.hold(at: 50)
    let held = journal.value(at: 50)
    journal.restart(at: 60)
    #expect(journal.value(at: 70) == held)
    journal.release(at: 80)
    #expect(journal.value(at: 80) == 64)
  }

  @Test func `edits at one step replace each other's segment`() {
    var journal = journal()
    journal.scale(by: 2, at: 7)
    journal.scale(by: 2, at: 7)
    #expect(journal.segments.count == 2)
    let isUndone6 = journal.undo(at: 7)
    #expect(isUndone6)
    let isUndone7 = journal.undo(at: 7)
    #expect(isUndone7)
    #expect(journal.value(at: 7) == self.journal().value(at: 7))
  }
}
