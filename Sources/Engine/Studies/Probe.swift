/// A look into a study, copied only when the visible view has asked for it.
package enum Probe: Sendable, Equatable {
  case raster(Raster)
  case layers(LayerReport)
  case theory(TheoryReport)
  case curves(CurvesReport)
  case dynamics(DynamicsReport)

  /// What a view wants to see.
  package enum Request: Sendable, Equatable {
    case raster(RasterRequest)
    /// The sites and weights of all layers.
    case layers
    /// The descents of a theory study.
    case theory
    /// Learned activations.
    case curves(CurvesRequest)
    /// A network that is simulated.
    case dynamics(DynamicsRequest)
  }
}

/// Which counts of the current batch to show.
package struct RasterRequest: Sendable, Equatable, Codable {
  package var site: String
  /// The first sample within the batch, and of how many the mean is shown; fewer where the batch
  /// ends.
  package var sample: Int
  package var samples: Int
  /// A unit to look at close to, over the first sample.
  package var unit: Int?

  package init(site: String, sample: Int, samples: Int = 1, unit: Int? = nil) {
    self.site = site
    self.sample = sample
    self.samples = samples
    self.unit = unit
  }
}

extension Probe.Request {
  /// The counts of a site over one sample.
  package static func raster(site: String, sample: Int) -> Self {
    .raster(RasterRequest(site: site, sample: sample))
  }
}

/// The spike counts of every unit of one site over the steps of one sample, or their means over a
/// set of samples.
package struct Raster: Sendable, Equatable, Codable {
  package var site: String
  /// Index of the (first) sample within the batch.
  package var sample: Int
  /// Samples that the values are means of, and how many of their predictions are right.
  package var samples = 1
  package var correct = 0
  package var label: Int
  package var prediction: Int
  /// Optimizer steps done when the raster was taken.
  package var step: Int
  /// Time steps of the sample (columns).
  package var steps: Int
  /// Units of the site (rows).
  package var units: Int
  /// Resolution in spikes per unit of activity and step; infinite when not spiking.
  package var resolution: Double
  /// Unit-major: the value of unit `i` at time step `t` is `values[i * steps + t]`. Integer
  /// counts, or activities where the resolution is infinite.
  package var values: [Float]
  /// One of the units close to, where it was asked for.
  package var detail: UnitDetail?

  package init(
    site: String, sample: Int, label: Int, prediction: Int, step: Int, steps: Int, units: Int,
    resolution: Double, values: [Float], detail: UnitDetail? = nil
  ) {
    self.site = site
    self.sample = sample
    self.label = label
    self.prediction = prediction
    self.step = step
    self.steps = steps
    self.units = units
    self.resolution = resolution
    self.values = values
    self.detail = detail
  }
}
