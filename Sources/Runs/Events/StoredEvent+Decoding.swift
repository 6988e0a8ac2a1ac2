package import Engine
import Foundation

/// From stored events back to what was reported.
extension StoredEvent {
  /// Keys of an evaluation that are no metrics.
  private static let evaluationKeys = [
    "event", "epoch", "step", "split", "seconds", "inherited", "time",
  ]

  package var evaluation: Evaluation? {
    guard name == "evaluated", let epoch = count("epoch"), let step = count("step"),
      let split = text("split").flatMap(Gauge.Split.init)
    else { return nil }
    var metrics: [Reading] = []
    for member in object.members where !Self.evaluationKeys.contains(member.key) {
      Self.flatten(member.value, member.key, into: &metrics)
    }
    return Evaluation(epoch: epoch, step: step, split: split, metrics: metrics)
  }

  package var edit: EditRecord? {
    guard name == "edited", let step = count("step"),
      let edit: Edit = Self.decoded(object["edit"])
    else { return nil }
    return EditRecord(
      step: step, results: count("results"),
      source: text("source").flatMap(EditRecord.Source.init) ?? .user, edit: edit,
      changes: Self.decoded(object["changes"]) ?? [])
  }

  /// The test of stability as it is after this event, which follows `last`; a row without its
  /// beginning is none.
  package func stability(after last: StabilityReport?) -> StabilityReport? {
    guard name == "stability", let step = count("step"), let surrogate = text("surrogate") else {
      return nil
    }
    if let rate = number("rate"), let epochs = count("epochs") {
      return StabilityReport(
        plan: StabilityPlan(surrogate: surrogate, rate: rate, epochs: epochs), step: step,
        samples: count("samples") ?? 0)
    }
    guard var report = last, report.step == step, report.plan.surrogate == surrogate else {
      return nil
    }
    if let epoch = count("epoch") {
      report.test.append(
        StabilityTest.Row(
          epoch: epoch, loss: number("loss") ?? .nan, accuracy: number("accuracy") ?? .nan))
    } else {
      report.isCancelled = object["cancelled"] == .bool(true)
    }
    return report
  }

  package var conclusion: Conclusion? {
    guard name == "ended", let outcome = text("outcome").flatMap(Conclusion.Outcome.init) else {
      return nil
    }
    var metrics: [Reading] = []
    if case .object(let nested)? = object["metrics"] {
      for member in nested.members { Self.flatten(member.value, member.key, into: &metrics) }
    }
    return Conclusion(
      outcome: outcome, reason: text("reason") ?? "", epochs: count("epochs") ?? 0,
      metrics: metrics)
  }

  /// The first report of the run.
  package var beginning: RunBeginning? {
    guard name == "began", let title = text("name"), let steps = count("steps"),
      let epochs = count("epochs"), let stepsPerEpoch = count("stepsPerEpoch"),
      stepsPerEpoch > 0,
      let gauges: [Gauge] = Self.decoded(object["gauges"]), let seed = seed
    else { return nil }
    var summary = StudySummary(
      name: title, model: text("model") ?? "", seed: seed, parameters: integer("parameters") ?? 0,
      state: integer("state") ?? 0, form: text("form") ?? "",
      sites: Self.decoded(object["sites"]) ?? [])
    summary.origin = text("from")
    summary.batch = count("batch").flatMap { $0 > 0 ? $0 : nil }
    summary.surrogates = Self.decoded(object["surrogates"]) ?? []
    summary.theory = Self.decoded(object["theory"])
    summary.curves = text("curves").flatMap(LearnedActivations.init)
    summary.dynamics = Self.decoded(object["dynamics"])
    summary.thresholds = thresholds
    summary.rounding = rounding
    return RunBeginning(
      summary: summary,
      progress: StudyProgress(
        step: 0, steps: steps, epoch: 0, epochs: epochs, stepsPerEpoch: stepsPerEpoch, samples: 0),
      gauges: gauges)
  }

  /// Those of the experiment, where it trains a network without time.
  private var thresholds: QuantizedReLU.Thresholds? {
    guard case .object(let experiment)? = object["experiment"],
      case .object(let table)? = experiment["feedforward"],
      case .string(let name)? = table["thresholds"]
    else { return nil }
    return QuantizedReLU.Thresholds(rawValue: name)
  }

  /// That of the experiment, where it trains a Kolmogorov network whose curves are rounded.
  private var rounding: CurveRounding? {
    guard summaryHasCurves, case .object(let experiment)? = object["experiment"],
      case .object(let table)? = experiment["kolmogorov"],
      case .string(let name)? = table["quantizer"], let rounding = CurveRounding(rawValue: name)
    else { return nil }
    return rounding == .none ? nil : rounding
  }

  private var summaryHasCurves: Bool {
    text("curves") == LearnedActivations.gaussianProcess.rawValue
  }

  /// Seeds above the largest signed number are read as numbers that have lost their last digits.
  private var seed: UInt64? {
    switch object["seed"] {
    case .integer(let value)?: UInt64(exactly: value)
    case .number(let value)?: UInt64(exactly: value.rounded())
    default: nil
    }
  }

  /// Numbers below nested objects, with their dotted paths; texts are left out.
  private static func flatten(_ value: JSONValue, _ path: String, into metrics: inout [Reading]) {
    if case .object(let object) = value {
      for member in object.members {
        flatten(member.value, path + "." + member.key, into: &metrics)
      }
    } else if let number = value.number {
      metrics.append(Reading(path, number))
    } else if value == .null {
      metrics.append(Reading(path, .nan))
    }
  }

  private static func decoded<Value: Decodable>(_ value: JSONValue?) -> Value? {
    guard let value else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return try? decoder.decode(Value.self, from: Data(value.text.utf8))
  }
}

extension RunBeginning {
  /// Adds to the event `began` of a run's file what the dashboard needs to show the run again.
  static func describe(_ beginning: RunBeginning, in object: inout JSONObject) {
    object["name"] = .string(beginning.summary.name)
    object["model"] = .string(beginning.summary.model)
    object["steps"] = .integer(beginning.progress.steps)
    object["epochs"] = .integer(beginning.progress.epochs)
    object["stepsPerEpoch"] = .integer(beginning.progress.stepsPerEpoch)
    object["batch"] = beginning.summary.batch.map(JSONValue.integer)
    object["sites"] = EventEncoder.encoded(beginning.summary.sites)
    object["gauges"] = EventEncoder.encoded(beginning.gauges)
    if !beginning.summary.surrogates.isEmpty {
      object["surrogates"] = .array(beginning.summary.surrogates.map(JSONValue.string))
    }
    object["theory"] = beginning.summary.theory.map { EventEncoder.encoded($0) }
    object["curves"] = beginning.summary.curves.map { .string($0.rawValue) }
    object["dynamics"] = beginning.summary.dynamics.map { EventEncoder.encoded($0) }
  }
}
