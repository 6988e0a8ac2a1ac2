import Engine
import Foundation

/// What a file `net_*` gives: a network of spike trains, its input, and what is asked of it.
struct SpikeTrainCase {
  let network: ReferenceSpikingNetwork
  let input: [[Int]]
  let objective: ReferenceSpikeObjective
  /// Coefficients of the post-derivative, a row for each count before the synapse from 1 on.
  let table: [[Double]]
  /// The listed layers.
  let layers: [GoldenValue]

  private static let mostUnits = 1000
  private static let mostSpikes = 1_000_000
  private static let thresholds = 1e-6...1e6

  init(_ file: GoldenValue) throws {
    let response = try ReferenceSpikeResponse(file)
    input = try file.value("input_spike_times").trains(steps: response.steps)
    layers = try file.value("layers").elements()
    guard !layers.isEmpty, !input.isEmpty else {
      throw file.invalid("inputs and at least a layer", found: "none")
    }
    var before = input.count
    var read: [ReferenceSpikingNetwork.Layer] = []
    for layer in layers {
      read.append(try Self.layer(layer, before: before))
      before = read[read.count - 1].units
    }
    network = ReferenceSpikingNetwork(layers: read, response: response)
    objective = try Self.objective(file, outputs: before)
    table = try Self.table(file)
  }

  private static func layer(
    _ item: GoldenValue, before: Int
  ) throws -> ReferenceSpikingNetwork.Layer {
    let units = try item.value("W").elements().count
    guard (1...mostUnits).contains(units) else {
      throw try item.value("W").invalid("1 to \(mostUnits) rows", found: "\(units)")
    }
    let threshold = try item.value("threshold")
    guard thresholds.contains(try threshold.double()) else {
      throw threshold.invalid("\(thresholds)", found: "\(try threshold.double())")
    }
    return ReferenceSpikingNetwork.Layer(
      forward: try item.value("W").rows(count: units, columns: before),
      recurrent: try item.optional("R")?.rows(count: units, columns: units),
      threshold: try threshold.double(), lateral: try item.value("lateral_inhibition").double())
  }

  private static func objective(
    _ file: GoldenValue, outputs: Int
  ) throws -> ReferenceSpikeObjective {
    let label = try file.value("label")
    guard (0..<outputs).contains(try label.integer()) else {
      throw label.invalid("one of \(outputs) outputs", found: "\(try label.integer())")
    }
    return ReferenceSpikeObjective(
      label: try label.integer(),
      desired: try file.value("desired").positiveInteger(atMost: mostSpikes),
      undesired: try file.value("undesired").count(atMost: mostSpikes),
      margin: try file.value("margin").count(atMost: mostSpikes),
      sampleWeight: try file.value("sample_weight").double())
  }

  /// The table in the file beside, or else one that is known.
  private static func table(_ file: GoldenValue) throws -> [[Double]] {
    let value = try file.value("effect_poly")
    let name = try value.text()
    let beside = URL(fileURLWithPath: file.file).deletingLastPathComponent()
      .appendingPathComponent(name)
    if !name.isEmpty, !name.contains("/"), FileManager.default.fileExists(atPath: beside.path) {
      return try GoldenValue(contentsOf: beside).value("coefficients").effectRows()
    }
    guard name == KnownCountEffect.file else {
      throw value.invalid("the name of a file beside this one", found: "none such")
    }
    return KnownCountEffect.coefficients
  }
}

extension ReferenceSpikeResponse {
  /// Of the keys T, tau_m, tau_s, refractory and, where there is one, threshold_epsilon.
  init(_ item: GoldenValue) throws {
    let steps = try item.value("T").positiveInteger(
      atMost: SpikeResponse.allowedSteps.upperBound)
    let constants = SpikeResponse.allowedTimeConstants
    for key in ["tau_m", "tau_s"] where !constants.contains(try item.value(key).double()) {
      throw try item.value(key).invalid("\(constants)", found: "\(item.value(key).double())")
    }
    self.init(
      membrane: try item.value("tau_m").double(), synapse: try item.value("tau_s").double(),
      refractory: try item.value("refractory").count(
        atMost: SpikeResponse.allowedRefractory.upperBound),
      steps: steps)
    if let tolerance = try item.optional("threshold_epsilon") {
      thresholdTolerance = try tolerance.double()
    }
  }

  /// The same for the engine.
  var ofEngine: SpikeResponse {
    SpikeResponse(membrane: membrane, synapse: synapse, refractory: refractory, steps: steps)
  }
}

extension GoldenValue {
  /// An integer in 0...`limit`.
  func count(atMost limit: Int) throws(GoldenError) -> Int {
    let number = try integer()
    guard (0...limit).contains(number) else {
      throw invalid("an integer from 0 to \(limit)", found: "\(number)")
    }
    return number
  }

  /// Steps of the spikes of one neuron.
  func train(steps: Int) throws(GoldenError) -> [Int] {
    let times = try integers()
    guard times.allSatisfy((0..<steps).contains), zip(times, times.dropFirst()).allSatisfy(<)
    else {
      throw invalid("ascending steps below \(steps)", found: "others")
    }
    return times
  }

  /// Steps of the spikes of each neuron.
  func trains(steps: Int) throws(GoldenError) -> [[Int]] {
    var trains: [[Int]] = []
    for element in try elements() { trains.append(try element.train(steps: steps)) }
    return trains
  }

  /// Polynomials of degree 4, a row for each count of spikes before a synapse from 1 on.
  func effectRows() throws(GoldenError) -> [[Double]] {
    let rows = try rows()
    guard !rows.isEmpty, rows.allSatisfy({ $0.count == 5 }) else {
      throw invalid("rows of five coefficients", found: "of another shape")
    }
    return rows
  }
}
