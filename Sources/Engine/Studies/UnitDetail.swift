/// One unit of a site over one sample, close to, and its weights.
package struct UnitDetail: Sendable, Equatable, Codable {
  package var unit: Int
  /// The argument of its activation at each step, with the weights as they are after the update;
  /// empty where gates or hidden numbers stand between sums and output.
  package var current: [Float]
  /// What its quantizer saw at each step.
  package var activity: [Float]
  /// The voltage of a diffused quantizer at each step with the step's charge, before the spikes:
  /// v + w a, which reaches 1 where there is one; empty with other quantizers.
  package var charges: [Float]
  /// The voltage after the spikes, within 0...1.
  package var voltages: [Float]
  /// The weights of largest magnitude, the largest first.
  package var incoming: [Weight]
  package var outgoing: [Weight]

  /// A weight between the unit and another one.
  package struct Weight: Sendable, Equatable, Codable {
    /// As in the equations of the cell: `W_m`.
    package var name: String
    /// Where it comes from or goes to: `h 12`, `x 3`, `class 7`, `bias`.
    package var other: String
    package var value: Float

    package init(name: String, other: String, value: Float) {
      self.name = name
      self.other = other
      self.value = value
    }
  }

  package init(
    unit: Int, current: [Float], activity: [Float], charges: [Float], voltages: [Float],
    incoming: [Weight], outgoing: [Weight]
  ) {
    self.unit = unit
    self.current = current
    self.activity = activity
    self.charges = charges
    self.voltages = voltages
    self.incoming = incoming
    self.outgoing = outgoing
  }
}
