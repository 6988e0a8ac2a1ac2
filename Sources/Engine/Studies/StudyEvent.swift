/// What a study reports from a call of ``Study/advance(within:)``, in order.
package enum StudyEvent: Sendable, Equatable {
  /// One or more units of work are done.
  case stepped(Readings)
  /// A long evaluation has got this far.
  case evaluating(EvaluationProgress)
  case evaluated(Evaluation)
  /// The sweep over resolutions that was asked for.
  case swept(ResolutionSweep)
  /// The test of stability that was asked for has begun, measured a row more, or was given up.
  case stability(StabilityReport)
  /// A rule of the study (such as a plateau rule) or the user has turned a knob.
  case edited(EditRecord)
  /// The study is over and will not advance again.
  case ended(Conclusion)
}

/// One value of one gauge: the last of the steps it stands for, with their extremes.
package struct Reading: Sendable, Equatable, Codable {
  /// Dotted gauge id.
  package var gauge: String
  package var last: Double
  package var minimum: Double
  package var maximum: Double

  package init(gauge: String, last: Double, minimum: Double, maximum: Double) {
    self.gauge = gauge
    self.last = last
    self.minimum = minimum
    self.maximum = maximum
  }

  package init(_ gauge: String, _ value: Double) {
    self.init(gauge: gauge, last: value, minimum: value, maximum: value)
  }
}

/// The gauges' values after a training step.
package struct Readings: Sendable, Equatable {
  /// Epoch that the step belongs to, counted from 1.
  package var epoch: Int
  /// Optimizer steps done so far.
  package var step: Int
  /// Training samples seen so far.
  package var samples: Int
  package var values: [Reading]

  package init(epoch: Int, step: Int, samples: Int, values: [Reading]) {
    self.epoch = epoch
    self.step = step
    self.samples = samples
    self.values = values
  }
}

/// How far an evaluation that is done in chunks has come.
package struct EvaluationProgress: Sendable, Equatable {
  package var split: Gauge.Split
  package var done: Int
  package var total: Int
  package var purpose: Purpose

  /// What it is measured for.
  package enum Purpose: Sendable {
    /// Results of the run.
    case results
    /// A sweep over resolutions, or a test of stability, both beside the run.
    case sweep, stability
  }

  package init(split: Gauge.Split, done: Int, total: Int, purpose: Purpose = .results) {
    self.split = split
    self.done = done
    self.total = total
    self.purpose = purpose
  }
}

/// The result of running the network over a whole split.
package struct Evaluation: Sendable, Equatable, Codable {
  package var epoch: Int
  package var step: Int
  package var split: Gauge.Split
  /// Dotted metric paths without the split, e.g. `spiking.accuracy`, `sites.h.bitsRange`.
  package var metrics: [Reading]

  package init(epoch: Int, step: Int, split: Gauge.Split, metrics: [Reading]) {
    self.epoch = epoch
    self.step = step
    self.split = split
    self.metrics = metrics
  }

  /// The value of a metric path, if it was measured.
  package subscript(metric: String) -> Double? {
    metrics.first { $0.gauge == metric }?.last
  }
}

/// How and why a study ended.
package struct Conclusion: Sendable, Equatable {
  package enum Outcome: String, Sendable, Codable {
    case completed, stopped, diverged, failed
  }

  package var outcome: Outcome
  package var reason: String
  package var epochs: Int
  /// Results of the last evaluation of each split, dotted paths from the split on:
  /// `test.spiking.accuracy`.
  package var metrics: [Reading]

  package init(outcome: Outcome, reason: String, epochs: Int, metrics: [Reading]) {
    self.outcome = outcome
    self.reason = reason
    self.epochs = epochs
    self.metrics = metrics
  }
}
