/// What a view of a network that is simulated wants to see.
package struct DynamicsRequest: Sendable, Equatable, Codable {
  /// The length of the raster and of the traces back from now, in membrane time constants.
  package var span: Double

  package init(span: Double = 20) {
    self.span = span
  }

  package static let allowedSpans = 0.5...500.0
}

/// What a simulated network is, so that a view can name it.
package struct DynamicsOutline: Sendable, Equatable, Codable {
  package var neurons: Int
  /// K.
  package var inDegree: Int
  package var isGlobal: Bool
  /// T_tr and T_tr + T_m.
  package var transient: Double
  package var end: Double
  /// Simulated time of a unit of work.
  package var interval: Double

  package init(
    neurons: Int, inDegree: Int, isGlobal: Bool, transient: Double, end: Double,
    interval: Double = InhibitoryConfiguration.readingInterval
  ) {
    self.neurons = neurons
    self.inDegree = inDegree
    self.isGlobal = isGlobal
    self.transient = transient
    self.end = end
    self.interval = interval
  }
}

/// A network as it stands: the latest spikes and potentials, and what was to be expected.
///
/// Neurons are told by their ranks: 0 is the least excitable.
package struct DynamicsReport: Sendable, Equatable, Codable {
  /// Spikes of the latest span in bins.
  package struct Raster: Sendable, Equatable, Codable {
    /// Ranks in equal parts; the first row has the least excitable neurons.
    package var rows: Int
    /// Bins of time, the last one ends now.
    package var columns: Int
    /// `row * columns + column` of every bin with a spike, ascending.
    package var filled: [UInt32]

    package init(rows: Int, columns: Int, filled: [UInt32]) {
      self.rows = rows
      self.columns = columns
      self.filled = filled
    }
  }

  /// Numbers at even times back from now, the latest last; fewer at the beginning.
  package struct Trace: Sendable, Equatable, Codable {
    /// Time between two numbers.
    package var interval: Double
    package var values: [Float]

    package init(interval: Double, values: [Float]) {
      self.interval = interval
      self.values = values
    }
  }

  /// How often neurons fired within the window.
  package struct Rates: Sendable, Equatable, Codable {
    /// Neurons with a rate in each of equal parts of 0...highest; silent ones are not among them.
    package var histogram: [Int]
    package var highest: Double
    package var silent: Int
    /// Mean rate of each row of the raster, and what the theory of the asynchronous state gives.
    package var byRow: [Float]
    package var predictedByRow: [Float]

    package init(
      histogram: [Int], highest: Double, silent: Int, byRow: [Float], predictedByRow: [Float]
    ) {
      self.histogram = histogram
      self.highest = highest
      self.silent = silent
      self.byRow = byRow
      self.predictedByRow = predictedByRow
    }
  }

  /// A quantity as it is measured and as it was predicted.
  package struct Comparison: Sendable, Equatable, Codable {
    /// Id of the gauge that it is measured by.
    package var id: String
    package var title: String
    package var measured: Double?
    package var predicted: Double?
    /// What predicts it: `asynchronous`, `one cluster`, `shot noise`.
    package var theory: String?

    package init(
      id: String, title: String, measured: Double?, predicted: Double? = nil,
      theory: String? = nil
    ) {
      self.id = id
      self.title = title
      self.measured = measured
      self.predicted = predicted
      self.theory = theory
    }
  }

  /// A point of the plane of coupling and delay where the run has been.
  package struct Place: Sendable, Equatable, Codable {
    package var coupling: Double
    package var delay: Double
    /// The order parameter there; `nil` where it was not measured.
    package var order: Double?

    package init(coupling: Double, delay: Double, order: Double?) {
      self.coupling = coupling
      self.delay = delay
      self.order = order
    }
  }

  /// A line of the plane that theory draws: (coupling, delay) from point to point.
  package struct Boundary: Sendable, Equatable, Codable {
    package var title: String
    package var points: [SIMD2<Double>]

    package init(title: String, points: [SIMD2<Double>]) {
      self.title = title
      self.points = points
    }
  }

  /// Ranks that something was done to.
  package struct Influence: Sendable, Equatable, Codable {
    package var ranks: ClosedRange<Int>
    /// The drive they have in addition; `nil` where they are silenced.
    package var drive: Double?

    package init(ranks: ClosedRange<Int>, drive: Double?) {
      self.ranks = ranks
      self.drive = drive
    }
  }

  /// Simulated time.
  package var time: Double
  package var span: Double
  package var raster: Raster
  /// Mean potential of all neurons.
  package var field: Trace
  /// Spikes per neuron and unit of time.
  package var rate: Trace
  package var rates: Rates
  package var comparisons: [Comparison]
  /// The present place last.
  package var places: [Place]
  package var boundaries: [Boundary]
  package var influences: [Influence]
  /// Ranks that the next influence is on.
  package var chosen: ClosedRange<Int>

  package init(
    time: Double, span: Double, raster: Raster, field: Trace, rate: Trace, rates: Rates,
    comparisons: [Comparison], places: [Place], boundaries: [Boundary], influences: [Influence],
    chosen: ClosedRange<Int>
  ) {
    self.time = time
    self.span = span
    self.raster = raster
    self.field = field
    self.rate = rate
    self.rates = rates
    self.comparisons = comparisons
    self.places = places
    self.boundaries = boundaries
    self.influences = influences
    self.chosen = chosen
  }
}
