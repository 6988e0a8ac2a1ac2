import Engine
import Foundation

/// Writes a run as JSON, one object a line: the stream of `--json` and of a run's event file.
///
/// Events are `began`, `stepped`, `evaluated`, `swept`, `stability`, `edited`, `ended` and `saved`;
/// the key `event` comes first, the other keys of the contract follow in its order, and further
/// readings after them. Dotted ids become nested objects: `w.h` is member `h` of member `w`. Numbers
/// that are not finite, such as the resolution of a bypassed quantizer, are `null`.
package struct EventEncoder {
  private let version: String
  private let run: String
  private let experiment: String
  /// Epochs and seconds of work as last heard, for the end of a run that failed.
  private var epochs = 0
  private var seconds = 0.0

  /// `experiment` is a JSON object without line breaks.
  package init(version: String, run: String, experiment: String) {
    self.version = version
    self.run = run
    self.experiment = experiment
  }

  /// The line for a report, without its line break; `nil` for reports that are no events of the
  /// stream.
  package mutating func line(for report: RunnerReport) -> String? {
    object(for: report).map { JSONValue.object($0).text }
  }

  /// The object of a line.
  mutating func object(for report: RunnerReport) -> JSONObject? {
    switch report {
    case .began(let beginning):
      return object(began: beginning.summary)
    case .event(let timed):
      seconds = timed.seconds
      epochs = timed.progress.epoch
      return object(for: timed)
    case .failed(let reason):
      return object(
        ended: Conclusion(outcome: .failed, reason: reason, epochs: epochs, metrics: []))
    case .saved(let path, let reason):
      return object(saved: path, reason)
    case .recalled, .recording, .state, .resting, .knobs, .probe, .refused, .declined, .saveFailed,
      .saveRecovered:
      return nil
    }
  }

  private func object(for timed: TimedEvent) -> JSONObject? {
    switch timed.event {
    case .stepped(let readings): object(stepped: readings, of: timed)
    case .evaluated(let evaluation): Self.object(evaluated: evaluation)
    case .swept(let sweep): SweepText.event(sweep)
    case .stability(let report): StabilityText.event(report, trained: timed.progress.step)
    case .edited(let record): object(edited: record)
    case .ended(let conclusion): object(ended: conclusion)
    case .evaluating: nil
    }
  }

  private func object(began summary: StudySummary) -> JSONObject {
    var object = Self.event("began")
    object["version"] = .string(version)
    object["run"] = .string(run)
    object["seed"] = .unsigned(summary.seed)
    object["experiment"] = .encoded(experiment)
    object["parameters"] = .integer(summary.parameters)
    object["state"] = .integer(summary.state)
    object["form"] = .string(summary.form)
    object["from"] = summary.origin.map(JSONValue.string)
    return object
  }

  /// Gauges with a place of their own in the contract.
  private static let placedGauges = ["loss", "learningRate", "w", "rate"]

  private func object(stepped readings: Readings, of timed: TimedEvent) -> JSONObject {
    var object = Self.event("stepped")
    object["epoch"] = .integer(readings.epoch)
    object["step"] = .integer(readings.step)
    object["samples"] = .integer(readings.samples)
    object["seconds"] = Self.rounded(timed.seconds, to: 1000)
    let isPlaced = { (reading: Reading) in
      Self.placedGauges.contains { reading.gauge == $0 || reading.gauge.hasPrefix($0 + ".") }
    }
    for gauge in Self.placedGauges {
      for reading in readings.values
      where reading.gauge == gauge || reading.gauge.hasPrefix(gauge + ".") {
        object.insert(.number(reading.last), at: reading.gauge)
      }
    }
    object["samplesPerSecond"] = Self.rounded(timed.samplesPerSecond, to: 10)
    for reading in readings.values where !isPlaced(reading) {
      object.insert(.number(reading.last), at: reading.gauge)
    }
    return object
  }

  /// The order of metrics, on every level below an evaluation.
  private static let metricOrder =
    ["spiking", "nonSpiking", "sites", "operations", "energy"]
    + ["accuracy", "spread", "draws", "loss"]
    + ["bitsRange", "bitsEntropy", "significantBits", "spikeRate", "zeroFraction"]
    + ["assumptions"]

  static func nested(_ metrics: [Reading]) -> JSONObject {
    var object = JSONObject()
    for metric in metrics { object.insert(.number(metric.last), at: metric.gauge) }
    for prefix in [""] + Gauge.Split.allCases.map({ $0.rawValue + "." }) {
      let energy = EnergyResults(metrics, below: prefix)
      for estimate in energy.estimates {
        object.insert(
          .string(energy.assumptions(of: estimate)),
          at: "\(prefix)energy.\(estimate.rawValue).assumptions")
      }
    }
    return object.ordered(by: metricOrder)
  }

  static func object(evaluated evaluation: Evaluation) -> JSONObject {
    var object = event("evaluated")
    object["epoch"] = .integer(evaluation.epoch)
    object["step"] = .integer(evaluation.step)
    object["split"] = .string(evaluation.split.rawValue)
    for member in nested(evaluation.metrics).members {
      object[member.key] = object[member.key] ?? member.value
    }
    return object
  }

  private func object(saved path: String, _ reason: SaveReason) -> JSONObject {
    var object = Self.event("saved")
    object["checkpoint"] = .string(path)
    object["step"] = RunLocation.step(ofCheckpointFile: path).map(JSONValue.integer)
    object["reason"] = .string(reason.rawValue)
    return object
  }

  private func object(edited record: EditRecord) -> JSONObject {
    var object = Self.event("edited")
    object["step"] = .integer(record.step)
    object["results"] = record.results.map(JSONValue.integer)
    object["edit"] = Self.encoded(record.edit)
    object["changes"] = Self.encoded(record.changes)
    // Whoever replays the edits of a run must leave out those that its rules will make again.
    if record.source == .rule { object["source"] = .string(record.source.rawValue) }
    return object
  }

  private func object(ended conclusion: Conclusion) -> JSONObject {
    var object = Self.event("ended")
    object["outcome"] = .string(conclusion.outcome.rawValue)
    object["reason"] = .string(conclusion.reason)
    object["epochs"] = .integer(conclusion.epochs)
    object["seconds"] = Self.rounded(seconds, to: 1000)
    object["metrics"] = .object(Self.nested(conclusion.metrics))
    return object
  }

  static func event(_ name: String) -> JSONObject {
    var object = JSONObject()
    object["event"] = .string(name)
    return object
  }

  /// A value in the form in which it is decoded.
  static func encoded(_ value: some Encodable) -> JSONValue {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    guard let data = try? encoder.encode(value) else { return .null }
    return .encoded(String(decoding: data, as: UTF8.self))
  }

  private static func rounded(_ value: Double, to parts: Double) -> JSONValue {
    .number((value * parts).rounded() / parts)
  }
}
