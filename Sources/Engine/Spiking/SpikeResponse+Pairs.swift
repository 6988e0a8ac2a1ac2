import Kernels

extension SpikeResponse {
  /// e of each pair of trains, by the same steps as within a network (specification of ST-RSBP, 1.5).
  ///
  /// - Returns: [before, after]
  package func postSynapticPotentials(before: SpikeTrains, after: SpikeTrains) -> [Float] {
    let (from, to) = (record(before), record(after))
    let traces = Matrix(rows: steps, columns: max(1, before.channels))
    let responses = Matrix(rows: before.channels, columns: after.channels)
    let (state, decay) = (
      Matrix(rows: 1, columns: max(1, before.channels)), Matrix(rows: 1, columns: steps + 1)
    )
    decay.set(self.decay)
    spike_traces(
      traces.base, from.pointers, Float(1 / membrane), Float(1 / synapse), 0, before.channels,
      state.base)
    spike_responses(
      responses.base, traces.base, before.channels, to.pointers, 0, after.channels, decay.base,
      Int32(refractory))
    return responses.array
  }

  private func record(_ trains: SpikeTrains) -> TrialSpikes {
    let record = TrialSpikes(units: trains.channels, steps: steps, room: trains.count)
    record.set(trains)
    return record
  }
}
