/// What a theory study is about, so that a view can draw its landscape.
package struct TheoryOutline: Sendable, Equatable, Codable {
  /// v* and w*.
  package var v: [Double]
  package var w: [Double]
  /// The estimator that leads at first, and those beside it.
  package var estimator: String
  package var race: [String]
  /// |w| at the starts.
  package var startNorm: Double
  /// Where the descents begin, and the dials at first; records of before do not have them.
  package var start: String?
  package var dials: CoarseDials?

  package init(
    v: [Double], w: [Double], estimator: String, race: [String], startNorm: Double,
    start: String? = nil, dials: CoarseDials? = nil
  ) {
    self.v = v
    self.w = w
    self.estimator = estimator
    self.race = race
    self.startNorm = startNorm
    self.start = start
    self.dials = dials
  }
}

/// The descents of a theory study as they stand: what its gauges do not tell.
package struct TheoryReport: Sendable, Equatable, Codable {
  /// One estimator on its way; the first of a report leads.
  package struct Lane: Sendable, Equatable, Codable {
    package var estimator: String
    package var loss: Double
    /// Degrees between w and w*.
    package var angle: Double
    package var norm: Double
    package var outcome: DescentOutcome
    /// What happened to the loss and to |w| since the start.
    package var record: DescentRecord
    /// K (A - B) at the |w| of the start: the coarse gradient left at the spurious minimum.
    package var residual: Double
    /// Steps until |w| comes to 0 at that speed; `nil` where it does not shrink.
    package var collapseSteps: Double?

    package init(
      estimator: String, loss: Double, angle: Double, norm: Double, outcome: DescentOutcome,
      record: DescentRecord, residual: Double, collapseSteps: Double?
    ) {
      self.estimator = estimator
      self.loss = loss
      self.angle = angle
      self.norm = norm
      self.outcome = outcome
      self.record = record
      self.residual = residual
      self.collapseSteps = collapseSteps
    }
  }

  /// Losses after one step of each size from where the leading estimator stands (Yin et al. 2019,
  /// figure 1).
  package struct Search: Sendable, Equatable, Codable {
    package var samples: Int
    package var rates: [Double]
    /// Of the same samples, and of all inputs, along the gradient of the samples.
    package var empirical: [Double]
    package var population: [Double]
    /// Of all inputs along the expected gradient.
    package var expected: [Double]

    package init(
      samples: Int, rates: [Double], empirical: [Double], population: [Double], expected: [Double]
    ) {
      self.samples = samples
      self.rates = rates
      self.empirical = empirical
      self.population = population
      self.expected = expected
    }
  }

  /// Steps done, and those before the present start.
  package var step: Int
  package var startedAt: Int
  /// The present start, `random 3`.
  package var start: String
  package var lanes: [Lane]
  package var search: Search?

  package init(step: Int, startedAt: Int, start: String, lanes: [Lane], search: Search?) {
    self.step = step
    self.startedAt = startedAt
    self.start = start
    self.lanes = lanes
    self.search = search
  }
}
