import Documents
import Engine

/// Turns layers of values into an experiment, collecting every mistake on the way.
struct ExperimentReader {
  private(set) var draft: ExperimentDraft
  var errors: [ExperimentError] = []
  /// Keys whose value was refused; what depends on them is not judged.
  private var refused: Set<String> = []
  /// Where each key was last set.
  private var origins: [String: ExperimentError.Origin] = [:]
  /// The preset or file that is read, for mistakes that no single value has made.
  private let source: ExperimentError.Origin

  init(base: Experiment, source: ExperimentError.Origin) {
    draft = ExperimentDraft(experiment: base)
    self.source = source
  }

  /// Sets the keys of a layer, in the order of the table.
  mutating func apply(_ layer: Layer) {
    errors += layer.errors
    let before = draft
    for key in KeyTable.keys {
      if let assignment = layer.assignments[key.path] {
        set(key, to: assignment)
      } else {
        require(key, since: before)
      }
    }
  }

  private mutating func set(_ key: ExperimentKey, to assignment: Layer.Assignment) {
    origins[key.path] = assignment.origin
    do {
      let value = try key.kind.check(assignment.value)
      if !dependsOnRefused(key), let condition = KeyTable.unmet(by: key, in: draft) {
        errors.append(unused(key, under: condition, origin: assignment.origin))
        return
      }
      key.write(&draft, value)
      if key.path == KeyTable.activation.path, key.read(draft) != value {
        refused.insert(key.path)
        let kind = draft.experiment.training.model.fields.kind.rawValue
        errors.append(.unlearned(assignment.origin, kind: kind))
      }
    } catch {
      refused.insert(key.path)
      if let surrogate = error.surrogate {
        return errors.append(.surrogate(assignment.origin, key: key.path, surrogate))
      }
      let random = CoarseEstimatorName.random.rawValue
      if key.takesEstimators, error.found == .text(random) {
        return errors.append(
          .randomEstimator(assignment.origin, key: key.path, entry: error.entry, name: random))
      }
      errors.append(
        .wrongValue(
          assignment.origin, key: key.path, entry: error.entry, found: error.found,
          expected: key.kind))
    }
  }

  /// Refuses that a key is absent which a newly chosen value of its selector needs.
  private mutating func require(_ key: ExperimentKey, since before: ExperimentDraft) {
    guard key.isRequired, let condition = key.condition, !refused.contains(condition.selector),
      let selector = KeyTable.key(at: condition.selector),
      KeyTable.holds(condition, in: draft), !KeyTable.holds(condition, in: before)
    else { return }
    refused.insert(key.path)
    errors.append(
      .missing(
        origins[selector.path] ?? source, key: key.path, selector: selector.path,
        value: selector.read(draft)))
  }

  /// Whether a value was refused that decides, at any remove, on this key.
  private func dependsOnRefused(_ key: ExperimentKey) -> Bool {
    guard let selector = key.condition?.selector else { return false }
    return refused.contains(selector)
      || KeyTable.key(at: selector).map(dependsOnRefused) ?? false
  }

  private func unused(
    _ key: ExperimentKey, under condition: ExperimentKey.Condition,
    origin: ExperimentError.Origin
  ) -> ExperimentError {
    guard let selector = KeyTable.key(at: condition.selector) else {
      return .unknownKey(origin, key: key.path, nearest: nil)
    }
    let takes = KeyTable.keys.filter {
      guard let other = $0.condition, other.selector == selector.path,
        $0.section == selector.section
      else { return false }
      return KeyTable.holds(other, in: draft)
    }
    return .unused(
      origin, key: key.path, condition: condition, present: selector.read(draft),
      takes: takes.map(\.name))
  }

  /// The experiment, checked as a whole.
  mutating func finish() throws(ExperimentFailure) -> Experiment {
    settleTheta()
    checkSide()
    checkShards()
    checkReadout()
    checkTeacher()
    checkFeedForward()
    checkKolmogorov()
    checkInhibitory()
    checkSpiking()
    let model = draft.experiment.training.model
    if case .nru(let nru) = model { checkMemory(nru) }
    if let learned = model.lmu?.learned { checkLearnedHidden(learned) }
    var sites = [("h", model.fields.h), ("m", model.fields.m)]
    if let lmu = model.lmu { sites.append(("u", lmu.u)) }
    for (id, site) in sites {
      check(
        site.resolution, in: "quantizer.\(id).schedule", allowed: QuantizerSite.allowedResolution)
      checkSurrogate(in: "quantizer.\(id)") { () throws(SurrogateError) in
        try site.surrogate.validate(for: site.kind)
      }
    }
    check(
      draft.experiment.training.optimizer.learningRate, in: "optimizer.learningRate",
      allowed: OptimizerConfiguration.allowedLearningRate)
    guard errors.isEmpty else { throw ExperimentFailure(sorted(errors)) }
    return draft.experiment
  }

  /// Gives theta the length of the sequences where it follows that and the length is known.
  private mutating func settleTheta() {
    guard draft.experiment.thetaFollowsSteps else { return }
    if let steps = draft.experiment.problem.steps {
      draft.experiment.training.model.lmu?.theta = Double(steps)
      draft.experiment.thetaFollowsSteps = false
    } else if draft.experiment.training.model.lmu == nil {
      draft.experiment.thetaFollowsSteps = false
    } else {
      draft.experiment.training.model.lmu?.theta = 1
    }
  }

