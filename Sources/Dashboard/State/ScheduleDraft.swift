import Engine
import Foundation

/// A schedule that is being drawn by hand: points over the run, not in force until it is applied.
package struct ScheduleDraft: Sendable, Equatable {
  /// The knob that it is for.
  let knob: String
  private(set) var points: [ScheduleShape.Keypoint]
  private(set) var interpolation: ScheduleShape.Interpolation
  private(set) var selected: Int
  private let allowed: ClosedRange<Double>
  /// The share of the run that is done: what was before stays what it was.
  private let now: Double

  /// One notch of a value is a quarter of an octave, one of a place a hundredth of the run.
  private static let notch = pow(2, 0.25)
  private static let shift = 0.01
  /// Points are at least so far apart.
  private static let gap = 0.001
  private static let mostPoints = 64

  /// Begins with the path that a knob follows.
  ///
  /// A schedule that is geometric between its start and its end is the same in points on
  /// logarithmic lines; others are followed in a few points.
  init(_ scheduled: ScheduledKnob, allowed: ClosedRange<Double>, step: Int) {
    let journal = scheduled.journal
    let steps = Double(max(1, journal.steps))
    knob = scheduled.knob.id
    self.allowed = allowed
    now = min(Double(step) / steps, 1)
    let current = journal.current
    interpolation = scheduled.isResolution ? .log : .linear
    if case .keypoints(let points, let interpolation) = current.schedule.shape,
      current.factor == 1, current.delay == 0, current.held == nil, current.schedule.bypass == 0,
      let first = points.first, let last = points.last
    {
      // Their places are shares of the stretch before the hold.
      let span = 1 - min(max(current.schedule.hold, 0), 1 - Self.gap)
      self.interpolation = interpolation
      self.points = points.map {
        ScheduleShape.Keypoint(position: $0.position * span, value: $0.value)
      }
      if first.position > 0 {
        self.points.insert(ScheduleShape.Keypoint(position: 0, value: first.value), at: 0)
      }
      if last.position * span < 1 {
        self.points.append(ScheduleShape.Keypoint(position: 1, value: last.value))
      }
    } else {
      let end = 1 - min(max(current.schedule.hold, 0), 1 - Self.gap)
      let places = [0, 0.25, 0.5, 0.75, 1].map { $0 * end }
      points = (end < 1 ? places + [1] : places).map { place in
        ScheduleShape.Keypoint(position: place, value: journal.value(at: place * steps))
      }
    }
    selected = 0
    points = points.map {
      ScheduleShape.Keypoint(position: $0.position, value: Self.clamp($0.value, allowed))
    }
    simplify()
    selected = points.firstIndex { $0.position > now } ?? points.count - 1
  }

  private static func clamp(_ value: Double, _ allowed: ClosedRange<Double>) -> Double {
    value.isFinite
      ? min(max(value, allowed.lowerBound), allowed.upperBound) : allowed.upperBound
  }

  /// Drops inner points that the lines between the others go through.
  private mutating func simplify() {
    var index = 1
    while index < points.count - 1 {
      var rest = points
      let point = rest.remove(at: index)
      let value = ScheduleShape.keypoints(rest, interpolation: interpolation)
        .value(progress: point.position, elapsed: 0)
      if abs(value - point.value) <= 1e-6 * point.value.magnitude {
        points = rest
      } else {
        index += 1
      }
    }
  }

  var schedule: Schedule { Schedule(.keypoints(points, interpolation: interpolation)) }

  var point: ScheduleShape.Keypoint { points[selected] }

  /// Whether the chosen point lies in what was already, where it changes nothing.
  var isPast: Bool {
    point.position < now && selected + 1 < points.count && points[selected + 1].position <= now
  }

  // MARK: Turning

  /// `false` where there is no other point this way.
  mutating func select(_ distance: Int) -> Bool {
    let target = min(max(0, selected + distance), points.count - 1)
    defer { selected = target }
    return target != selected
  }

  /// `false` where the value is at the end of what is allowed.
  mutating func turn(_ notches: Double) -> Bool {
    let value = Self.clamp(points[selected].value * pow(Self.notch, notches), allowed)
    defer { points[selected].value = value }
    return value != points[selected].value
  }

  /// Gives the chosen point a value; `false` where it is not allowed.
  mutating func set(_ value: Double) -> Bool {
    guard allowed.contains(value) else { return false }
    points[selected].value = value
    return true
  }

  /// Moves the chosen point in time, between its neighbours. The ends stay where they are.
  mutating func move(_ notches: Double) -> Bool {
    guard selected > 0, selected < points.count - 1 else { return false }
    let lower = points[selected - 1].position + Self.gap
    let upper = points[selected + 1].position - Self.gap
    let place = min(max(points[selected].position + notches * Self.shift, lower), upper)
    defer { points[selected].position = place }
    return place != points[selected].position
  }

  /// Adds a point half way to the next one, on the line.
  mutating func add() -> Bool {
    let first = min(selected, points.count - 2)
    let (left, right) = (points[first].position, points[first + 1].position)
    guard points.count < Self.mostPoints, right - left > 2 * Self.gap else { return false }
    let place = (left + right) / 2
    let value = schedule.shape.value(progress: place, elapsed: 0)
    points.insert(ScheduleShape.Keypoint(position: place, value: value), at: first + 1)
    selected = first + 1
    return true
  }

  /// Takes the chosen point away; the ends stay.
  mutating func remove() -> Bool {
    guard selected > 0, selected < points.count - 1 else { return false }
    points.remove(at: selected)
    selected = min(selected, points.count - 1)
    return true
  }

  /// The next way from point to point; there are no logarithms of 0.
  mutating func nextInterpolation() {
    let hasZero = points.contains { $0.value <= 0 }
    let all = ScheduleShape.Interpolation.allCases.filter { $0 != .log || !hasZero }
    let index = all.firstIndex(of: interpolation) ?? 0
    interpolation = all[(index + 1) % all.count]
  }

  /// Shapes that a draft can take from now to its last point.
  enum Preset: String, CaseIterable {
    case geometric, linear, harmonic, cosine, cosineLog, plateaus

    /// Whether it has no path from or to 0.
    var isOfQuotients: Bool { self != .linear && self != .cosine }

    func shape(from start: Double, to end: Double) -> ScheduleShape {
      switch self {
      case .geometric: .geometric(start: start, end: end)
      case .linear: .linear(start: start, end: end)
      case .harmonic: .harmonic(start: start, end: end)
      case .cosine: .cosine(start: start, end: end)
      case .cosineLog: .cosineLog(start: start, end: end)
      case .plateaus: .step(start: start, end: end, plateaus: 4)
      }
    }
  }

  /// Follows a shape from now to where the last value begins, in a few points.
  mutating func take(_ preset: Preset) {
    let last = points[points.count - 1].value
    let present = schedule.shape.value(progress: now, elapsed: 0)
    // Shapes of quotients and logarithms go nowhere from 0, and never get there.
    let least =
      preset.isOfQuotients ? max(allowed.lowerBound, max(present, last) * 1e-3, 1e-9) : 0
    let (start, end) = (max(present, least), max(last, least))
    let arrival = max(
      points.last { $0.value != last }.flatMap { last in
        points.first { $0.position > last.position }?.position
      } ?? 1, min(now + 0.1, 1))
    let shape = preset.shape(from: start, to: end)
    let before = points.filter { $0.position < now - Self.gap }
    let count = 8
    let path = (0...count).map { index in
      let share = Double(index) / Double(count)
      let value = shape.value(progress: share, elapsed: 0)
      return ScheduleShape.Keypoint(
        position: now + (arrival - now) * share,
        value: value.isFinite ? Self.clamp(value, allowed) : end)
    }
    let after =
      arrival < 1 - Self.gap ? [ScheduleShape.Keypoint(position: 1, value: end)] : []
    guard arrival - now > Double(count) * Self.gap else { return }
    interpolation = preset == .plateaus ? .hold : preset == .linear ? .linear : .log
    points = before + path + after
    if points[0].position > 0 { points[0].position = 0 }
    if interpolation == .log, points.contains(where: { $0.value <= 0 }) { interpolation = .linear }
    selected = min(before.count, points.count - 1)
    simplify()
    selected = points.firstIndex { $0.position > now } ?? points.count - 1
  }
}
