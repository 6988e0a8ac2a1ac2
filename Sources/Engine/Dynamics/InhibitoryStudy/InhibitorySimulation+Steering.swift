/// What a study asks of a simulation.
extension InhibitorySimulation {
  /// Gives every neuron the drive a; one of 0 never fires. Potentials stay as they are.
  func set(drives: [Double]) throws(InhibitoryError) {
    precondition(drives.count == network.neurons, "a drive for each neuron")
    var state = snapshot()
    // Of a clock a distance is the potential itself.
    if !isClocked {
      for neuron in drives.indices where drives[neuron] != state.drives[neuron] {
        state.distances[neuron] += (drives[neuron] - state.drives[neuron]) * state.now
      }
    }
    state.drives = drives
    try restore(state)
  }
}
