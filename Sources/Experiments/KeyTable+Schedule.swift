import Documents
import Engine

/// What a schedule schedules, as far as its keys depend on it.
struct ScheduledQuantity: Sendable {
  let range: ClosedRange<Double>
  let shapes: [ScheduleShapeName]
  /// Whether the quantity may be infinite at first.
  let hasBypass: Bool

  static let resolution = ScheduledQuantity(
    range: QuantizerSite.allowedResolution, shapes: ScheduleShapeName.allCases, hasBypass: true)

  /// Bits and infinity mean nothing to a learning rate.
  static let learningRate = ScheduledQuantity(
    range: OptimizerConfiguration.allowedLearningRate,
    shapes: ScheduleShapeName.allCases.filter { $0 != .bits }, hasBypass: false)
}

extension ScheduledQuantity {
  static let coupling = ScheduledQuantity(
    range: InhibitoryConfiguration.allowedCouplings, shapes: learningRate.shapes, hasBypass: false)
}

extension KeyTable {
  /// The keys of a schedule in the table `table`, all of them only under `condition`.
  static func schedule(
    _ table: String, of quantity: ScheduledQuantity,
    when condition: ExperimentKey.Condition? = nil,
    read: @escaping @Sendable (ExperimentDraft) -> Schedule,
    write: @escaping @Sendable (inout ExperimentDraft, Schedule) -> Void
  ) -> [ExperimentKey] {
    let keys = ScheduleKeys(
      table: table, quantity: quantity, condition: condition, read: read, write: write)
    return keys.phases + keys.ends + keys.counted + keys.listed
      + (quantity.shapes.contains(.bits) ? keys.bits : [])
  }
}

/// Makes the keys of one schedule.
private struct ScheduleKeys {
  let table: String
  let quantity: ScheduledQuantity
  /// Condition of the shape, on which all other keys depend.
  let condition: ExperimentKey.Condition?
  let read: @Sendable (ExperimentDraft) -> Schedule
  let write: @Sendable (inout ExperimentDraft, Schedule) -> Void

  private var range: ExperimentKey.NumberRange { .init(quantity.range) }
  private var allShapes: [ScheduleShapeName] { quantity.shapes }

  /// A key that reads and changes the schedule as a whole.
  private func key(
    _ name: String, _ kind: ExperimentKey.Kind, _ meaning: String,
    for shapes: [ScheduleShapeName]?, isRequired: Bool = false,
    get: @escaping @Sendable (Schedule) -> DocumentValue,
    set: @escaping @Sendable (inout Schedule, DocumentValue) -> Void
  ) -> ExperimentKey {
    let condition = shapes.map {
      ExperimentKey.Condition(selector: "\(table).shape", values: .names($0.map(\.rawValue)))
    }
    let (read, write) = (read, write)
    return ExperimentKey(
      "\(table).\(name)", kind, meaning, when: condition ?? self.condition, isRequired: isRequired
    ) { draft in
      get(read(draft))
    } write: { draft, value in
      var schedule = read(draft)
      set(&schedule, value)
      write(&draft, schedule)
    }
  }

  private func number(
    _ name: String, in range: ExperimentKey.NumberRange, _ meaning: String,
    for shapes: [ScheduleShapeName]?,
    at target: any WritableKeyPath<Schedule, Double> & Sendable
  ) -> ExperimentKey {
    key(name, .number(range), meaning, for: shapes) { schedule in
      .number(schedule[keyPath: target])
    } set: { schedule, value in
      if case .number(let number) = value { schedule[keyPath: target] = number }
    }
  }

  /// The shape, and the phases around it.
  var phases: [ExperimentKey] {
    let words = Choices.shapes.filter { word in allShapes.contains { $0.rawValue == word.name } }
    let shape = key("shape", .choice(words), "Path of the value over the run", for: nil) {
      .text($0.fields.name.rawValue)
    } set: { schedule, value in
      if case .text(let text) = value, let name = ScheduleShapeName(rawValue: text) {
        schedule.fields.name = name
      }
    }
    let share = ExperimentKey.NumberRange(0...1)
    let bypass = number(
      "bypass", in: share, "Share of the run, at its start, with the quantizer off",
      for: allShapes, at: \.bypass)
    let hold = number(
      "hold", in: share, "Share of the run, at its end, during which the last value is held",
      for: allShapes, at: \.hold)
    return quantity.hasBypass ? [shape, bypass, hold] : [shape, hold]
  }

