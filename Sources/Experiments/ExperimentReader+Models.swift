import Engine

extension ExperimentReader {
  /// Refuses control points of which no curves can be made.
  mutating func checkKolmogorov() {
    let experiment = draft.experiment
    guard experiment.kind == .kolmogorov else { return }
    if !experiment.kolmogorov.trained.isEmpty, experiment.kolmogorov.batch > 0,
      let origin = origin(of: ["kolmogorov.batch", "kolmogorov.trained"])
    {
      errors.append(.trainedOnBatches(origin, batch: experiment.kolmogorov.batch))
    }
    do throws(ControlPointsError) {
      _ = try experiment.kolmogorov.controlPoints()
    } catch {
      let keys = ["lengthScale", "noise", "points", "kernel"].map { "kolmogorov.\($0)" }
      if let origin = origin(of: keys) { errors.append(.controlPoints(origin, error)) }
    }
  }

  /// Refuses layers of which no network can be made.
  mutating func checkSpiking() {
    guard draft.experiment.kind == .spiking else { return }
    do {
      try draft.experiment.spiking.validate()
    } catch {
      let keys = ["hiddenLayers", "thresholds"].map { "spiking.\($0)" }
      if let origin = origin(of: keys) { errors.append(.spiking(origin, error)) }
    }
  }

  mutating func checkInhibitory() {
    guard draft.experiment.kind == .inhibitory else { return }
    let network = draft.experiment.inhibitory
    check(
      network.coupling, in: "inhibitory.coupling",
      allowed: InhibitoryConfiguration.allowedCouplings)
    if network.topology == .sparse {
      check(
        "inDegree", beside: "neurons", Double(network.inDegree), most: Double(network.neurons - 1),
        because: "a neuron is inhibited by others, each once")
    }
    check(
      "lowest", beside: "highest", network.lowest, most: network.highest,
      because: "it is the lower end of the range whose upper end is highest")
    checkSampling(network)
    if network.method == .clock {
      check(
        "clockStep", beside: "sampling", network.clockStep, most: network.sampling,
        because: "potentials are looked at on the grid")
    }
  }

  /// Refuses looks at the potentials that would not come to a reading.
  private mutating func checkSampling(_ network: InhibitoryConfiguration) {
    let key = "inhibitory.sampling"
    guard !network.samplesAreWhole, let origin = origin(of: [key]) else { return }
    errors.append(
      .noWholePart(
        origin, key: key, found: network.sampling, of: InhibitoryConfiguration.readingInterval,
        nearest: network.sampleStep))
  }

  private mutating func check(
    _ key: String, beside other: String, _ found: Double, most: Double, because reason: String
  ) {
    let keys = [key, other].map { "inhibitory.\($0)" }
    guard found > most, let origin = origin(of: keys) else { return }
    errors.append(
      .tooLarge(origin, key: keys[0], found: found, most: most, reason: reason))
  }

  /// Refuses coefficients that no hidden units can have.
  mutating func checkLearnedHidden(_ learned: LearnedHidden) {
    do {
      try learned.validate()
    } catch {
      let keys = KeyTable.learnedHidden.map(\.path) + ["model.activation"]
      guard let origin = origin(of: keys) else { return }
      errors.append(.activations(origin, table: "model.learned", error))
    }
  }

  mutating func checkMemory(_ nru: NRUConfiguration) {
    guard nru.side == nil, let origin = origin(of: ["model.memory", "model.heads"]) else { return }
    errors.append(
      .memoryNotSquare(
        origin, memory: nru.memory, heads: nru.heads, nearest: nru.nearestMemory))
  }
}
