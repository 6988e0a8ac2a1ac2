import Engine
import Testing

@Suite struct EnergyTests {
  /// Two units with counts 0, 1, -3 and 2, 0, 0, each meeting five weights at every step, three
  /// after the first and two at the last; one number that is no count meets seven weights; and
  /// per step two multiplications, one addition, four functions, six neurons and eight biases.
  private static let counts: OperationCounts = {
    let steps: [[[Float]]] = [[[0, 2], [1, 0], [-3, 0]], [[-3, 0]]]
    let meters = steps.map { rows in
      let meter = BitMeter(units: 2)
      for row in rows { meter.add(row, w: 1, rows: 1, stride: 2) }
      return meter.metrics() ?? SiteMetrics()
    }
    let work = LayerWork(
      [
        Connection(.site(0), units: 2, fanOut: 5),
        Connection(.site(0), units: 2, fanOut: 3, .afterFirst),
        Connection(.site(0), units: 2, fanOut: 2, .lastStep),
        Connection(.input, units: 1, fanOut: 7),
      ],
      elementwise: ElementwiseWork(multiplies: 2, additions: 1, functions: 4), neurons: 6,
      biases: 8, plainState: 10, state: 12)
    return OperationCounts(
      work,
      sites: [
        OperationCounts.Site(
          units: 2, kind: .diffused, metrics: meters[0], lastStep: meters[1])
      ], steps: 3)
  }()

