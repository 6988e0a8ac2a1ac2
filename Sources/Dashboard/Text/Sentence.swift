import Engine
import Runs
import Terminal

/// Everything that the dashboard says in sentences, in one place.
enum Sentence {
  static let stillPreparing = "The run is still being prepared."
  static let onlyRecord = "This is the record of a run: there is nothing to steer."
  static let readingRuns = "Reading the runs again."
  static let noRunChosen = "No run is chosen."
  static let stopFirst = "A run goes on here: stop it first (S), or leave."
  static func tooManyRuns(_ most: Int) -> String { "At most \(most) runs are compared." }
  static func runsBy(_ order: String) -> String { "Runs by \(order)." }
  static func comparing(_ metric: String) -> String { "Comparing \(metric)." }
  static func over(_ axis: String) -> String { "Curves over \(axis)." }
  static let notForWatchers = "Only the process that trains a run sweeps it."
  static let onlyReplaySeeks = "Only a replay can be moved through."
  static let alreadyOver = "The run is over; s saves it, q leaves."
  static let alreadyStopping = "The run is stopping already."
  static let nothingToValidate = "A study of theory has nothing to validate."
  static let surrogatesStay =
    "This run keeps the surrogates of its experiment; forks may have others."
  static let sameEstimator = "This is the estimator in use."
  static let noTheory = "Only a study of theory can be turned so."
  static func noPage(_ page: Page) -> String { "This run has no screen \(page.title)." }
  static func askedForStart(isRunning: Bool) -> String {
    "A new random start\(isRunning ? " after this step" : "")."
  }
  static let validating = "Validating after this batch."
  static let sweeping = "Measuring the present weights over w."
  static let savingResult = "Saving the result."
  static let saving = "Saving after this batch."
  static let stopping = "Stopping after this batch; the test follows."
  static let stoppingToQuit = "Stopping, testing, saving, leaving; Ctrl-C leaves at once."
  static let noResolution = "This run has no resolution w to turn."
  static let noLearningRate = "This run has no learning rate to turn."
  static let noBitMetrics = "This run measures no bits."
  static let noOtherSite = "There is no other site to show."
  static let nothingToGoBackTo = "There is nothing to go back to."
  static let nothingFurther = "There is nothing further this way."
  static let onlyPanel = "This is the only panel here."
  static let noOtherSample = "There is no other sample to show yet."

  static func unbound(_ key: Key, glyphs: Glyphs) -> String {
    "\(glyphs.isASCII ? key.plainName : key.name) does nothing here; ? shows all keys."
  }

  static func noValueAxis(_ panel: PanelName) -> String {
    "The panel \(panel.title) has no axis of values."
  }

  static func axis(_ panel: PanelName, isLogarithmic: Bool) -> String {
    "\(panel.title): \(isLogarithmic ? "logarithmic" : "linear") values."
  }

  static func noOutliers(_ panel: PanelName) -> String {
    "The panel \(panel.title) leaves nothing off its scale."
  }

  static func outliers(_ panel: PanelName, areShown: Bool) -> String {
    areShown
      ? "\(panel.title): the scale holds all values."
      : "\(panel.title): outliers are off the scale, and counted."
  }

  static func alreadyShown(_ page: Page) -> String { "This is the screen \(page.title)." }
  static func raster(of site: StudySummary.Site) -> String { "Raster of \(site.id)." }
  static func unitsBy(_ order: String) -> String { "Units by \(order)." }
  static func units(_ selection: String) -> String { "Shown: \(selection) units." }
  static let frozen = "Frozen: no new rasters are taken; f goes on."
  static let notFrozen = "New rasters are taken again."
  static func capture(back: Int, step: Int) -> String {
    back == 0 ? "The newest raster, of step \(step)." : "\(back) rasters ago, of step \(step)."
  }
  static func watching(_ unit: Int, of site: String, _ isWatched: Bool) -> String {
    "Unit \(unit) of \(site) is \(isWatched ? "watched" : "watched no more")."
  }
  static func noSite(_ site: String, known: [String]) -> String {
    "There is no site \(site)" + (known.isEmpty ? "." : ", but \(known.joined(separator: ", ")).")
  }
  static func noSample(_ sample: Int, count: Int) -> String {
    "There is no sample \(sample): the batch has 0 to \(count - 1)."
  }
  static func noCommand(_ line: String, _ error: CommandError) -> String {
    switch error {
    case .unknown(let name): return "There is no command \(name); Ctrl-P shows all."
    case .usage:
      let command = CommandLine.command(of: line)
      return "Expected :\(command.map { "\($0.name) \($0.usage)" } ?? line)"
    case .notNumber(let word): return "\(word) is no number that fits here."
    case .unknownWord(let word, let expected):
      return "\(word) is not one of \(expected.joined(separator: ", "))."
    }
  }
  static func askedFor(sample: Int) -> String { "Sample \(sample) of the next batch." }

