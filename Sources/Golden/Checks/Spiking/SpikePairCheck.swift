import Engine

/// `spsp`: the post-synaptic potential of pairs of trains, by the recursion and by the analytic kernel
/// in Double, and by the engine.
struct SpikePairCheck: GoldenCheck {
  var name: String { "spsp" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let response = try ReferenceSpikeResponse(item)
      let before = try item.value("pre").train(steps: response.steps)
      let after = try item.value("post").train(steps: response.steps)
      let step = try item.value("e_step")
      try tally.compare(
        [response.potential(before: before, after: after)], step, .double, as: "Double")
      try tally.compare(
        [response.kernelPotential(before: before, after: after)], item.value("e_kernel"), .double,
        as: "Double")
      let found = response.ofEngine.postSynapticPotentials(
        before: SpikeTrains(steps: response.steps, times: [before]),
        after: SpikeTrains(steps: response.steps, times: [after]))
      try tally.compare(found.map(Double.init), step, .single, as: "engine")
    }
  }
}
