import Engine
import Foundation
import Golden
import Testing

@Suite("Statistics of simulated inhibitory networks")
struct InhibitoryStatisticsTests {
  /// A case with its network, simulated in the plainest way.
  private struct Run {
    let item: GoldenValue
    let network: InhibitoryNetwork
    let observables: InhibitoryObservables
    let spikes: SpikeRecord
  }

  private static func json() throws -> GoldenJSON {
    try GoldenValue(parsing: Data(InhibitoryCases.text.utf8), file: "cases").json
  }

  private static func run(_ item: GoldenValue) throws -> Run {
    let statistics = try InhibitoryStatistics(item)
    let range = try #require(ExcitabilityRange(1, 1.5))
    let (neurons, inputs) = (
      try item.value("N").integer(), try item.value("in_degree").integer()
    )
    let network = ReferenceInhibitoryNetwork.network(
      neurons: neurons, in: range, inDegree: inputs == neurons - 1 ? nil : inputs,
      seed: UInt64(try item.value("seed").integer()))
    var simulation = ReferenceInhibitoryNetwork(
      network, coupling: statistics.coupling, delay: statistics.delay)
    var measurement = InhibitoryMeasurement(statistics.observables(of: network))
    var spikes = SpikeRecord()
    measurement.advance(&simulation) { new in
      for (time, neuron) in zip(new.times, new.neurons) { spikes.append(neuron, at: time) }
    }
    return Run(
      item: item, network: network, observables: measurement.observables, spikes: spikes)
  }

  private static func result(_ run: Run, of item: GoldenValue) throws -> GoldenResult {
    var tally = GoldenTally()
    let statistics = try InhibitoryStatistics(item)
    try statistics.compare(run.observables, into: &tally)
    try statistics.compareTheory(of: run.network, into: &tally)
    return tally.result(name: "cases")
  }

