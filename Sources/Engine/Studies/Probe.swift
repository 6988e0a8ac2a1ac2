/// A look into a study, copied only when the visible view has asked for it.
package enum Probe: Sendable, Equatable {
  case raster(Raster)
  case layers(LayerReport)

  /// What a view wants to see.
  package enum Request: Sendable, Equatable {
    /// The counts of a site over one sample of the current batch.
    case raster(site: String, sample: Int)
    /// The sites and weights of all layers.
    case layers
  }
}

/// The spike counts of every unit of one site over the steps of one sample.
package struct Raster: Sendable, Equatable, Codable {
  package var site: String
  /// Index of the sample within the batch.
  package var sample: Int
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

  package init(
    site: String, sample: Int, label: Int, prediction: Int, step: Int, steps: Int, units: Int,
    resolution: Double, values: [Float]
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
  }
}
