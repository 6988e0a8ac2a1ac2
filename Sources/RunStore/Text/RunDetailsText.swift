/// Everything that is known of one run as text for reading.
package struct RunDetailsText {
  private let details: RunDetails
  private let now: Double

  /// Edits that are printed, the last ones.
  private static let mostEdits = 20
  private static let label = 12

  /// `now` in seconds since 1970.
  package init(_ details: RunDetails, now: Double) {
    self.details = details
    self.now = now
  }

  /// Lines without their ends.
  package var lines: [String] {
    [Figures.visible(details.row.name)] + facts + results + settings + edits + checkpoints
      + warnings
  }

  private var facts: [String] {
    let (row, summary) = (details.row, details.summary)
    var facts: [(String, String?)] = [
      ("folder", row.folder), ("experiment", row.experiment), ("model", row.model),
      ("parameters", row.parameters.map(String.init)), ("seed", row.seed.map(String.init)),
      ("state", [row.state.rawValue, row.reason].compactMap(\.self).joined(separator: ": ")),
      ("created", row.created.map { time($0) }), ("ended", row.ended.map { time($0) }),
      ("worked", row.seconds.map { Figures.fixed($0, 1) + " s" }),
      ("step", progress(row.step, of: row.steps)), ("epoch", progress(row.epoch, of: row.epochs)),
    ]
    let at = { (step: Int?) in step.map { " at step \($0)" } ?? "" }
    facts.append(("forked from", row.parent.map { $0 + at(row.parentStep) }))
    facts += details.forks.map { ("fork", $0.name + at($0.step)) }
    if !summary.resumes.isEmpty {
      let steps = summary.resumes.suffix(10).map(String.init).joined(separator: ", ")
      facts.append(("resumed", "\(summary.resumes.count) times, the last from step \(steps)"))
      if summary.resumes.count == 1 { facts[facts.count - 1].1 = "from step \(steps)" }
    }
    facts.append(("tags", row.tags.isEmpty ? nil : row.tags.joined(separator: " ")))
    var lines = facts.compactMap { name, text in text.map { fact(name, Figures.visible($0)) } }
    for (index, line) in (row.note ?? "").split(whereSeparator: \.isNewline).enumerated() {
      lines.append(fact(index == 0 ? "note" : "", Figures.visible(String(line))))
    }
    return lines
  }

  private func fact(_ name: String, _ text: String) -> String {
    "  " + padded(name, Self.label) + " " + text
  }

  private func time(_ text: String) -> String {
    guard let seconds = Timestamp.seconds(text) else { return text }
    let parts = text.prefix(19).split(separator: "T")
    return parts.joined(separator: " ") + " UTC, \(Figures.age(max(0, now - seconds))) ago"
  }

  private func progress(_ count: Int?, of all: Int?) -> String? {
    count.map { count in all.map { "\(count) of \($0)" } ?? String(count) }
  }

  /// All metrics but operations and energy, which are many.
  private var results: [String] {
    let metrics = details.summary.metrics.filter { metric in
      !metric.key.contains(".operations.") && !metric.key.contains(".energy.")
    }
    guard !metrics.isEmpty else { return [] }
    let width = metrics.map(\.key.count).max() ?? 0
    let titles = "  " + padded("results", width) + "        last        best"
    return ["", titles]
      + metrics.map { metric in
        "  " + padded(Figures.visible(metric.key), width)
          + [metric.last, metric.best].map { aligned(Figures.number($0), 12) }.joined()
      }
  }

  private var settings: [String] {
    guard !details.summary.settings.isEmpty else { return [] }
    guard !details.differences.isEmpty else {
      return ["", "  all settings are those of the preset \(details.preset)"]
    }
    return ["", "  settings other than those of the preset \(details.preset)"]
      + details.differences.map { difference in
        let preset = difference.preset.map(Figures.value) ?? "none"
        return "  \(Figures.visible(difference.key)) = \(Figures.value(difference.value))"
          + " (preset: \(preset))"
      }
  }

  private var edits: [String] {
    let edits = details.summary.edits
    guard edits.count > 0 else { return [] }
    let shown = edits.last.suffix(Self.mostEdits)
    let title =
      shown.count == edits.count
      ? "edits" : "edits, the last \(shown.count) of \(edits.count)"
    return ["", "  " + title]
      + shown.map { edit in
        "  step \(edit.step)  \(Figures.visible(edit.json))" + (edit.isByRule ? "  by rule" : "")
          + (edit.isAbandoned ? "  given up: resumed from before it" : "")
      }
  }

  private var checkpoints: [String] {
    guard !details.checkpoints.isEmpty else { return ["", "  no checkpoints"] }
    return ["", "  checkpoints"]
      + details.checkpoints.map { checkpoint in
        "  step \(aligned(String(checkpoint.step), 9))"
          + "  \(aligned(Figures.size(checkpoint.bytes), 10))"
          + (checkpoint.reason.map { "  " + Figures.visible($0) } ?? "")
      }
  }

  private var warnings: [String] {
    var lines: [String] = []
    let damaged = details.summary.damagedLines
    if damaged > 0 {
      lines.append("  \(damaged) damaged line\(damaged == 1 ? "" : "s") of events.jsonl left out")
    }
    if details.summary.isAboutDamaged { lines.append("  about.json cannot be read") }
    return lines.isEmpty ? [] : [""] + lines
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
