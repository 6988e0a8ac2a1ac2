import Engine
import Foundation

/// A schedule that is being drawn by hand: points over the part of the run between its bypass at
/// the beginning and its hold at the end, not in force until it is applied.
package struct ScheduleDraft: Sendable, Equatable {
  /// The knob that it is for.
  let knob: String
  /// Their positions are shares of the part between bypass and hold.
  private(set) var points: [ScheduleShape.Keypoint]
  private(set) var interpolation: ScheduleShape.Interpolation
  private(set) var selected: Int
  /// Shares of the run at its beginning without a quantizer, and at its end with the last value.
  private(set) var bypass: Double
  private(set) var hold: Double
  private let allowed: ClosedRange<Double>
  private let mayBypass: Bool
  /// The share of the run that is done: what was before stays what it was.
  private let now: Double

  /// One notch of a value is a quarter of an octave.
  private static let notch = pow(2, 0.25)
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
    let current = journal.current
    let (bypass, hold) = (current.schedule.bypass, current.schedule.hold)
    let span = max(1 - bypass - hold, Self.gap)
    knob = scheduled.knob.id
    self.allowed = allowed
    mayBypass = scheduled.isResolution
    now = min(Double(step) / steps, 1)
    (self.bypass, self.hold) = (bypass, min(hold, 1 - bypass - span))
    interpolation = scheduled.isResolution ? .log : .linear
    if case .keypoints(let points, let interpolation) = current.schedule.shape,
      current.factor == 1, current.delay == 0, current.held == nil, !points.isEmpty
    {
      self.interpolation = interpolation
      self.points = points
    } else {
      points = [0, 0.25, 0.5, 0.75, 1].map { position in
        ScheduleShape.Keypoint(
          position: position, value: journal.value(at: (bypass + position * span) * steps))
      }
    }
    selected = 0
    points = points.map {
      ScheduleShape.Keypoint(position: $0.position, value: Self.clamp($0.value, allowed))
    }
    addEnds()
    simplify()
    selectNext()
  }

  /// Lets the points go from the beginning to the end.
  private mutating func addEnds() {
    if let first = points.first, first.position > 0 {
      points.insert(ScheduleShape.Keypoint(position: 0, value: first.value), at: 0)
    }
    if let last = points.last, last.position < 1 {
      points.append(ScheduleShape.Keypoint(position: 1, value: last.value))
    }
  }

  private var span: Double { max(1 - bypass - hold, Self.gap) }

  /// The share of the run at which a point lies.
  func place(of point: ScheduleShape.Keypoint) -> Double { bypass + point.position * span }

  /// Where in the part between bypass and hold the run is.
  private var nowPosition: Double { min(max((now - bypass) / span, 0), 1) }

  private mutating func selectNext() {
    selected = points.firstIndex { place(of: $0) > now } ?? points.count - 1
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

  var schedule: Schedule {
    Schedule(.keypoints(points, interpolation: interpolation), bypass: bypass, hold: hold)
  }

  var point: ScheduleShape.Keypoint { points[selected] }

  /// Whether the chosen point lies in what was already, where it changes nothing.
  var isPast: Bool {
    place(of: point) < now && selected + 1 < points.count
      && place(of: points[selected + 1]) <= now
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

  /// Moves the chosen point in time, between its neighbours. The ends are moved with the bypass and
  /// the hold that they adjoin.
  mutating func move(_ notches: Double) -> Bool {
    if selected == 0 { return lengthenBypass(notches, in: Self.hundredths) }
    if selected == points.count - 1 { return lengthenHold(-notches, in: Self.hundredths) }
    let lower = points[selected - 1].position + Self.gap
    let upper = points[selected + 1].position - Self.gap
    let place = min(max(points[selected].position + notches / Self.hundredths / span, lower), upper)
    defer { points[selected].position = place }
    return place != points[selected].position
  }

  /// Begins later or earlier to anneal; `false` where it can't, as for what has no bypass.
  mutating func lengthenBypass(_ notches: Double, in parts: Double = twentieths) -> Bool {
    guard mayBypass else { return false }
    let share = Self.phase(bypass, notches, in: parts, most: 1 - hold - Self.gap)
    defer { bypass = share }
    return abs(share - bypass) > Self.leastChange
  }

  /// Holds the last value for longer or shorter; `false` where it can't.
  mutating func lengthenHold(_ notches: Double, in parts: Double = twentieths) -> Bool {
    let share = Self.phase(hold, notches, in: parts, most: 1 - bypass - Self.gap)
    defer { hold = share }
    return abs(share - hold) > Self.leastChange
  }

  /// A share some notches on, in whole ones.
  private static func phase(
    _ share: Double, _ notches: Double, in parts: Double, most: Double
  ) -> Double {
    min(max((share * parts + notches).rounded() / parts, 0), most)
  }

  /// Parts of the run that a notch is one of.
  static let twentieths = 20.0
  private static let hundredths = 100.0
  private static let leastChange = 1e-9

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
    let now = nowPosition
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
    let count = 8
    guard arrival - now > Double(count) * Self.gap else { return }
    let shape = preset.shape(from: start, to: end)
    let path = (0...count).map { index in
      let share = Double(index) / Double(count)
      let value = shape.value(progress: share, elapsed: 0)
      return ScheduleShape.Keypoint(
        position: now + (arrival - now) * share,
        value: value.isFinite ? Self.clamp(value, allowed) : end)
    }
    interpolation = preset == .plateaus ? .hold : preset == .linear ? .linear : .log
    points = points.filter { $0.position < now - Self.gap } + path
    addEnds()
    if interpolation == .log, points.contains(where: { $0.value <= 0 }) { interpolation = .linear }
    selected = 0
    simplify()
    selectNext()
  }
}