  static let wIsLogarithmic = "w is on a logarithmic axis already."
  static let wholeRunShown = "The whole run is shown; the wheel comes nearer."

  static func cursorAt(step: Int) -> String {
    "The cursor of the curves is at step \(step)."
  }

  static func stretch(_ range: AxisRange?) -> String {
    guard let range else { return "The whole run." }
    return "Steps \(Int(range.lower)) to \(Int(range.upper)); 0 shows the whole run."
  }
  static func timeAxis(isLogarithmic: Bool) -> String {
    isLogarithmic ? "Curves over a logarithmic axis." : "Curves over a linear axis."
  }
  static func notSmoothed(_ panel: PanelName) -> String {
    "The panel \(panel.title) has nothing to smooth."
  }
  static func smoothing(_ panel: PanelName, share: Double) -> String {
    share > 0
      ? "\(panel.title): means over \(Number.fixed(share * 100, decimals: share < 0.01 ? 1 : 0)) % of the run."
      : "\(panel.title): not smoothed."
  }
  static func showing(_ metric: BitMetric) -> String {
    "Bits by \(metric.title): \(metric.explanation)."
  }

  static func saved(_ path: String) -> String { "Saved \(path)" }

  /// As it stands in the log, where files of checkpoints are many.
  static func saved(_ path: String, _ reason: SaveReason) -> String {
    switch reason {
    case .asked, .end: saved(path)
    case .interval: "Saved a checkpoint"
    case .best: "Saved a checkpoint: the best validation so far"
    case .bestSpiking: "Saved a checkpoint: the best spiking validation since w came to its end"
    }
  }

  static func resumed(step: Int) -> String { "Goes on from the checkpoint of step \(step)" }

  static func declined(_ reason: String) -> String { "Not done: \(reason)" }
  static func saveRecovered(lost: Int) -> String {
    "Saving works again" + (lost > 0 ? "; \(lost) readings and events are lost." : ".")
  }
  static func saveFailed(_ reason: String) -> String { "Saving failed: \(reason)" }
  static func failed(_ reason: String) -> String { "The run failed: \(reason)" }

  static func began(_ summary: StudySummary) -> String {
    "Began \(summary.name): \(summary.model), "
      + (summary.dynamics == nil ? "\(summary.parameters) parameters, " : "")
      + "seed \(summary.seed)" + (summary.origin.map { ", weights of \($0)" } ?? "")
  }

  static func evaluated(
    _ evaluation: Evaluation, _ summary: StudySummary? = nil
  ) -> String {
    let names = summary?.regimeNames ?? (spiking: "spiking", nonSpiking: "non-spiking")
    var parts: [String] = []
    if let accuracy = evaluation["spiking.accuracy"] {
      parts.append("\(names.spiking) \(Figure.percent(accuracy))")
    }
    if let accuracy = evaluation["nonSpiking.accuracy"] {
      parts.append("\(names.nonSpiking) \(Figure.percent(accuracy))")
    }
    if let loss = evaluation["spiking.loss"] ?? evaluation["nonSpiking.loss"] {
      parts.append("loss \(Figure.short(loss))")
    }
    let split = evaluation.split.rawValue
    return "Epoch \(evaluation.epoch) \(split): " + parts.joined(separator: ", ")
  }

  static func swept(_ sweep: ResolutionSweep) -> String {
    let accuracy = { (row: ResolutionSweep.Row?) in row?.accuracy.map(Figure.percent) ?? "-" }
    let trained = accuracy(sweep.rows.first(where: \.isTrained))
    return "Swept w at \(sweep.rows.count) points: \(trained) as trained, "
      + "\(accuracy(sweep.rows.last)) at infinity"
  }

  static func ended(_ conclusion: Conclusion) -> String {
    let epochs = conclusion.epochs == 1 ? "1 epoch" : "\(conclusion.epochs) epochs"
    let reason = conclusion.reason.isEmpty ? "" : ": \(conclusion.reason)"
    return "\(conclusion.outcome.title) after \(epochs)\(reason)"
  }
}

extension Sentence {
  /// What an edit did, with the values before and after.
  static func edited(_ record: EditRecord, knobs: [Knob]) -> String {
    let changes = record.changes.map { change -> String in
      let name = title(of: change.knob, knobs)
      if case .schedule = record.edit {
        return "\(name) follows another schedule from \(Figure.value(change.to))"
      }
      if let words = choice(change, knobs) { return "\(name) \(words)" }
      guard change.from != change.to else { return "\(name) \(Figure.value(change.to))" }
      return "\(name) \(Figure.value(change.from)) to \(Figure.value(change.to))"
    }.joined(separator: ", ")
    let who = record.source == .rule ? "Rule: " : ""
    return who + verb(of: record.edit, changes: changes)
  }

