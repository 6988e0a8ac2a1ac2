import Engine
import Terminal

/// The first line: what runs at the left, how it goes at the right. The less room there is, the
/// less it says.
struct HeaderView {
  let dashboard: Dashboard

  private var run: Run { dashboard.run }
  private var glyphs: Glyphs { dashboard.glyphs }

  func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty else { return }
    let lefts = self.lefts
    for (right, most) in rights {
      let rightWidth = width(right) + 1
      let left = lefts.prefix(most).first { width($0) + 2 + rightWidth <= canvas.width }
      guard let left else { continue }
      canvas.draw(left, at: .zero)
      canvas.drawRight(right, row: 0, end: canvas.width - 1)
      return
    }
    canvas.draw([state(long: false)[0]], at: .zero)
  }

  private var gap: [Span] { [Span(" ")] }

  private func width(_ spans: [Span]) -> Int { spans.reduce(0) { $0 + $1.width } }

  /// What runs, from the longest form to none.
  private var lefts: [[Span]] {
    let program =
      [Span(" interspike", .accent, .bold)]
      + (dashboard.mode == .run ? [] : [Span(" \(dashboard.mode)", .warning)])
    let name = dashboard.experiment
    guard !name.isEmpty else { return [program, []] }
    var forms: [[Span]] = []
    var words = (run.summary?.model ?? "").split(separator: " ")
    while !words.isEmpty {
      let model = " \(glyphs.separator) " + words.joined(separator: " ")
      forms.append(program + [Span("  \(name)", .title, .bold), Span(model)])
      words.removeLast()
    }
    forms.append(program + [Span("  \(name)", .title, .bold)])
    forms.append([Span(" \(name)", .title, .bold)])
    return forms + [[]]
  }

  /// How it goes, from the longest form to the shortest, each with how many of the left forms are
  /// acceptable beside it.
  private var rights: [(spans: [Span], lefts: Int)] {
    let all = lefts.count
    let named = max(1, all - 2)
    let long = state(long: true)
    let short = state(long: false)
    return [
      (long + gap + epoch(long: true) + batch + times + speed(long: true), 1),
      (long + gap + epoch(long: true) + times + speed(long: true), 1),
      (short + shortGap + epoch(long: true) + times + speed(long: false), named),
      (short + shortGap + epoch(long: true) + times, all - 1),
      (short + shortGap + epoch(long: true), all - 1),
      (short + epoch(long: false), all),
      (short, all),
    ]
  }

  /// The state as sign and word; while training goes on, the sign alone says so in short.
  private func state(long: Bool) -> [Span] {
    let sign = self.sign
    let word = long || !isPlainTraining ? " \(self.word)" : ""
    return [Span(sign.text + word, style: sign.style)]
  }

  private var isPlainTraining: Bool { run.phase == .training && run.evaluation == nil }

  /// A lone sign stands closer to what follows than a word does.
  private var shortGap: [Span] { isPlainTraining ? [] : gap }

  private var sign: Span {
    switch run.phase {
    case .preparing: Span(glyphs.circle, .dim)
    case .training: Span(String(Character(glyphs.playing)), .good, .bold)
    case .paused: Span(" " + glyphs.paused, .warning, [.bold, .reverse])
    case .evaluating: Span(glyphs.circle, .accent, .bold)
    case .stopping: Span(glyphs.square, .warning, .bold)
    case .ended:
      Span(glyphs.square, endedWell ? .good : .error, .bold)
    case .failed: Span(glyphs.cross, .error, .bold)
    }
  }

  private var endedWell: Bool {
    switch run.conclusion?.outcome {
    case .diverged, .failed: false
    case .completed, .stopped, nil: true
    }
  }

  private var word: String {
    if let evaluation = run.evaluation, run.phase != .paused {
      let share = 100 * evaluation.done / max(1, evaluation.total)
      let verb =
        evaluation.purpose == .sweep
        ? "sweeping w" : evaluation.split == .test ? "testing" : "validating"
      return "\(verb) \(share) %"
    }
    switch run.phase {
    case .preparing: return "preparing"
    case .training:
      return dashboard.mode == .replay
        ? "playing"
        : dashboard.isTheory
          ? "descending" : dashboard.isSimulation ? "simulating" : "training"
    case .paused: return "paused "
    case .evaluating: return "validating"
    case .stopping: return "stopping"
    case .ended: return run.conclusion.map { $0.outcome.rawValue } ?? "ended"
    case .failed: return "failed"
    }
  }

  private func epoch(long: Bool) -> [Span] {
    guard let progress = run.progress else { return [] }
    if let network = run.summary?.dynamics, let simulated = dashboard.simulated {
      let times = [simulated, network.end].map { Figure.plain($0.rounded()) }
      return [Span((long ? " time " : " ") + times.joined(separator: "/"))]
    }
    if dashboard.isTheory {
      let steps = [progress.step, progress.steps].map { Figure.plain(Double($0)) }
      return [Span((long ? " step " : " ") + steps.joined(separator: "/"))]
    }
    let present = run.isOver ? progress.epoch : min(progress.epoch + 1, progress.epochs)
    return [Span((long ? " epoch " : " ") + "\(present)/\(progress.epochs)")]
  }

  private var batch: [Span] {
    guard let progress = run.progress, !run.isOver, !dashboard.isTheory,
      !dashboard.isSimulation
    else { return [] }
    let done = progress.step - progress.epoch * progress.stepsPerEpoch
    return [Span("  batch \(max(0, done))/\(progress.stepsPerEpoch)")]
  }

  /// Time spent and, while it goes on, time left.
  private var times: [Span] {
    guard run.progress != nil else { return [] }
    let spent = Span("  \(Figure.duration(run.seconds))")
    guard let remaining = run.remaining else { return [spent] }
    return [spent, Span(" \(glyphs.longArrow) ", .dim), Span(Figure.duration(remaining))]
  }

  private func speed(long: Bool) -> [Span] {
    if let network = run.summary?.dynamics {
      guard !run.isOver, let pace = run.pace.secondsPerStep, pace > 0 else { return [] }
      let speed = Number.short(network.interval / pace, digits: 2)
      return [Span("  \(speed)\(long ? " time/s" : "/s")")]
    }
    guard run.samplesPerSecond > 0, !run.isOver else { return [] }
    let unit = !long ? "/s" : dashboard.isTheory ? " steps/s" : " samples/s"
    return [Span("  \(Number.short(run.samplesPerSecond, digits: 2))\(unit)")]
  }
}