  private mutating func checkSide() {
    let problem = draft.experiment.problem
    let allowed = ProblemConfiguration.allowedSides(of: problem.dataSet)
    guard problem.dataSet != .sequences, !allowed.contains(problem.side),
      let origin = origin(of: ["problem.side", "problem.dataset"])
    else { return }
    errors.append(
      .wrongSide(
        origin, side: problem.side, dataSet: problem.dataSet.rawValue, allowed: allowed))
  }

  private mutating func checkShards() {
    let training = draft.experiment.training
    guard training.shards > training.batch,
      let origin = origin(of: ["training.shards", "training.batch"])
    else { return }
    errors.append(
      .moreShardsThanSamples(
        origin, table: "training", shards: training.shards, batch: training.batch))
  }

  private mutating func checkReadout() {
    let steps = draft.experiment.training.reading.steps
    guard let length = draft.experiment.problem.steps, steps > length,
      let origin = origin(
        of: ["readout.steps", "readout.kind", "problem.side", "problem.dataset"])
    else { return }
    errors.append(.readoutTooLong(origin, steps: steps, length: length))
  }

  private mutating func checkTeacher() {
    let theory = draft.experiment.theory
    guard draft.experiment.kind == .theory, theory.teacher == .given else { return }
    for (key, vector) in [("theory.vStar", theory.v), ("theory.wStar", theory.w)]
    where vector.allSatisfy({ $0 == 0 }) {
      if let origin = origin(of: [key]) { errors.append(.unusableTeacher(origin, key: key)) }
    }
  }

  mutating func check(
    _ schedule: Schedule, in table: String, allowed: ClosedRange<Double>
  ) {
    do {
      try schedule.validate(allowed: allowed)
      if case .bits = schedule.shape {
        try checkBits(schedule.fields, allowed: allowed)
      }
    } catch {
      let names = error.fields
      let keys = names.map { "\(table).\($0)" } + ["\(table).shape"]
      guard let origin = origin(of: keys) else { return }
      errors.append(.schedule(origin, table: table, error))
    }
  }

  mutating func checkSurrogate(
    in table: String, _ validate: () throws(SurrogateError) -> Void
  ) {
    do {
      try validate()
    } catch {
      let names = ["surrogatePlacement", "surrogateNormalization", "surrogate"]
      let keys = [table, "quantizer"].flatMap { table in names.map { "\(table).\($0)" } }
      guard let origin = origin(of: keys + ["\(table).kind"]) else { return }
      errors.append(.surrogate(origin, key: "\(table).surrogate", error))
    }
  }

  /// The resolutions that the bits come to must be allowed as well.
  private func checkBits(
    _ fields: ScheduleFields, allowed: ClosedRange<Double>
  ) throws(ScheduleError) {
    for (field, value) in [("startBits", fields.start), ("endBits", fields.end)]
    where !allowed.contains(value) {
      throw .outOfRange(field: field, value: value, allowed: allowed)
    }
  }

  /// Where the first of some keys that was set at all was set; `nil` if one of them was refused,
  /// so that a mistake is reported once.
  func origin(of keys: [String]) -> ExperimentError.Origin? {
    guard refused.isDisjoint(with: keys) else { return nil }
    return keys.lazy.compactMap { origins[$0] }.first ?? source
  }

  /// In the order of the file, then what has no line.
  private func sorted(_ errors: [ExperimentError]) -> [ExperimentError] {
    let numbered = errors.enumerated().map { index, error in
      if case .file(_, let line?, _) = error.origin {
        (line, index, error)
      } else {
        (Int.max, index, error)
      }
    }
    return numbered.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }
}

extension KeyTable {
  /// Whether keys with this condition have a place in the experiment as it stands.
  static func holds(_ condition: ExperimentKey.Condition, in draft: ExperimentDraft) -> Bool {
    guard let selector = key(at: condition.selector) else { return false }
    return condition.isMet(by: selector.read(draft)) && unmet(by: selector, in: draft) == nil
  }

  /// The condition for which a key has no place in the experiment: the key's own, or before it
  /// that of the key on which it depends. `nil` where it has a place.
  static func unmet(
    by key: ExperimentKey, in draft: ExperimentDraft
  ) -> ExperimentKey.Condition? {
    guard let condition = key.condition, let selector = self.key(at: condition.selector) else {
      return nil
    }
    return unmet(by: selector, in: draft)
      ?? (condition.isMet(by: selector.read(draft)) ? nil : condition)
  }
}

extension ScheduleError {
  /// The keys that the error is about, the most telling first.
  fileprivate var fields: [String] {
    switch self {
    case .phases: ["hold", "bypass"]
    case .outOfRange("startBits", _, _): ["startBits", "width"]
    case .outOfRange("endBits", _, _): ["endBits", "width"]
    case .wrongCount: ["values", "boundaries"]
    case .outOfRange(let field, _, _), .tooFew(let field, _, _), .notIncreasing(let field, _):
      [field]
    }
  }
}
