extension InhibitorySimulation {
  /// Goes on from a state that a simulation by another method, or of other connections, has come to:
  /// its time, drives and potentials, and the pulses in flight at the times of their arrival. A clock
  /// moves these to its grid.
  package func take(_ snapshot: Snapshot, by method: Method) throws(InhibitoryError) {
    guard 0...Self.latestTime ~= snapshot.time else { throw .unusableChange(snapshot.time) }
    let potentials = snapshot.potentials(by: method)
    var state = snapshot
    let grown = GrowthScale(at: snapshot.time)
    state.exponent = grown.exponent
    state.sharedField = 0
    state.distances = potentials
    if let clockStep {
      state.now = (snapshot.time / clockStep + 1e-9).rounded(.down)
      state.arrivals = snapshot.arrivalTimes(by: method).map {
        max(($0 / clockStep).rounded(), state.now)
      }
    } else {
      state.now = grown.growth(at: snapshot.time)
      state.arrivals = snapshot.arrivalTimes(by: method).map {
        max(grown.growth(at: $0), state.now)
      }
    }
    try restore(state)
    for neuron in potentials.indices { place(neuron, at: potentials[neuron]) }
  }

  /// Far beyond what anybody waits for.
  private static let latestTime = 1e12
}

extension InhibitorySimulation.Method {
  /// Step of the grid of a clock.
  var clockStep: Double? { if case .clock(let step) = self { step } else { nil } }
}

extension InhibitorySimulation.Snapshot {
  /// V of each neuron, of a state that a simulation by this method has come to.
  fileprivate func potentials(by method: InhibitorySimulation.Method) -> [Double] {
    if method.clockStep != nil { return distances }
    return zip(distances, drives).map { distance, drive in drive - (distance + sharedField) / now }
  }

  /// When the pulses in flight arrive.
  fileprivate func arrivalTimes(by method: InhibitorySimulation.Method) -> [Double] {
    if let step = method.clockStep { return arrivals.map { $0 * step } }
    let scale = GrowthScale(exponent: exponent)
    return arrivals.map { scale.time(of: $0) }
  }
}