  var ends: [ExperimentKey] {
    let paths: [ScheduleShapeName] = [.linear, .geometric, .harmonic, .cosine, .cosineLog, .step]
    return [
      number("value", in: range, "The value throughout", for: [.hold], at: \.fields.value),
      number(
        "start", in: range, "The first value", for: paths + [.exponential], at: \.fields.start),
      number("end", in: range, "The last value", for: paths, at: \.fields.end),
    ]
  }

  var counted: [ExperimentKey] {
    [
      key("plateaus", .integer(2...1000), "Number of equal stretches", for: [.step]) {
        .integer($0.fields.plateaus)
      } set: { schedule, value in
        if case .integer(let count) = value { schedule.fields.plateaus = count }
      },
      number(
        "rate", in: .init(above: 0, upTo: 1), "Factor per decaySteps steps", for: [.exponential],
        at: \.fields.rate),
      number(
        "decaySteps", in: .init(1...Double(Int32.max)),
        "Optimizer steps in which the value falls by the rate", for: [.exponential],
        at: \.fields.decaySteps),
      key("staircase", .flag, "Whether the value falls in jumps", for: [.exponential]) {
        .flag($0.fields.staircase)
      } set: { schedule, value in
        if case .flag(let flag) = value { schedule.fields.staircase = flag }
      },
    ]
  }

  var listed: [ExperimentKey] {
    [
      key(
        "boundaries", .numbers(.init(0...Double(Int32.max)), minimumCount: 0),
        "Optimizer steps up to which each value but the last holds", for: [.piecewiseConstant],
        isRequired: true
      ) {
        .list($0.fields.boundaries.map(DocumentValue.number))
      } set: { schedule, value in
        schedule.fields.boundaries = Self.numbers(value)
      },
      key(
        "values", .numbers(range, minimumCount: 1), "The values, one more than boundaries",
        for: [.piecewiseConstant], isRequired: true
      ) {
        .list($0.fields.values.map(DocumentValue.number))
      } set: { schedule, value in
        schedule.fields.values = Self.numbers(value)
      },
      key(
        "points", .points(values: range), "Pairs of progress (0 to 1) and value",
        for: [.keypoints], isRequired: true
      ) {
        .list($0.fields.points.map { .list([.number($0.position), .number($0.value)]) })
      } set: { schedule, value in
        schedule.fields.points = Self.points(value)
      },
      key(
        "interpolation", .choice(Choices.interpolations), "How points are joined",
        for: [.keypoints]
      ) {
        .text($0.fields.interpolation.rawValue)
      } set: { schedule, value in
        if case .text(let name) = value {
          schedule.fields.interpolation = .init(rawValue: name) ?? .log
        }
      },
    ]
  }

  var bits: [ExperimentKey] {
    let bits = ExperimentKey.NumberRange(0.01...24)
    return [
      number(
        "startBits", in: bits, "The first number of bits", for: [.bits], at: \.fields.startBits),
      number("endBits", in: bits, "The last number of bits", for: [.bits], at: \.fields.endBits),
      number(
        "width", in: .init(above: 0, upTo: 1_000_000), "Highest less lowest activity",
        for: [.bits], at: \.fields.width),
    ]
  }

  private static func numbers(_ value: DocumentValue) -> [Double] {
    guard case .list(let entries) = value else { return [] }
    return entries.compactMap { entry in
      if case .number(let number) = entry { number } else { nil }
    }
  }

  private static func points(_ value: DocumentValue) -> [ScheduleShape.Keypoint] {
    guard case .list(let entries) = value else { return [] }
    return entries.map(numbers).filter { $0.count == 2 }.map { pair in
      ScheduleShape.Keypoint(position: pair[0], value: pair[1])
    }
  }
}
