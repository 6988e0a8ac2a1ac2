import Engine

/// `basin_statistics`: where random starts of exact descent end.
struct BasinStatisticsCheck: GoldenCheck {
  var name: String { "basin_statistics" }

  /// The generator's seed, teacher and sizes of the description.
  private static let seed: UInt64 = 2024

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let teacher = try CoarseTeacher(v: [1, -0.5, 0.25, 0.75], w: [0.6, 0.8, 0])
    for run in try file.value("runs").elements() {
      tally.countCase()
      let starts = try run.value("runs").integer(in: 1...100_000)
      let steps = try run.value("steps").integer(in: 0...1_000_000)
      let norm = try run.value("r0").double()
      let settings = CoarseGradientDescent.Settings(
        rate: try run.value("eta").double(),
        estimator: try ToyEstimators.named(try run.value("ste")))
      var descents: [CoarseGradientDescent] = []
      for index in 0..<starts {
        let start = CoarseStart.random(seed: Self.seed, index: index, norm: norm)
        guard let point = try? start.point(for: teacher) else {
          throw run.invalid("a finite r0", found: "\(norm)")
        }
        descents.append(CoarseGradientDescent(from: point, settings: settings))
        descents[index].run(steps)
      }
      try compareFirst(descents, run, into: &tally)
      try compareAll(descents, run, into: &tally)
    }
  }

  private static func name(_ outcome: DescentOutcome) -> String {
    switch outcome {
    case .global, .spurious: outcome.rawValue
    default: "other"
    }
  }

  private func compareFirst(
    _ descents: [CoarseGradientDescent], _ run: GoldenValue, into tally: inout GoldenTally
  ) throws {
    for (descent, listed) in zip(descents, try run.value("first20").elements()) {
      let outcome = try listed.value("outcome").text()
      let found = Self.name(descent.outcome)
      if try listed.value("monotone").truth() {
        tally.require(found == outcome, at: listed.path, "\(found), listed \(outcome)")
      } else if found != outcome {
        tally.note("\(listed.path): \(found), listed \(outcome)")
      }
    }
  }

  private func compareAll(
    _ descents: [CoarseGradientDescent], _ run: GoldenValue, into tally: inout GoldenTally
  ) throws {
    for name in ["global", "spurious", "other"] {
      let share = Double(descents.count { Self.name($0.outcome) == name }) / Double(descents.count)
      let listed = try run.value("frac_\(name)")
      tally.compare(share, try listed.double(), .absolute(0.03), at: listed.path)
    }
    let increased = descents.filter { !$0.record.isMonotone }
    let unexplained = increased.count { $0.record.smallestNorm >= 0.1 }
    let listed = try run.value("runs_with_increase_and_min_w_ge_0p1")
    tally.compare(Double(unexplained), try listed.double(), .exact, at: listed.path)
    let key = try run.value("runs_with_increase")
    tally.note("\(key.path): \(increased.count), listed \(try key.integer())")
  }
}
