/// A network on its way, with what is measured of it and what was seen of late.
struct InhibitoryCourse {
  /// Which network of the seed it is.
  let index: Int
  /// Readings before it began; its time is 0 there.
  let startStep: Int
  /// As it was drawn.
  let network: InhibitoryNetwork
  /// Neurons by rank, the least excitable first, and ranks by neuron.
  let neuronsByRank: [UInt32]
  let ranks: [UInt32]
  var simulation: InhibitorySimulation
  private(set) var observables: InhibitoryObservables
  /// Of the last whole window, before the first has passed of that one; of spikes alone.
  var latest: InhibitoryObservables { passed ?? passing }
  private var passing: InhibitoryObservables
  private var passed: InhibitoryObservables?
  private(set) var recent: RecentActivity
  private(set) var spikes: RecentSpikes
  /// Mean potentials and population rates, one for each sample.
  private(set) var field: RecentSeries
  private(set) var rate: RecentSeries
  /// Samples since the beginning.
  private(set) var samples = 0
  /// Spikes of each rank in the present and the last half of the window.
  private(set) var halves: RecentRates
  private var batch = SpikeRecord()
  private let sampleStep: Double
  private let end: Double

  init(
    index: Int, startStep: Int, network: InhibitoryNetwork, simulation: InhibitorySimulation,
    configuration: InhibitoryConfiguration
  ) {
    (self.index, self.startStep, self.network) = (index, startStep, network)
    self.simulation = simulation
    neuronsByRank = network.excitabilities.indices
      .sorted { network.excitabilities[$0] < network.excitabilities[$1] }.map { UInt32($0) }
    var ranks = [UInt32](repeating: 0, count: network.neurons)
    for (rank, neuron) in neuronsByRank.enumerated() { ranks[Int(neuron)] = UInt32(rank) }
    self.ranks = ranks
    sampleStep = configuration.sampleStep
    end = configuration.transient + configuration.duration
    recent = RecentActivity(neurons: network.neurons, window: configuration.gaugeWindow)
    halves = RecentRates(neurons: network.neurons, window: configuration.gaugeWindow)
    spikes = RecentSpikes(span: DynamicsRequest.allowedSpans.upperBound)
    let capacity = Int(DynamicsRequest.allowedSpans.upperBound / sampleStep) + 2
    (field, rate) = (RecentSeries(capacity: capacity), RecentSeries(capacity: capacity))
    observables = Self.observables(network, configuration.transient, end, sampleStep, delay: 1)
    passing = Self.observables(network, 0, configuration.gaugeWindow, sampleStep, delay: 1)
  }

  private static func observables(
    _ network: InhibitoryNetwork, _ start: Double, _ end: Double, _ sampleStep: Double,
    delay: Double
  ) -> InhibitoryObservables {
    InhibitoryObservables(
      of: network, window: ObservationWindow(after: start, for: max(end - start, sampleStep)),
      sampleStep: sampleStep, rateBin: InhibitoryConfiguration.rateBin(delay: delay))
  }

  /// Simulated time.
  var time: Double { Double(samples) * sampleStep }

  /// Begins to measure anew, after the transient or from now on; `excitabilities` are those that
  /// hold now.
  mutating func measureAnew(
    excitabilities: [Double], transient: Double, delay: Double
  ) {
    let present = InhibitoryNetwork(
      excitabilities: excitabilities, startingPotentials: network.startingPotentials,
      connectivity: network.connectivity, sources: network.sources)
    observables = Self.observables(
      present, max(transient, time), end, sampleStep, delay: delay)
    passing = Self.observables(present, time, time + recent.window, sampleStep, delay: delay)
    passed = nil
  }

  /// Goes on by some samples. Returns the mean of the mean potentials.
  mutating func advance(samples count: Int) -> Double {
    var sum = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: network.neurons) { potentials in
      for _ in 0..<count {
        samples += 1
        batch.removeAll()
        simulation.advance(to: time, into: &batch)
        for (time, neuron) in zip(batch.times, batch.neurons) {
          recent.record(neuron, at: time)
          let rank = ranks[Int(neuron)]
          spikes.append(rank: rank, at: time)
          halves.record(rank, at: time)
        }
        observables.record(batch)
        passing.record(batch)
        simulation.copyPotentials(into: potentials)
        let mean = potentials.reduce(0, +) / Double(potentials.count)
        let all = UnsafeBufferPointer(potentials)
        recent.sample(all, at: time)
        observables.sample(all, at: time)
        field.append(mean)
        rate.append(Double(batch.count) / (Double(network.neurons) * sampleStep))
        sum += mean
      }
    }
    spikes.trim(now: time)
    // Both are sums, which may differ in the last place.
    if time > passing.window.end - sampleStep / 2 { renewWindow() }
    return sum / Double(count)
  }

  /// The window that has passed is shown until the next one has.
  private mutating func renewWindow() {
    passing.finish()
    passed = passing
    passing = passing.next
  }

  /// What has been measured; `nil` before anything is.
  var finished: InhibitoryObservables? { observables.finished(now: time) }

  // MARK: Saving

  /// Everything measured, as numbers; the latest spikes and traces are for the view alone and are
  /// not among them.
  var measured: [Double] {
    var stream = NumberStream()
    observables.write(to: &stream)
    passing.write(to: &stream)
    stream.put(passed == nil ? 0 : 1)
    passed?.write(to: &stream)
    recent.write(to: &stream)
    halves.write(to: &stream)
    return stream.numbers
  }

  /// Goes on at the sample that a saved state was taken at, with nothing measured.
  mutating func resume(atSample sample: Int) {
    samples = sample
    recent = RecentActivity(neurons: network.neurons, window: recent.window, from: time)
    halves = RecentRates(neurons: network.neurons, window: recent.window, from: time)
  }

  /// Takes back what was measured; `false` where the numbers are not of such a network.
  mutating func restore(measured numbers: [Double]) -> Bool {
    var stream = NumberStream(numbers)
    guard observables.read(from: &stream), passing.read(from: &stream),
      let hasPassed = stream.takeCount()
    else { return false }
    passed = hasPassed == 0 ? nil : passing
    if hasPassed != 0, passed?.read(from: &stream) != true { return false }
    return recent.read(from: &stream) && halves.read(from: &stream) && stream.isAtEnd
  }
}
