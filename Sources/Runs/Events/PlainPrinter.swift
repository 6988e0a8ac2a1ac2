import Engine

/// Writes a run for reading: what runs, a line for each epoch and about every two seconds of work,
/// edits, and the results. A pure function of the reports before.
package struct PlainPrinter {
  /// No line is wider, apart from paths and names that cannot be broken.
  package static let width = 100
  /// Seconds of work between two lines of the table.
  private static let interval = 2.0
  /// Lines after which the titles are said again.
  private static let linesPerTitle = 40

  private let describe: (any Error) -> String
  private let style: PlainStyle
  private var table: PlainProgressTable?
  private var sites: [StudySummary.Site] = []
  /// Simulated time of a step; `nil` of other runs.
  private var interval: Double?
  private var regimeNames = (spiking: "spiking", nonSpiking: "non-spiking")
  private var linesSinceTitle = 0
  private var secondsOfLastLine = 0.0
  /// The last readings, and whether the table has a line for the epoch that they belong to.
  private var last: TimedEvent?
  private var epochIsPrinted = true
  /// Whether it has one for these readings themselves.
  private var lastIsPrinted = false

  /// `describe` gives the sentence for a refused edit.
  package init(colour: Bool = false, describe: @escaping (any Error) -> String) {
    style = PlainStyle(colour: colour)
    self.describe = describe
  }

  /// The lines for a report, without line breaks; often none.
  package mutating func lines(for report: RunnerReport) -> [String] {
    switch report {
    case .began(let beginning): begin(beginning)
    case .event(let timed): lines(for: timed)
    case .refused(_, let error): note("edit refused: " + describe(error), style.warning)
    case .declined(let reason): note("not done: \(reason)", style.warning)
    case .saved(let path, .asked), .saved(let path, .end): note("saved \(path)", style.plain)
    case .saved: []
    case .saveFailed(let reason): note("could not save: \(reason)", style.warning)
    case .saveRecovered(let lost):
      note(
        "saving works again" + (lost > 0 ? "; \(lost) readings and events are lost" : ""),
        style.plain)
    case .failed(let reason): note("failed: \(reason)", style.failure)
    case .recalled, .recording, .state, .resting, .knobs, .probe: []
    }
  }

  private func note(_ text: String, _ paint: (String) -> String) -> [String] {
    PlainText.wrapped(text, to: Self.width).map(paint)
  }

  private mutating func begin(_ beginning: RunBeginning) -> [String] {
    let (summary, progress) = (beginning.summary, beginning.progress)
    table = PlainProgressTable(beginning, width: Self.width)
    sites = summary.sites
    regimeNames = summary.regimeNames
    interval = summary.dynamics?.interval
    let units = summary.sites.map { "\($0.id) \($0.units)" }.joined(separator: ", ")
    let title = note("\(summary.name): \(summary.model), seed \(summary.seed)", style.title)
    if let theory = summary.theory {
      return title + note(Self.description(of: theory, progress), style.plain)
    }
    if let network = summary.dynamics {
      return title + note(Self.description(of: network), style.plain)
    }
    let hasTime = summary.hasTime
    let sizes =
      "\(summary.parameters) parameters, "
      + (hasTime ? "\(summary.state) state variables, " : "")
      + (units.isEmpty ? "" : "units \(units), ")
      + (["stepwise", StudySummary.spikeTrainForm].contains(summary.form) || !hasTime
        ? "" : "computed \(summary.form), ")
      + "\(progress.epochs) \(progress.epochs == 1 ? "epoch" : "epochs") of \(progress.stepsPerEpoch) steps"
    let origin = summary.origin.map { note("begins with the weights of \($0)", style.plain) } ?? []
    return title + note(sizes, style.plain) + origin
  }

  private static func description(of theory: TheoryOutline, _ progress: StudyProgress) -> String {
    let race = theory.race.isEmpty ? "" : " beside " + theory.race.joined(separator: ", ")
    let norm = PlainText.significant(theory.startNorm)
    return "lead \(theory.estimator)\(race), |w| = \(norm) at the start, \(progress.steps) steps"
  }

  private static func description(of network: DynamicsOutline) -> String {
    let inputs = network.isGlobal ? "all others" : "\(network.inDegree) others"
    let (transient, end) = (network.transient, network.end)
    return "\(network.neurons) neurons, each inhibited by \(inputs), "
      + "\(PlainText.significant(end, 9)) units of time, results after "
      + PlainText.significant(transient, 9)
  }

  private mutating func lines(for timed: TimedEvent) -> [String] {
    switch timed.event {
    case .stepped(let readings): return stepped(readings, timed)
    case .evaluated(let evaluation):
      table?.note(evaluation)
      guard evaluation.split == .validation else { return [] }
      epochIsPrinted = epochIsPrinted || timed.progress.epoch >= epoch(of: last)
      return row(of: last ?? timed, at: timed, with: evaluation)
    case .edited(let record):
      return note(PlainEdit.sentence(for: record), style.edit)
    case .ended(let conclusion):
      let open =
        epochIsPrinted || lastIsPrinted ? [] : last.map { row(of: $0, at: $0, with: nil) } ?? []
      return open
        + PlainResults(
          style: style, sites: sites, width: Self.width, regimeNames: regimeNames,
          simulated: interval.map { Double(timed.progress.step) * $0 }
        )
        .lines(for: conclusion, seconds: timed.seconds)
    case .swept(let sweep): return SweepText(sweep, width: Self.width).table
    case .stability(let report): return StabilityText.lines(report)
    case .evaluating: return []
    }
  }

  private mutating func stepped(_ readings: Readings, _ timed: TimedEvent) -> [String] {
    var lines: [String] = []
    if epoch(of: last) != readings.epoch {
      if let last, !epochIsPrinted, !lastIsPrinted { lines += row(of: last, at: last, with: nil) }
      epochIsPrinted = false
    }
    last = timed
    lastIsPrinted = false
    if timed.seconds - secondsOfLastLine >= Self.interval {
      lines += row(of: timed, at: timed, with: nil)
      lastIsPrinted = true
    }
    return lines
  }

  /// Epoch of a step, counted from 1; 0 for none.
  private func epoch(of stepped: TimedEvent?) -> Int {
    if case .stepped(let readings) = stepped?.event { readings.epoch } else { 0 }
  }

  /// A line of the table with the readings of `stepped`, under its titles where they are due.
  private mutating func row(
    of stepped: TimedEvent, at now: TimedEvent, with evaluation: Evaluation?
  ) -> [String] {
    guard let table else { return [] }
    var lines: [String] = []
    if linesSinceTitle % Self.linesPerTitle == 0 {
      lines += ["", style.title(table.titles)]
    }
    linesSinceTitle += 1
    secondsOfLastLine = now.seconds
    return lines + [table.row(of: stepped, with: evaluation)]
  }
}

/// Colours of the printed text, if any.
struct PlainStyle {
  var colour: Bool

  func plain(_ text: String) -> String { text }
  func title(_ text: String) -> String { paint(text, "1") }
  func edit(_ text: String) -> String { paint(text, "36") }
  func warning(_ text: String) -> String { paint(text, "33") }
  func failure(_ text: String) -> String { paint(text, "31") }

  /// Selects a graphic rendition (ECMA-48) around a line.
  private func paint(_ text: String, _ rendition: String) -> String {
    colour ? "\u{1B}[\(rendition)m\(text)\u{1B}[0m" : text
  }
}
