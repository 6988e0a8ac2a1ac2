/// A stored run as a line of a list.
package struct RunEntry: Sendable, Equatable {
  package var name: String
  package var folder: String
  package var experiment: String
  /// `running`, `interrupted`, `completed`, `stopped`, `diverged`, ...
  package var state: String
  /// Seconds since 1970 at which it began.
  package var began: Double?
  package var step: Int?
  package var steps: Int?
  /// The best accuracies with spikes and at w = infinity, of the test where there is one.
  package var spiking: Double?
  package var nonSpiking: Double?
  /// Trained numbers, and the loss on the test split without quantizers.
  package var parameters: Int?
  package var loss: Double?
  /// Mean bits of an activation.
  package var bits: Double?
  package var tags: [String]
  package var note: String
  /// The course of the validation accuracy 0...1 in a few values.
  package var trace: [Double]

  package init(
    name: String, folder: String, experiment: String, state: String, began: Double? = nil,
    step: Int? = nil, steps: Int? = nil, spiking: Double? = nil, nonSpiking: Double? = nil,
    bits: Double? = nil, parameters: Int? = nil, loss: Double? = nil, tags: [String] = [],
    note: String = "", trace: [Double] = []
  ) {
    self.name = name
    self.folder = folder
    self.experiment = experiment
    self.state = state
    self.began = began
    self.step = step
    self.steps = steps
    self.spiking = spiking
    self.nonSpiking = nonSpiking
    self.bits = bits
    (self.parameters, self.loss) = (parameters, loss)
    self.tags = tags
    self.note = note
    self.trace = trace
  }
}
