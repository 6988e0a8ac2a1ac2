/// Everything that is measured of an inhibitory network over a window (specification of inhibitory
/// networks, 4), fed with spikes in order of time and with potentials at times in equal steps. What
/// lies outside of the window changes nothing, so that a transient may be fed too.
///
/// Memory is 89 bytes a neuron, 49 kB of the histogram of the pauses, and the samples of V̄, of which
/// the newest ``fieldCapacity`` are kept for period and spectrum. No spikes are kept.
package struct InhibitoryObservables: Sendable {
  /// Samples of V̄ that are kept.
  package static let fieldCapacity = 1 << 16

  package private(set) var window: ObservationWindow
  /// δ, between samples of the potentials.
  package let sampleStep: Double
  package private(set) var intervals: IntervalStatistics
  package private(set) var bursts: BurstStatistics
  package private(set) var potentials: PotentialStatistics
  package private(set) var rates: RateSignal
  private var field = RecentSeries(capacity: fieldCapacity)

  /// - Parameters:
  ///   - network: whose excitabilities tell the free periods.
  ///   - sampleStep: δ, at most a quarter of the delay and at most 0.05; 0.02 is usual.
  ///   - rateBin: of the rate signal, at most a fifth of the delay.
  ///   - group: neurons of which ρ is measured by itself, see ``PotentialStatistics``.
  package init(
    of network: InhibitoryNetwork, window: ObservationWindow, sampleStep: Double, rateBin: Double,
    group: [Int] = []
  ) {
    precondition(sampleStep > 0, "samples are apart")
    (self.window, self.sampleStep) = (window, sampleStep)
    intervals = IntervalStatistics(neurons: network.neurons)
    bursts = BurstStatistics(excitabilities: network.excitabilities)
    potentials = PotentialStatistics(neurons: network.neurons, group: group)
    rates = RateSignal(neurons: network.neurons, from: window.start, bin: rateBin)
  }

  /// The same of the next window, as long as this one.
  package var next: InhibitoryObservables {
    var next = self
    next.window = ObservationWindow(after: window.end, for: window.length)
    next.intervals.removeAll()
    next.bursts.removeAll()
    next.potentials.removeAll()
    next.field.removeAll()
    next.rates = RateSignal(neurons: rates.neurons, from: window.end, bin: rates.bin)
    return next
  }

  // MARK: Feeding

  /// Takes a spike.
  package mutating func record(_ neuron: UInt32, at time: Double) {
    guard window.contains(time) else { return }
    rates.record(at: time)
    if let interval = intervals.record(neuron, at: time) {
      bursts.record(interval: interval, of: neuron, at: time)
    }
  }

  package mutating func record(_ spikes: SpikeRecord) {
    for (time, neuron) in zip(spikes.times, spikes.neurons) { record(neuron, at: time) }
  }

  /// Takes the potentials of all neurons at a time, which counts up to half a step after the window.
  package mutating func sample(_ potentials: UnsafeBufferPointer<Double>, at time: Double) {
    guard time > window.start, time < window.end + sampleStep / 2 else { return }
    self.potentials.sample(potentials)
    field.append(potentials.reduce(0, +) / Double(max(potentials.count, 1)))
  }

  /// The window is over: ends the last bin of the rate signal.
  package mutating func finish() { rates.advance(to: window.end) }

  /// What was measured until now, with the bins of the rate signal that are over; `nil` where the
  /// window has not begun. Measuring can go on as if nobody had asked.
  package func finished(now time: Double) -> InhibitoryObservables? {
    guard time > window.start else { return nil }
    var finished = self
    finished.rates.advance(to: min(time, window.end))
    return finished
  }

  // MARK: Asking

  package var neurons: Int { intervals.neurons }

  /// n_A, to be quoted with the length of the window.
  package var activeFraction: Double { Double(intervals.activeNeurons) / Double(neurons) }

  /// ν̄, over all neurons.
  package var meanRate: Double { Double(intervals.spikes) / (Double(neurons) * window.length) }

  /// Over the active neurons; `nil` where none is.
  package var meanRateOfActive: Double? {
    let active = intervals.activeNeurons
    return active > 0 ? Double(intervals.spikes) / (Double(active) * window.length) : nil
  }

  /// How many neurons fire how fast, up to the fastest.
  package func rateHistogram(bins: Int) -> RateHistogram? {
    let counts = intervals.counts
    guard let most = counts.max(), most > 0 else { return nil }
    return RateHistogram(
      counts: counts, length: window.length, bins: bins, highest: Double(most) / window.length)
  }

  /// The samples of V̄ that are kept, oldest first.
  package var fieldSamples: [Double] { field.values }

  /// The period of V̄ by its autocorrelation.
  package var period: Double? { Periodicity.period(field.values, step: sampleStep) }

  /// The spectrum of V̄.
  package var spectrum: Periodicity.Spectrum {
    Periodicity.spectrum(field.values, step: sampleStep)
  }
}

extension InhibitoryObservables: NumberStreamed {
  func write(to stream: inout NumberStream) {
    stream.put(window.start)
    stream.put(window.length)
    stream.put(rates.bin)
    rates.write(to: &stream)
    intervals.write(to: &stream)
    bursts.write(to: &stream)
    potentials.write(to: &stream)
    field.write(to: &stream)
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let start = stream.take(), let length = stream.take(), let bin = stream.take(),
      start.isFinite, length > 0, length.isFinite, bin >= RateSignal.leastBin
    else { return false }
    window = ObservationWindow(after: start, for: length)
    rates = RateSignal(neurons: rates.neurons, from: start, bin: bin)
    return rates.read(from: &stream) && intervals.read(from: &stream)
      && bursts.read(from: &stream) && potentials.read(from: &stream)
      && field.read(from: &stream)
  }
}
