package import Documents
import Engine

/// An experiment at every combination of the values of some axes, each with several seeds. Points are
/// numbered from 1 on: the first axis changes slowest, the seed fastest.
package struct ScanPlan: Sendable, Equatable {
  package let base: Experiment
  package let axes: [ScanAxis]
  package let seeds: [UInt64]
  /// The axes in their order, and the seeds.
  package let grid: ScanGrid

  package static let mostPoints = 10_000_000
  package static let allowedSeeds = 1...100_000
  /// More combinations are checked only in part before the scan begins.
  private static let checkedCombinations = 20_000

  /// The seeds are that of the experiment and those after it.
  package init(_ base: Experiment, axes: [ScanAxis], seeds: Int) throws(ScanError) {
    precondition(Self.allowedSeeds.contains(seeds), "a scan has seeds")
    for (index, axis) in axes.enumerated() {
      // It would be set at each point, and then once more to one of the seeds.
      guard axis.key != Self.seedKey(base) else {
        throw .seedAxis(option: axis.option, key: axis.key)
      }
      for other in axes[..<index] where axis.key == other.key || axis.name == other.name {
        throw .repeatedAxis(option: axis.option, other: other.option, key: axis.key)
      }
    }
    guard let grid = ScanGrid(axes.map(\.values.count) + [seeds], most: Self.mostPoints) else {
      throw .tooManyPoints(most: Self.mostPoints)
    }
    (self.base, self.axes, self.grid) = (base, axes, grid)
    let first = min(base.seed, UInt64(Int.max - seeds))
    self.seeds = (0..<seeds).map { first + UInt64($0) }
  }

  /// Points.
  package var count: Int { grid.count }

  /// The value of each axis at a point.
  package func values(of point: Int) -> [DocumentValue] {
    zip(axes, grid.coordinates(of: point)).map { axis, index in axis.values[index] }
  }

  package func seed(of point: Int) -> UInt64 { seeds[(point - 1) % seeds.count] }

  private static func seedKey(_ experiment: Experiment) -> String {
    "\(experiment.kind.rawValue).seed"
  }

  /// The experiment of a point, checked as a whole.
  package func experiment(of point: Int) throws(ExperimentFailure) -> Experiment {
    var layer = Layer(sets: [])
    for (axis, value) in zip(axes, values(of: point)) {
      let argument = axis.argument(value)
      for field in axis.companions { layer.set(field.name, to: field.value, argument: argument) }
      layer.set(axis.key, to: value, argument: argument)
    }
    let seed = seed(of: point)
    layer.set(Self.seedKey(base), to: .integer(Int(clamping: seed)), argument: "--seeds")
    return try base.changed(by: layer)
  }

  /// Refuses values that do not go together, those of a very large scan only in part.
  package func check() throws(ExperimentFailure) {
    let combinations = count / seeds.count
    if combinations <= Self.checkedCombinations {
      for index in 0..<combinations { _ = try experiment(of: index * seeds.count + 1) }
      return
    }
    var step = count
    for axis in axes {
      step /= axis.values.count
      for index in axis.values.indices {
        _ = try experiment(of: index * step + 1)
        _ = try experiment(of: count - index * step)
      }
    }
  }
}

/// A key that an option of a scan sets at all points.
package struct ScanSetting: Sendable, Equatable {
  let key: String
  let value: DocumentValue
  /// The argument as it was written.
  let option: String

  package init(_ key: String, _ value: DocumentValue, option: String) {
    (self.key, self.value, self.option) = (key, value, option)
  }
}

extension Experiment {
  /// The same with what options set.
  package func setting(_ settings: [ScanSetting]) throws(ExperimentFailure) -> Experiment {
    guard !settings.isEmpty else { return self }
    var layer = Layer(sets: [])
    for setting in settings {
      layer.set(setting.key, to: setting.value, argument: setting.option)
    }
    return try changed(by: layer)
  }

  fileprivate func changed(by layer: Layer) throws(ExperimentFailure) -> Experiment {
    var reader = ExperimentReader(base: self, source: .argument("scan"))
    reader.apply(layer)
    return try reader.finish()
  }
}
