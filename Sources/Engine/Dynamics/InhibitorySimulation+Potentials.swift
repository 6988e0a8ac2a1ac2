import Kernels

extension InhibitorySimulation {
  /// Spikes of each neuron since the start, or since they were last cleared.
  package var counts: [Int] { memory.spikeCounts.elements.map { Int($0) } }

  /// Spikes of all neurons together.
  package var spikes: Int { memory.spikeCounts.elements.reduce(0) { $0 + Int($1) } }

  package func clearCounts() {
    memory.spikeCounts.elements.update(repeating: 0)
  }

  /// a of each neuron as it is now.
  package var drives: [Double] { Array(memory.drives.elements) }

  /// V of each neuron at this time.
  package var potentials: [Double] {
    [Double](unsafeUninitializedCapacity: network.neurons) { values, used in
      used = network.neurons
      copyPotentials(into: UnsafeMutableBufferPointer(rebasing: values[..<used]))
    }
  }

  /// Overwrites as many numbers as there are neurons with V at this time.
  package func copyPotentials(into values: UnsafeMutableBufferPointer<Double>) {
    precondition(values.count == network.neurons, "a number for each neuron")
    guard let base = values.baseAddress else { return }
    if isClocked {
      for neuron in 0..<values.count { base[neuron] = memory.state(of: neuron).pointee.distance }
      return
    }
    let slices = memory.slices.pointee
    for index in 0..<memory.blocks.count {
      let block = memory.blocks.base + index
      read_potentials(base + Int(block.pointee.first), block, slices.shared_field, slices.now)
    }
  }

  // MARK: Setting

  /// Puts a neuron at a potential, below the threshold.
  func place(_ neuron: Int, at potential: Double) {
    let state = memory.state(of: neuron)
    let below = min(potential, 1.0.nextDown)
    if isClocked {
      state.pointee.distance = below
      return
    }
    let slices = memory.slices.pointee
    let drive = memory.drives[neuron]
    state.pointee.excess = drive - 1
    state.pointee.distance = (drive - below) * slices.now - slices.shared_field
    // Rounding must not let it fire before now.
    while state.pointee.excess > 0,
      (state.pointee.distance + slices.shared_field) / state.pointee.excess < slices.now
    {
      state.pointee.distance = state.pointee.distance.nextUp
    }
  }
}
