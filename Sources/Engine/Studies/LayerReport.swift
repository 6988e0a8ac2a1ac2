/// The state of a network's sites and weights, for a look into its layers.
package struct LayerReport: Sendable, Equatable, Codable {
  /// What a site has emitted over the last stretch of training steps that was metered.
  package struct Site: Sendable, Equatable, Codable {
    package var id: String
    package var units: Int
    /// The lowest level that occurred, and the shares of all levels from there up to the highest,
    /// over all units.
    package var lowestLevel: Int
    package var shares: [Double]
    /// Units whose counts were always 0, and units that had the same other count in at least 95 %
    /// of the steps.
    package var deadUnits: Int
    package var saturatedUnits: Int
    /// By metric, means over units (hybrid-spiking specification, section 6.1).
    package var metrics: [String: Double]
    /// Steps of sequences that were seen.
    package var observations: Int
    /// Shares of the voltages in equal parts of 0...1 at the end of the present sequences; empty
    /// where the quantizer has none. Uniform while its time steps are independent.
    package var voltages: [Double]

    package init(
      id: String, units: Int, lowestLevel: Int, shares: [Double], deadUnits: Int,
      saturatedUnits: Int, metrics: [String: Double], observations: Int, voltages: [Double]
    ) {
      self.id = id
      self.units = units
      self.lowestLevel = lowestLevel
      self.shares = shares
      self.deadUnits = deadUnits
      self.saturatedUnits = saturatedUnits
      self.metrics = metrics
      self.observations = observations
      self.voltages = voltages
    }
  }

  /// One array of weights.
  package struct Weights: Sendable, Equatable, Codable {
    package var name: String
    package var count: Int
    /// Root mean squares of the weights, of the gradient of the mean loss that the last update was
    /// made with (clipped), and of that update over that of the weights.
    package var size: Double
    package var gradient: Double
    package var updateRatio: Double

    package init(
      name: String, count: Int, size: Double, gradient: Double, updateRatio: Double
    ) {
      self.name = name
      self.count = count
      self.size = size
      self.gradient = gradient
      self.updateRatio = updateRatio
    }
  }

  /// Optimizer steps done when it was made.
  package var step: Int
  package var sites: [Site]
  package var weights: [Weights]
  /// Of networks without time.
  package var activations: ActivationReport?

  package init(
    step: Int, sites: [Site], weights: [Weights], activations: ActivationReport? = nil
  ) {
    self.step = step
    self.sites = sites
    self.weights = weights
    self.activations = activations
  }

  package static let voltageParts = 16
}
