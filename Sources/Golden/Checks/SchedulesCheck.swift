import Engine

/// `schedules`: the resolution over the steps of a 20-step run, through the engine's schedules.
struct SchedulesCheck: GoldenCheck {
  var name: String { "schedules" }

  /// Steps over which all listed schedules run.
  private static let steps = 20

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let isKeras = try item.optional("source")?.text().contains("float32") ?? false
      let parameters = try item.value("params")
      let row = ScheduleRow(item: item, parameters: parameters)
      let shape = isKeras ? try row.kerasShape() : try row.shape()
      let total =
        isKeras && !shape.hasOwnClock
        ? try parameters.value("decay_steps").positiveInteger(atMost: 1_000_000) : Self.steps
      let schedule = Schedule(shape)
      let found = try item.value("steps").doubles().map { schedule.value(at: $0, of: total) }
      let expected = try item.value("omega")
      var resolutions: [Double] = []
      for value in try expected.elements() { resolutions.append(try value.resolution()) }
      tally.compare(
        found, resolutions, .relative(isKeras ? 1e-5 : 1e-12),
        at: "\(expected.path) (\(row.name))")
    }
  }
}

extension ScheduleShape {
  /// Whether the shape counts steps itself instead of looking at the progress.
  fileprivate var hasOwnClock: Bool {
    switch self {
    case .exponential, .piecewiseConstant: true
    default: false
    }
  }
}

/// One schedule as a golden file describes it.
private struct ScheduleRow {
  let item: GoldenValue
  let parameters: GoldenValue

  var name: String { (try? item.value("name").text()) ?? "" }

  private func number(_ key: String) throws -> Double { try parameters.value(key).double() }

  /// Rows computed by Keras name their parameters as Keras does.
  func kerasShape() throws -> ScheduleShape {
    switch name {
    case "exponential_decay", "exponential_decay_staircase":
      return .exponential(
        start: try number("initial"), rate: try number("decay_rate"),
        decaySteps: try number("decay_steps"),
        staircase: try parameters.value("staircase").truth())
    case "linear":
      return .linear(start: try number("initial"), end: try number("end"))
    case "cosine":
      let initial = try number("initial")
      return .cosine(start: initial, end: initial * (try alpha()))
    case "piecewise_constant":
      return try piecewiseConstant()
    default:
      throw try unknown()
    }
  }

  /// Rows from the closed forms of the specification, section 2.2.
  func shape() throws -> ScheduleShape {
    if name == "hold" { return .hold(try number("start")) }
    if name.hasPrefix("keypoints") { return try keypoints() }
    if name == "piecewise_constant" { return try piecewiseConstant() }
    let (start, end) = (try number("start"), try number("end"))
    switch name {
    case "linear": return .linear(start: start, end: end)
    case "geometric": return .geometric(start: start, end: end)
    case "harmonic": return .harmonic(start: start, end: end)
    case "cosine", "cosine_linear": return .cosine(start: start, end: end)
    case "cosine_log": return .cosineLog(start: start, end: end)
    case _ where name.hasPrefix("step"):
      return .step(
        start: start, end: end,
        plateaus: try parameters.value("plateaus").positiveInteger(atMost: 1_000_000))
    default: throw try unknown()
    }
  }

  /// The final share of the initial value: a number, or the text "1/64 (ends at 1)".
  private func alpha() throws -> Double {
    let value = try parameters.value("alpha")
    guard case .text(let text) = value.json else { return try value.double() }
    let fraction = text.prefix { $0 != " " }
    return try GoldenValue(.text(String(fraction)), file: value.file, path: value.path).fraction()
  }

  private func piecewiseConstant() throws -> ScheduleShape {
    let boundaries = try parameters.value("boundaries").doubles()
    let values = try parameters.value("values").doubles(count: boundaries.count + 1)
    return .piecewiseConstant(boundaries: boundaries, values: values)
  }

  private func keypoints() throws -> ScheduleShape {
    let list = try parameters.value("points")
    let points = try list.rows()
    guard !points.isEmpty, points.allSatisfy({ $0.count == 2 }) else {
      throw list.invalid("points [p, w]", found: "of another shape")
    }
    let kind = try parameters.optional("interpolation")?.text() ?? "log"
    guard let interpolation = ScheduleShape.Interpolation(rawValue: kind) else {
      throw parameters.invalid("an interpolation log, linear or hold", found: kind)
    }
    return .keypoints(
      points.map { ScheduleShape.Keypoint(position: $0[0], value: $0[1]) },
      interpolation: interpolation)
  }

  private func unknown() throws -> GoldenError {
    let value = try item.value("name")
    return value.invalid("the name of a schedule", found: try value.text())
  }
}