  private static func verb(of edit: Edit, changes: String) -> String {
    switch edit {
    case .hold: "Held: " + changes
    case .release: "Released: " + changes
    case .undo: "Undone: " + changes
    case .redo: "Redone: " + changes
    case .choose(let knob, let option): "\(knob) is now \(option)"
    case .perform(CoarseDials.Knobs.newStart): "Begun anew at another random start"
    case .perform(let action): done(action) ?? "\(action) done"
    case .reshape(let curve, let change):
      changes.isEmpty ? "\(curve) \(reshaped(change))" : "\(curve) \(reshaped(change)): \(changes)"
    case .set, .scale, .schedule: changes
    }
  }

  /// The options of a choice from and to which it was turned; `nil` for other knobs.
  private static func choice(_ change: EditRecord.Change, _ knobs: [Knob]) -> String? {
    guard let knob = knobs.first(where: { $0.id == change.knob }),
      case .choice(_, let options) = knob.kind
    else { return nil }
    let words = [change.from, change.to].compactMap { place in
      place.flatMap { options.indices.contains(Int($0)) ? options[Int($0)] : nil }
    }
    return words.joined(separator: " to ")
  }

  /// Why an edit was refused.
  static func refused(_ edit: Edit, _ error: EditError, knobs: [Knob]) -> String {
    switch error {
    case .unknownKnob(let knob): "There is no knob \(knob) in this run."
    case .wrongKind(let knob): "\(title(of: knob, knobs)) cannot be turned in this way."
    case .outOfRange(let knob, let value, let allowed):
      "\(title(of: knob, knobs)) cannot be \(Figure.value(value)): "
        + "\(Figure.value(allowed.lowerBound)) to \(Figure.value(allowed.upperBound)) is allowed."
    case .unknownOption(let knob, let option, let allowed):
      "\(title(of: knob, knobs)) has no option \(option), but "
        + allowed.joined(separator: ", ") + "."
    case .invalidSchedule(let knob, let reason):
      "The schedule of \(title(of: knob, knobs)) is refused: \(explain(reason))."
    case .invalidSurrogate(_, let reason): "\(explain(reason))."
    case .unknownCurve(let curve): "There is no learned activation called \(curve)."
    case .unchangeable(let curve, let reason): "\(curve) cannot be changed so: \(reason)."
    case .tooLarge(let needed, let available):
      "Not enough memory: that takes \(mebibytes(needed)), and \(mebibytes(available)) are free."
    case .nothingToUndo: "There is no edit to undo."
    case .nothingToRedo: "There is no edit to redo."
    }
  }

  private static func mebibytes(_ bytes: Int) -> String {
    "\(Int((Double(bytes) / 1_048_576).rounded(.up))) MiB"
  }

  private static func explain(_ error: SurrogateError) -> String {
    switch error {
    case .notNormalizable(let kind, let scale, _):
      "\(kind.rawValue) cannot be scaled to \(scale.rawValue)"
    case .unknownParameter(let kind, let name):
      "\(kind.rawValue) has no number \(name)"
        + (kind.parameters.isEmpty
          ? "" : ", but \(kind.parameters.map(\.name).joined(separator: ", "))")
    case .malformed(let text): "\(text) is no estimator, alone or as triangular(w=2)"
    default: "There is no such estimator"
    }
  }

  private static func explain(_ error: ScheduleError) -> String {
    switch error {
    case .phases(let bypass, let hold):
      "bypass \(Figure.short(bypass)) and hold \(Figure.short(hold)) are more than the whole run"
    case .outOfRange(let field, let value, let allowed):
      "\(field) is \(Figure.value(value)), allowed is \(Figure.value(allowed.lowerBound)) to "
        + Figure.value(allowed.upperBound)
    case .tooFew(let field, let count, let minimum):
      "\(field) has \(count) entries and needs \(minimum)"
    case .notIncreasing(let field, let index): "\(field) does not increase at entry \(index + 1)"
    case .wrongCount(let field, let count, let expected):
      "\(field) has \(count) entries instead of \(expected)"
    }
  }

  private static func title(of knob: String, _ knobs: [Knob]) -> String {
    knobs.first { $0.id == knob }?.title ?? knob
  }
}

extension Conclusion.Outcome {
  var title: String {
    switch self {
    case .completed: "Completed"
    case .stopped: "Stopped"
    case .diverged: "Diverged"
    case .failed: "Failed"
    }
  }
}
