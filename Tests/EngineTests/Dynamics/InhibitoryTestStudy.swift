import Engine

extension InhibitoryStudy {
  enum Missing: Error { case report, conclusion, reading, tensor }

  /// A small network, measured from 20 to 50.
  static func small(
    seed: UInt64 = 1, _ change: (inout InhibitoryConfiguration) -> Void = { _ in }
  ) throws -> InhibitoryStudy {
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree) = (60, 8)
    (configuration.transient, configuration.duration, configuration.window) = (20, 30, 10)
    change(&configuration)
    return try InhibitoryStudy(name: "network", configuration: configuration, seed: seed)
  }

  /// Works up to a reading, or to the end.
  mutating func events(until step: Int = .max) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while progress.step < step {
      let more = try advance(within: .zero)
      if more.isEmpty { break }
      events += more
    }
    return events
  }

  /// Ends where it is.
  mutating func stopped() throws -> Conclusion {
    stop(reason: "enough")
    return try Self.conclusion(try advance(within: .zero))
  }

  static func conclusion(_ events: [StudyEvent]) throws -> Conclusion {
    guard case .ended(let conclusion)? = events.last else { throw Missing.conclusion }
    return conclusion
  }

  /// The values of a gauge, reading by reading.
  static func values(of gauge: String, _ events: [StudyEvent]) -> [Double] {
    events.compactMap { event in
      guard case .stepped(let readings) = event else { return nil }
      return readings.values.first { $0.gauge == gauge }?.last
    }
  }

  func report(span: Double = 20) throws -> DynamicsReport {
    guard case .dynamics(let report)? = probe(.dynamics(.init(span: span)), isStill: false) else {
      throw Missing.report
    }
    return report
  }

  /// A tensor of the state.
  func saved(_ name: String) throws -> [Double] {
    guard let tensor = snapshot().tensors.first(where: { $0.name == name }) else {
      throw Missing.tensor
    }
    return tensor.doubles ?? []
  }
}

extension Conclusion {
  /// What was measured, by its name.
  func measured(_ name: String) -> Double? {
    metrics.first { $0.gauge == "observables.\(name)" }?.last
  }
}