  private func expect(
    _ found: Double, _ expected: Double, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(found - expected) < 1e-9 * expected, sourceLocation: location)
  }

  @Test func `counts are those of every connection at the steps it is used at`() {
    let counts = Self.counts
    // Not zero: 1 and -3 of the first unit and 2 of the second; before the last step 1 and 2.
    expect(counts.events, 5 * 3 + 3 * 2 + 2 * 1)
    expect(counts.unitOps, 5 * 6 + 3 * 3 + 2 * 3)
    expect(counts.shiftAdds, 5 * 4 + 3 * 2 + 2 * 2)
    expect(counts.dense, 10 * 3 + 6 * 2 + 4)
    expect(counts.macs, 7 * 3)
    expect(counts.elementwise.multiplies, 6)
    expect(counts.quantizers.additions, 12)
    expect(counts.neuronUpdates, 18)
    expect(counts.biasReads, 24)
    expect(counts.stateUpdates, 36)
  }

  /// So many operations at so many picojoules each, in joules.
  private func sum(_ terms: (count: Double, picojoules: Double)...) -> Double {
    terms.reduce(0) { $0 + $1.count * $1.picojoules } * 1e-12
  }

  @Test func `arithmetic takes what the specification's figures say`() {
    let energy = EnergyEstimates(Self.counts)
    expect(energy.denseFloat, sum((46, 4.6), (21, 4.6), (6, 3.7), (3, 0.9)))
    let rest = sum((21, 3.2), (6, 3.1), (3, 0.1))
    expect(energy.compute.dense, rest + sum((46, 3.2)))
    // A quantizer multiplies once and adds twice for each of two units at three steps.
    let quantizing = sum((6, 3.1), (12, 0.1))
    expect(energy.compute.unitSpikes, rest + quantizing + sum((45, 0.1)))
    expect(energy.compute.shiftAdds, rest + quantizing + sum((30, 0.1)))
  }

  @Test func `devices that do not spike are charged for every step`() throws {
    let devices = EnergyEstimates(Self.counts).devices
    let cpu = try #require(devices.first { $0.name == "cpu" })
    expect(cpu.synaptic, 8.6e-9 * 67)
    expect(cpu.neuron, 8.6e-9 * 18)
    let loihi = try #require(devices.first { $0.name == "loihi" })
    expect(loihi.synaptic, 27.1e-12 * (45 + 21))
    expect(loihi.neuron, 81e-12 * 18)
    #expect(devices.map(\.name) == ["cpu", "gpu", "arm", "loihi", "spinnaker", "spinnaker2"])
  }

  @Test func `memory is charged by the constants of the experiment`() {
    var constants = EnergyConstants()
    constants.weightRead = 7
    constants.stateRead = 11
    constants.stateWrite = 13
    constants.add = 2
    constants.multiply = 3
    let energy = EnergyEstimates(Self.counts, constants: constants)
    // Products of what is no count with their weights, elements, and biases.
    let rest = sum((21, 5), (21, 7), (6, 3), (3, 2), (24, 7))
    let quantizing = sum((6, 3), (12, 2))
    // A step reads and writes 10 state variables, 12 with those of the quantizers.
    expect(energy.withMemory.dense, rest + sum((46, 5), (46, 7), (30, 24)))
    let states = sum((36, 24))
    expect(energy.withMemory.unitSpikes, rest + quantizing + states + sum((45, 2), (45, 7)))
    // A weight that is added several times is read once.
    expect(energy.withMemory.shiftAdds, rest + quantizing + states + sum((30, 2), (23, 7)))
    // The constants of the experiment are of no concern to the other estimates.
    #expect(energy.compute == EnergyEstimates(Self.counts).compute)
  }

  @Test func `a run reports what its own counts amount to`() throws {
    var configuration = TrainingConfiguration.tiny(batch: 12)
    configuration.evaluation.testDraws = 1
    configuration.evaluation.energy.weightRead = 1000
    let study = try TrainingStudy(tiny: configuration)
    let events = try study.runToEnd()
    let test = try #require(
      events.compactMap { event -> Evaluation? in
        guard case .evaluated(let evaluation) = event else { return nil }
        return evaluation.split == .test ? evaluation : nil
      }.last)
    let brute = try Self.count(study)
    let reported = ["events", "unitOps", "shiftAdds", "dense", "macs"].map {
      test["operations.\($0)"] ?? -1
    }
    for (reported, brute) in zip(reported, brute) {
      #expect(abs(reported - brute) < 1e-6 * brute, "\(reported) \(brute)")
    }
    let picojoules = try #require(test["energy.withMemory.picojoules.weightRead"])
    #expect(picojoules == 1000)
    let (dense, spikes) = (
      test["energy.withMemory.dense"] ?? 0, test["energy.withMemory.shiftAdds"] ?? 0
    )
    #expect(dense > spikes && spikes > 1000e-12 * (brute[0] + brute[4]))
  }

  /// Operations of the tiny network, one by one from the counts of all test samples, which are in
  /// its last batch: n = 12, d = 6, 9 steps, 2 classes.
  private static func count(_ study: TrainingStudy) throws -> [Double] {
    var (events, unitOps, shiftAdds, dense) = (0, 0, 0, 0)
    for sample in 0..<12 {
      for (site, everyStep, afterFirst, lastStep) in [("h", 0, 13, 2), ("m", 12, 1, 0)] {
        guard case .raster(let raster)? = study.probe(.raster(site: site, sample: sample)) else {
          throw NoRaster()
        }
        #expect(raster.steps == 9)
        for (index, value) in raster.values.enumerated() {
          let isLast = index % raster.steps == raster.steps - 1
          let weights = everyStep + (isLast ? lastStep : afterFirst)
          let magnitude = Int(value.magnitude.rounded())
          events += magnitude == 0 ? 0 : weights
          unitOps += magnitude * weights
          shiftAdds += magnitude.nonzeroBitCount * weights
          dense += weights
        }
      }
    }
    let means = [events, unitOps, shiftAdds, dense].map { Double($0) / 12 }
    // e_x and W_x, Bd at every step, Ad after the first.
    return means + [Double(9 * 13 + 9 * 6 + 8 * 36)]
  }

  private struct NoRaster: Error {}

  @Test func `a network without quantizers is charged as a dense one`() throws {
    let study = try TrainingStudy(tiny: .tiny(kind: .off))
    let end = try #require(try study.runToEnd().last?.conclusion)
    let paths = end.metrics.map(\.gauge).filter {
      $0.hasPrefix("test.operations.") || $0.hasPrefix("test.energy.")
    }
    #expect(paths.contains("test.operations.macs"))
    #expect(paths.contains("test.energy.withMemory.dense"))
    #expect(!paths.contains { $0.hasSuffix("events") || $0.hasSuffix("shiftAdds") })
    let macs = end.metrics.first { $0.gauge == "test.operations.macs" }?.last
    // x; h; m: W_m, e_m and Ad; Bd; the readout.
    let products = [9 * 13, 8 * 12 * 13, 9 * 6 * 12, 8 * 6, 8 * 36, 9 * 6, 12 * 2]
    #expect(macs == Double(products.reduce(0, +)))
  }
}
