import Foundation

/// The look at one unit.
extension TrainingStudy {
  /// `nil` where there is no such unit.
  func unitDetail(
    _ unit: Int, ofSite site: Int, at place: (pass: NetworkPass, row: Int)
  ) -> UnitDetail? {
    guard (0..<signals[site].units).contains(unit) else { return nil }
    let activity = place.pass.recurrent.activity(of: unit, site: site, row: place.row)
    let trace = voltageTrace(activity, unit: unit, site: site, at: place)
    return UnitDetail(
      unit: unit, current: current(of: unit, site: site, at: place), activity: activity,
      charges: trace.charges, voltages: trace.voltages,
      incoming: incoming(unit, site: site), outgoing: outgoing(unit, site: site))
  }

  /// The voltages of all steps from those that the quantizer has ended with, backwards:
  ///
  ///     v_{t-1} = v_t + n_t - w a_t
  ///
  /// Rounding could lead out of 0...1, where no voltage is.
  private func voltageTrace(
    _ activity: [Float], unit: Int, site: Int, at place: (pass: NetworkPass, row: Int)
  ) -> (charges: [Float], voltages: [Float]) {
    let w = trainer.presentResolutions[site]
    guard w.isFinite, let pass = place.pass.recurrent as? any QuantizedSequencePass,
      pass.quantizers.indices.contains(site), let quantizer = pass.quantizers[site],
      quantizer.isDiffused
    else { return ([], []) }
    let outputs = pass.outputs(of: unit, site: site, row: place.row)
    var voltages = [Float](repeating: 0, count: activity.count)
    var charges = voltages
    var voltage = Double(quantizer.voltages[place.row, unit])
    for t in activity.indices.reversed() {
      voltages[t] = Float(voltage)
      let count = Double((outputs[t] * w).rounded())
      charges[t] = Float(voltage + count)
      voltage = min(max(voltage + count - Double(w * activity[t]), 0), 1)
    }
    return (charges, voltages)
  }

  private func current(
    of unit: Int, site: Int, at place: (pass: NetworkPass, row: Int)
  ) -> [Float] {
    let junctions = trainer.network.recurrent.junctions.filter {
      $0.target == site && $0.isCurrent
    }
    guard !junctions.isEmpty else { return [] }
    let steps = trainer.problem.steps
    var sums = [Float](repeating: 0, count: steps)
    for junction in junctions {
      let weights = junction.weights(
        into: unit, from: count(of: junction.source), trainer.weights)
      for t in 0..<steps {
        let seen = t - (junction.isDelayed ? 1 : 0)
        if seen >= 0 { sums[t] += sum(weights, of: junction.source, at: seen, place) }
      }
    }
    return sums
  }

  /// What a source sends at step `t`, times weights.
  private func sum(
    _ weights: [Float], of source: Junction.Source, at t: Int,
    _ place: (pass: NetworkPass, row: Int)
  ) -> Float {
    let row: Matrix
    switch source {
    case .one: return weights[0]
    case .input: row = place.pass.batchInput.rows(t * place.pass.rows + place.row, 1)
    case .site(let index):
      let pass = place.pass.recurrent
      row = pass.signal(index).rows(t * pass.signalRows + place.row, 1)
    }
    var sum: Float = 0
    for index in weights.indices { sum += weights[index] * row.base[index] }
    return sum
  }

  private func count(of source: Junction.Source) -> Int {
    switch source {
    case .one: 1
    case .input: trainer.network.recurrent.inputs
    case .site(let index): signals[index].units
    }
  }
}

/// The weights of one unit.
extension TrainingStudy {
  private static let mostWeights = 8

  private func incoming(_ unit: Int, site: Int) -> [UnitDetail.Weight] {
    Self.strongest(
      trainer.network.recurrent.junctions.filter { $0.target == site }.flatMap { junction in
        junction.weights(into: unit, from: count(of: junction.source), trainer.weights)
          .enumerated().map { index, value in
            UnitDetail.Weight(
              name: junction.name, other: name(of: junction.source, index), value: value)
          }
      })
  }

  /// Those of the readout included.
  private func outgoing(_ unit: Int, site: Int) -> [UnitDetail.Weight] {
    let network = trainer.network
    var all = network.recurrent.junctions.filter { $0.source == .site(site) }.flatMap { junction in
      junction.weights(outOf: unit, into: signals[junction.target].units, trainer.weights)
        .enumerated().map { index, value in
          UnitDetail.Weight(
            name: junction.name, other: name(of: .site(junction.target), index), value: value)
        }
    }
    if case .site(site) = network.recurrent.outputSource {
      let readout = trainer.weights[network.readout.weights]
      all += (0..<network.classes).map {
        UnitDetail.Weight(name: "readout", other: "class \($0)", value: readout[unit, $0])
      }
    }
    return Self.strongest(all)
  }

  private func name(of source: Junction.Source, _ index: Int) -> String {
    switch source {
    case .one: "bias"
    case .input: "x \(index)"
    case .site(let site): "\(signals[site].id) \(index)"
    }
  }

  private static func strongest(_ all: [UnitDetail.Weight]) -> [UnitDetail.Weight] {
    Array(
      all.filter { $0.value != 0 }.sorted { $0.value.magnitude > $1.value.magnitude }
        .prefix(mostWeights))
  }
}
