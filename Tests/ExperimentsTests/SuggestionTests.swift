import Documents
import Experiments
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("hiden", "hidden", 1),
    ("recieve", "receive", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3),
  ])
  func `distances count single edits and swaps of neighbours`(a: String, b: String, count: Int) {
    #expect(Suggestion.distance(a, b) == count)
    #expect(Suggestion.distance(b, a) == count)
  }

  @Test(arguments: [
    ("model.hiden", "model.hidden"), ("modle.hidden", "model.hidden"), ("hidden", "model.hidden"),
    ("model.epochs", "training.epochs"),
    ("quantizer.h.schedule.plateau", "quantizer.h.schedule.plateaus"),
    ("optimizer.learningRate.strat", "optimizer.learningRate.start"),
    ("TRAINING.EPOCHS", "training.epochs"),
  ])
  func `misspelt and misplaced keys are recognised`(written: String, meant: String) {
    #expect(Suggestion.nearestKey(to: written, in: KeyTable.keys.map(\.path)) == meant)
  }

  @Test(arguments: ["colour", "model.weather", "x", ""])
  func `nothing is suggested for what resembles nothing`(written: String) {
    #expect(Suggestion.nearestKey(to: written, in: KeyTable.keys.map(\.path)) == nil)
  }
}
