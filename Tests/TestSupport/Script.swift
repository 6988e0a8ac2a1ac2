package import Engine

/// What a ``ScriptedStudy`` pretends to do: sizes, pace and mishaps.
package struct Script: Sendable {
  /// What goes wrong, and after how many steps.
  package enum Mishap: Sendable, Equatable {
    /// The loss becomes infinite and the study ends as diverged.
    case diverges(atStep: Int)
    /// `advance` throws.
    case fails(atStep: Int, StudyError)
  }

  package var name = "scripted"
  package var seed: UInt64 = 1
  package var epochs = 4
  package var stepsPerEpoch = 10
  /// Samples of one step.
  package var batch = 32
  /// Steps done by one `advance` whose budget is above zero; a budget of zero is always one step.
  package var stepsPerAdvance = 1
  /// Real time that a step takes, for watching by eye.
  package var stepDelay: Duration = .zero
  /// Calls of `advance` that one evaluation takes.
  package var evaluationChunks = 2
  package var sites = [
    StudySummary.Site(id: "h", title: "hidden state", units: 16),
    StudySummary.Site(id: "m", title: "memory", units: 8),
  ]
  /// Time steps of a sample, hence columns of a raster.
  package var sampleSteps = 64
  package var learningRate = Schedule(.cosine(start: 0.003, end: 0.0001))
  /// The resolution of every site.
  package var resolution = Schedule(.geometric(start: 64, end: 1), hold: 0.5)
  package var mishap: Mishap?
  /// After this many steps a rule halves every resolution.
  package var ruleAtStep: Int?
  /// Called on the study's thread after each step with the steps done: the place to crank a clock
  /// or to block.
  package var onStep: (@Sendable (Int) -> Void)?

  package init() {}

  package var steps: Int { epochs * stepsPerEpoch }

  /// A script with a few properties changed.
  package static func with(_ change: (inout Script) -> Void) -> Script {
    var script = Script()
    change(&script)
    return script
  }
}