  @Test(arguments: 0..<3)
  func `They are those of two other simulators, and wrong ones are found`(index: Int) throws {
    let path: [GoldenJSON.Step] = [.key("cases"), .index(index)]
    let json = try #require(try Self.json()[path])
    let run = try Self.run(GoldenValue(json, file: "cases"))
    let result = try Self.result(run, of: run.item)
    #expect(result.passed, "\(result.failures)")
    #expect(result.worstError < 1e-8)

    let total = try run.item.value("spikes_total_0_to_end").integer()
    #expect(run.spikes.count == total)
    let order = try run.item.value("spike_order_fnv1a64").text()
    #expect(Self.hash(of: run.spikes.neurons) == UInt64(order, radix: 16))

    let asked: Set = ["g", "tau", "T_transient", "T_measure", "sample_step", "seed", "N"]
    let told: Set = ["net", "spikes_total_0_to_end", "spike_order_fnv1a64", "in_degree"]
    guard case .object(let members) = json else { return }
    for key in members.keys where !asked.contains(key) && !told.contains(key) {
      let numbers = json.paths.filter { path in
        guard path.first == .key(key), case .number = json[path] else { return false }
        return true
      }
      for path in [numbers.first, numbers.last].compactMap(\.self) {
        let tampered = try #require(
          json.changing(path) { value in
            guard case .number(let number) = value else { return nil }
            let isCount = number.rounded() == number
            return .number(isCount ? number + 1 : number * (1 + 1e-4))
          })
        let result = try Self.result(run, of: GoldenValue(tampered, file: "cases"))
        #expect(!result.passed, "\(path)")
      }
    }
  }

  /// FNV-1a of the numbers, four bytes each, the lowest first.
  private static func hash(of neurons: [UInt32]) -> UInt64 {
    neurons.reduce(0xcbf2_9ce4_8422_2325) { hash, neuron in
      (0..<4).reduce(hash) { hash, byte in
        (hash ^ UInt64(neuron >> (8 * UInt32(byte)) & 0xff)) &* 0x0000_0100_0000_01b3
      }
    }
  }

  @Test func `A measurement in parts is the measurement in one go`() throws {
    let range = try #require(ExcitabilityRange(1, 1.5))
    let network = ReferenceInhibitoryNetwork.network(
      neurons: 40, in: range, inDegree: 8, seed: 9)
    let observables = InhibitoryObservables(
      of: network, window: ObservationWindow(after: 20, for: 30), sampleStep: 0.04, rateBin: 0.02,
      group: Array(0..<10))
    func measure(inPartsOf samples: Int) -> InhibitoryObservables {
      var measurement = InhibitoryMeasurement(observables)
      var simulation = ReferenceInhibitoryNetwork(network, coupling: 3, delay: 0.2)
      while !measurement.isFinished { measurement.advance(&simulation, samples: samples) }
      return measurement.observables
    }
    let (whole, parts) = (measure(inPartsOf: .max), measure(inPartsOf: 7))
    #expect(whole.potentials.samples == 750)
    #expect(whole.intervals.counts == parts.intervals.counts)
    #expect(whole.potentials.order == parts.potentials.order)
    #expect(whole.potentials.groupOrder == parts.potentials.groupOrder)
    #expect(whole.rates == parts.rates)
    #expect(whole.bursts.pauses == parts.bursts.pauses)
  }

  @Test func `A simulation of neurons without inhibition is periodic`() throws {
    let range = try #require(ExcitabilityRange(1.1, 1.5))
    let network = ReferenceInhibitoryNetwork.network(
      neurons: 20, in: range, inDegree: 3, seed: 2)
    var measurement = InhibitoryMeasurement(
      InhibitoryObservables(
        of: network, window: ObservationWindow(after: 5, for: 100), sampleStep: 0.05,
        rateBin: 0.1))
    var simulation = ReferenceInhibitoryNetwork(network, coupling: 0, delay: 0.5)
    measurement.advance(&simulation)
    let found = measurement.observables
    #expect(found.activeFraction == 1)
    #expect(found.bursts.freeFraction == 1 && found.bursts.bursts == 20)
    #expect(try #require(found.intervals.meanVariation) < 1e-12)
    for (neuron, count) in found.intervals.counts.enumerated() {
      let period = LeakyNeuron.period(drive: network.excitabilities[neuron])
      #expect(abs(Double(count) - 100 / period) <= 1)
    }
  }

  // MARK: Experiments

  private func ensembles() throws -> GoldenValue {
    try GoldenValue(contentsOf: CommittedFiles.url("ensembles"))
  }

  @Test func `Every experiment has settings with something to expect`() throws {
    let file = try ensembles()
    for experiment in InhibitoryExperiment.allCases {
      let points = try experiment.points(in: file)
      #expect(points.count >= 7)
      #expect(Set(points.map(\.id)).count == points.count)
      for point in points {
        #expect(!point.expectations.isEmpty)
        #expect(point.networks >= 1 && point.neurons >= 400)
        #expect(point.range.lower >= 1 && point.range.upper <= 1.5 + 1e-12)
        for expectation in point.expectations {
          #expect(expectation.value.isFinite && (expectation.tolerance ?? 1) > 0)
        }
      }
    }
    // The same simulations serve where experiments look at other numbers of them.
    let first = Set(try InhibitoryExperiment.e1.points(in: file).map(\.id))
    #expect(first.isSubset(of: try InhibitoryExperiment.e2.points(in: file).map(\.id)))
    #expect(first.isSubset(of: try InhibitoryExperiment.e7.points(in: file).map(\.id)))
  }

  @Test(arguments: [
    ("global_finite_size", 2), ("global_finite_size", 6), ("sparse_finite_size", 5),
    ("sparse_finite_size", 7), ("global_heterogeneity", 2), ("global_heterogeneity", 7),
  ])
  func `A changed number of a table is found`(table: String, column: Int) throws {
    let json = try ensembles().json
    for row in [0, 17] {
      let path: [GoldenJSON.Step] = [.key(table), .key("rows"), .index(row), .index(column)]
      let tampered = try #require(
        json.changing(path) { value in
          guard case .number(let number) = value else { return nil }
          return .number(number + 0.003)
        })
      #expect(try !GoldenSuite.all.check(tampered, name: "ensembles").result().passed)
    }
  }

  @Test func `Tables without a column or with a wrong number say so`() throws {
    let json = try ensembles().json
    let changes: [([GoldenJSON.Step], GoldenJSON)] = [
      ([.key("bursting"), .key("columns"), .index(0)], .text("n")),
      ([.key("bursting"), .key("rows"), .index(0), .index(0)], .number(1000.5)),
      ([.key("bursting"), .key("rows"), .index(0)], .array([.number(1)])),
    ]
    for (path, value) in changes {
      let changed = GoldenValue(
        try #require(json.changing(path) { _ in value }), file: "ensembles")
      #expect(throws: GoldenError.self) { try InhibitoryExperiment.e6.points(in: changed) }
    }
  }

  @Test(arguments: [(InhibitoryExperiment.e5, 1.0), (.e3, 0.2)])
  func `A small network of an experiment comes out as listed`(
    experiment: InhibitoryExperiment, width: Double
  ) throws {
    let point = try #require(
      try experiment.points(in: ensembles()).first {
        $0.neurons == 500 && $0.coupling == 1 && $0.delay == 0.3
          && ($0.inDegree == 100 || abs($0.range.width - width) < 1e-9)
      })
    let network = point.network(0, seed: 1)
    #expect(network != point.network(1, seed: 1))
    #expect(network.neurons == 500 && network.inDegree == point.inDegree ?? 499)
    var simulation = ReferenceInhibitoryNetwork(
      network, coupling: point.coupling, delay: point.delay)
    let found = point.measure(network, &simulation)
    for expectation in point.expectations {
      let tolerance = try #require(expectation.tolerance)
      let number = try #require(found[expectation.quantity])
      #expect(abs(number - expectation.value) < tolerance)
    }
    #expect(found[.modulation] != nil && found[.longActiveFraction] == nil)
  }

  @Test func `Even excitabilities are a shuffled ladder, random ones those of the generator`()
    throws
  {
    let file = try ensembles()
    let even = try #require(try InhibitoryExperiment.e3.points(in: file).first)
    let sorted = even.network(0, seed: 3).excitabilities.sorted()
    #expect(abs(sorted[0] - even.range.lower - even.range.width / 1000) < 1e-12)
    for (low, high) in zip(sorted, sorted.dropFirst()) {
      #expect(abs(high - low - even.range.width / 500) < 1e-12)
    }
    #expect(even.network(0, seed: 3).excitabilities != sorted)
    let sparse = try #require(try InhibitoryExperiment.e4.points(in: file).first)
    let network = sparse.network(2, seed: 3)
    for neuron in 0..<network.neurons {
      let sources = network.sources[20 * neuron..<20 * neuron + 20]
      #expect(Set(sources).count == 20 && !sources.contains(UInt32(neuron)))
    }
  }

  @Test func `A longer window is measured beside the first`() throws {
    let listed = try #require(
      try InhibitoryExperiment.e4.points(in: ensembles()).first { $0.coupling == 2 })
    #expect(listed.longWindow == ObservationWindow(after: 1000, for: 10_000))
    let range = try #require(ExcitabilityRange(1, 1.5))
    let network = ReferenceInhibitoryNetwork.network(
      neurons: 50, in: range, inDegree: 10, seed: 1)
    var simulation = ReferenceInhibitoryNetwork(network, coupling: 2, delay: 0.1)
    let found = listed.measure(network, &simulation)
    var again = InhibitoryObservables(
      of: network, window: ObservationWindow(after: 1000, for: 10_000), sampleStep: 0.02,
      rateBin: 0.01)
    var spikes = SpikeRecord()
    var other = ReferenceInhibitoryNetwork(network, coupling: 2, delay: 0.1)
    other.advance(to: 11_000, into: &spikes)
    again.record(spikes)
    #expect(found[.longMeanRate] == again.meanRate)
    #expect(found[.longActiveFraction] == again.activeFraction)
    #expect(found[.longVariation] == again.intervals.meanVariation)
    #expect(try #require(found[.longActiveFraction]) >= (try #require(found[.activeFraction])))
  }
}
