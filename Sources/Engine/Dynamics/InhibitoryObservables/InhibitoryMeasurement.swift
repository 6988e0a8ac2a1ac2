/// Anything that simulates an inhibitory network forward in time.
package protocol InhibitorySimulating {
  /// Goes on to a time and appends all spikes up to and including it, in order. A time that is not
  /// after the one that was advanced to last adds nothing.
  mutating func advance(to time: Double, into spikes: inout SpikeRecord)

  /// Writes V_i at the time that was advanced to last, one for each neuron.
  mutating func copyPotentials(into destination: UnsafeMutableBufferPointer<Double>)
}

/// Walks a simulation through a window and feeds its observables.
package struct InhibitoryMeasurement {
  package private(set) var observables: InhibitoryObservables
  private var spikes = SpikeRecord()
  /// The sample that comes next, from 1 on.
  private var sample = 1

  package init(_ observables: InhibitoryObservables) { self.observables = observables }

  private var samples: Int {
    Int((observables.window.length / observables.sampleStep).rounded())
  }

  package var isFinished: Bool { sample > samples }

  /// Goes on by some samples, the transient before the first; ends with the window. `watch` sees
  /// the spikes as they come, those of the transient too.
  package mutating func advance(
    _ simulation: inout some InhibitorySimulating, samples count: Int = .max,
    watch: (SpikeRecord) -> Void = { _ in }
  ) {
    let window = observables.window
    if sample == 1 { go(&simulation, to: window.start, watch) }
    let last = min(samples, sample - 1 + min(count, samples))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: observables.neurons) { potentials in
      while sample <= last {
        let time = min(window.start + Double(sample) * observables.sampleStep, window.end)
        go(&simulation, to: time, watch)
        simulation.copyPotentials(into: potentials)
        observables.sample(UnsafeBufferPointer(potentials), at: time)
        sample += 1
      }
    }
    guard isFinished else { return }
    go(&simulation, to: window.end, watch)
    observables.finish()
  }

  private mutating func go(
    _ simulation: inout some InhibitorySimulating, to time: Double,
    _ watch: (SpikeRecord) -> Void
  ) {
    spikes.removeAll()
    simulation.advance(to: time, into: &spikes)
    observables.record(spikes)
    watch(spikes)
  }
}
