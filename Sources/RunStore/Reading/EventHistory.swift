import Runs

/// Puts together what the lines of `events.jsonl` tell. Lines that are damaged are counted and
/// skipped; events that are not known are skipped.
struct EventHistory {
  private(set) var summary: RunSummary
  private var tally = MetricTally()
  private let abandonment: Abandonment
  private var line = 0
  /// When the present stretch of work began, and the seconds of those before it.
  private var stretchStart: Double?
  private var stretchSeconds = 0.0
  private var latestTime: Double?

  private static let mostKept = 10_000

  init(folder: String, abandonment: Abandonment) {
    summary = RunSummary(folder: folder)
    self.abandonment = abandonment
  }

  /// The name of a line's event, which comes first in it.
  static func event(of line: ArraySlice<UInt8>) -> Substring.UTF8View? {
    let prefix = #"{"event":""#.utf8
    guard line.starts(with: prefix) else { return nil }
    let name = line.dropFirst(prefix.count).prefix(24).prefix { $0 != UInt8(ascii: "\"") }
    return Substring(decoding: name, as: UTF8.self).utf8
  }

  /// Takes the next line. The last one may be cut off while it is being written, which is no
  /// damage.
  mutating func take(_ bytes: ArraySlice<UInt8>, isEnded: Bool) {
    defer { line += 1 }
    guard !bytes.isEmpty else { return }
    guard let name = Self.event(of: bytes) else {
      summary.damagedLines += isEnded ? 1 : 0
      return
    }
    let event = String(Substring(name))
    guard Self.known.contains(event) else { return }
    guard let object = (try? JSONParser.parse(Array(bytes)))?.object else {
      summary.damagedLines += isEnded ? 1 : 0
      return
    }
    summary.hasEvents = true
    take(event, object)
  }

  private static let known: Set = ["began", "resumed", "edited", "evaluated", "saved", "ended"]

  private mutating func take(_ event: String, _ object: JSONObject) {
    let time = object["time"]?.string.flatMap { text in Timestamp.seconds(text).map { (text, $0) } }
    if event == "began" || event == "resumed" { beginStretch(at: time?.1) }
    latestTime = time?.1 ?? latestTime
    switch event {
    case "began": began(object, at: time?.0)
    case "resumed": resumed(object)
    case "edited": edited(object)
    case "evaluated": evaluated(object)
    case "saved": saved(object)
    default: ended(object, at: time?.0)
    }
    if let seconds = object["seconds"]?.double, seconds >= 0 {
      (stretchSeconds, stretchStart) = (seconds, event == "ended" ? nil : time?.1)
    }
  }

  private mutating func beginStretch(at time: Double?) {
    stretchSeconds = secondsSoFar
    stretchStart = time
    latestTime = nil
  }

  private var secondsSoFar: Double {
    guard let stretchStart, let latestTime, latestTime > stretchStart else { return stretchSeconds }
    return stretchSeconds + latestTime - stretchStart
  }

  private mutating func began(_ object: JSONObject, at time: String?) {
    let text = { (key: String) in object[key]?.string.map { RunSummary.shortened($0) } }
    summary.created = summary.created ?? time
    summary.model = text("model")
    summary.seed = object["seed"]?.count
    summary.parameters = object["parameters"]?.count
    summary.steps = object["steps"]?.count
    summary.epochs = object["epochs"]?.count
    if let experiment = object["experiment"]?.object {
      summary.settings = Flattening.settings(experiment)
    }
    summary.experiment = text("name")
    if case .text(let name)? = summary.setting("name") { summary.experiment = name }
    let parent = object["parent"]?.object
    summary.parent = parent?["run"]?.string.map { RunSummary.shortened($0) }
    summary.parentStep = parent?["step"]?.count
    (summary.outcome, summary.reason, summary.ended) = (nil, nil, nil)
  }

  private mutating func resumed(_ object: JSONObject) {
    (summary.outcome, summary.reason, summary.ended) = (nil, nil, nil)
    summary.step = object["step"]?.count ?? summary.step
    summary.epoch = object["epoch"]?.count ?? summary.epoch
    if summary.resumes.count < Self.mostKept { summary.resumes.append(summary.step ?? 0) }
  }

  private mutating func edited(_ object: JSONObject) {
    guard let step = object["step"]?.count, let edit = object["edit"] else { return }
    let isAbandoned = reach(step)
    summary.edits.count += 1
    if summary.edits.last.count == RunSummary.Edits.most { summary.edits.last.removeFirst() }
    summary.edits.last.append(
      RunSummary.Edit(
        step: step, json: RunSummary.shortened(edit.text),
        isByRule: object["source"]?.string == "rule", isAbandoned: isAbandoned))
  }

  private mutating func evaluated(_ object: JSONObject) {
    guard let split = object["split"]?.string, split.utf8.count < 64 else { return }
    let isAbandoned = reach(object["step"]?.count)
    guard !isAbandoned else { return }
    summary.epoch = object["epoch"]?.count ?? summary.epoch
    var numbers = Flattening.numbers(object, below: "")
    numbers.removeAll { ["epoch", "step", "seconds"].contains($0.key) }
    tally.take(numbers, split: split)
    guard split == "validation" else { return }
    let accuracies = ["spiking.accuracy", "nonSpiking.accuracy"].lazy.compactMap { key in
      numbers.first { $0.key == key }?.value
    }
    if let accuracy = accuracies.first { summary.trace.append(accuracy) }
  }

  private mutating func saved(_ object: JSONObject) {
    guard let step = object["step"]?.count else { return }
    _ = reach(step)
    guard let reason = object["reason"]?.string, summary.savedReasons.count < Self.mostKept
    else { return }
    summary.savedReasons[step] = RunSummary.shortened(reason)
  }

  private mutating func ended(_ object: JSONObject, at time: String?) {
    summary.outcome = object["outcome"]?.string.map { RunSummary.shortened($0) }
    summary.reason = object["reason"]?.string.map { RunSummary.shortened($0) }
    summary.ended = time
    summary.epoch = object["epochs"]?.count ?? summary.epoch
    if summary.outcome == "completed" { summary.step = summary.steps ?? summary.step }
    guard !abandonment.covers(step: summary.step ?? 0, ofLine: line) else { return }
    for member in object["metrics"]?.object?.members ?? [] where member.key.utf8.count < 64 {
      guard let metrics = member.value.object else { continue }
      tally.take(Flattening.numbers(metrics, below: ""), split: member.key)
    }
  }

  /// Notes that the run has come to a step; tells whether it was given up later.
  private mutating func reach(_ step: Int?) -> Bool {
    guard let step else { return false }
    summary.step = max(step, summary.step ?? 0)
    return abandonment.covers(step: step, ofLine: line)
  }

  /// What is known after the last line.
  func finished(leftOut: Int) -> RunSummary {
    var summary = summary
    summary.damagedLines += leftOut
    summary.metrics = tally.sorted
    summary.seconds = summary.hasEvents ? (secondsSoFar * 1000).rounded() / 1000 : nil
    return summary
  }
}
