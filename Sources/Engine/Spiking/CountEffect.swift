import Foundation
import Synchronization

/// How the spike-train level post-synaptic potential e of a pair of neurons depends on the count o_i of
/// the neuron after the synapse: for each count o_j of the one before a polynomial of degree 4,
///
///     e(o_j, o_i) ~ c0 o_i^4 + c1 o_i^3 + c2 o_i^2 + c3 o_i + c4
///
/// fitted to the mean over random pairs of trains (specification of ST-RSBP, 2.2). The mean first grows
/// with o_i and then falls, as more spikes reset more of the potential.
package struct CountEffect: Sendable, Equatable {
  /// c0...c4 for o_j = 1, 2, ...
  package let coefficients: [[Double]]

  package var rows: Int { coefficients.count }

  package init(coefficients: [[Double]]) {
    precondition(!coefficients.isEmpty && coefficients.allSatisfy { $0.count == 5 })
    self.coefficients = coefficients
  }

  /// 4 c0, 3 c1, 2 c2, c3 of the row for so many spikes before, within the rows there are.
  package func slopeFactors(before count: Int) -> [Double] {
    let row = coefficients[min(max(count, 1), rows) - 1]
    return [4 * row[0], 3 * row[1], 2 * row[2], row[3]]
  }

  // MARK: Making the table

  /// Counts that tables go up to.
  package static let mostSpikes = 100
  package static let defaultTrials = 200

  /// That of some time constants, made once in a process.
  package static func table(for response: SpikeResponse) -> CountEffect {
    made.withLock { made in
      if let known = made[response] { return known }
      let table = CountEffect(response, trials: defaultTrials)
      made[response] = table
      return table
    }
  }

  private static let made = Mutex<[SpikeResponse: CountEffect]>([:])

  /// Counts up to which trains are drawn: crowded ones are hard to draw, as each spike keeps a place
  /// of its own and of its refractory steps.
  private static func rows(_ response: SpikeResponse) -> Int {
    let room = Double((response.steps - 1) / (response.refractory + 1))
    return max(1, min(mostSpikes, Int(0.77 * room)))
  }

  /// From `trials` random pairs of trains for each pair of counts.
  package init(_ response: SpikeResponse, trials: Int, seed: UInt64 = 0) {
    let rows = Self.rows(response)
    let averages = PairAverages(response, trials: trials, rows: rows, seed: seed)
    coefficients = averages.means.map(Self.polynomial)
  }

  /// The best polynomial of degree 4 through values at 1, 2, ..., from the highest power on; of a
  /// lower degree where there are too few values.
  private static func polynomial(_ values: [Double]) -> [Double] {
    // Powers of places up to 1 are easier told apart.
    let scale = Double(values.count)
    let powers = (0...min(4, values.count - 1)).reversed().map(Double.init)
    let columns = powers.map { power in
      values.indices.map { pow(Double($0 + 1) / scale, power) }
    }
    let found = CurveShape.leastSquares(values, on: columns) ?? []
    let coefficients = zip(found, powers).map { $0 / pow(scale, $1) }
    return [Double](repeating: 0, count: 5 - coefficients.count) + coefficients
  }
}

/// The mean of e over random pairs of trains.
private struct PairAverages {
  /// means[o_j - 1][o_i - 1].
  private(set) var means: [[Double]]

  init(_ response: SpikeResponse, trials: Int, rows: Int, seed: UInt64) {
    let (steps, refractory) = (response.steps, response.refractory)
    let decay = (0...steps).map { pow(1 - 1 / response.membrane, Double($0)) }
    means = [[Double]](repeating: [Double](repeating: 0, count: rows), count: rows)
    var trace = [Double](repeating: 0, count: steps)
    for trial in 0..<trials {
      var stream = RandomStream(seed: seed, purpose: .trains, first: trial)
      let after = (1...rows).map { Self.train($0, steps, refractory, &stream) }
      let before = (1...rows).map { Self.train($0, steps, refractory, &stream) }
      for (row, spikes) in before.enumerated() {
        Self.fill(&trace, spikes, response)
        for (column, spikes) in after.enumerated() {
          var sum = trace[spikes[0]]
          for place in 1..<max(spikes.count, 1) {
            let anchor = spikes[place - 1] + refractory
            sum += trace[spikes[place]] - decay[spikes[place] - anchor] * trace[anchor]
          }
          means[row][column] += sum
        }
      }
    }
    for row in 0..<rows {
      for column in 0..<rows { means[row][column] /= Double(trials) }
    }
  }

  /// So many spikes at 1..<T, drawn one after another from the places that are left, none closer to
  /// another than a neuron could fire; begun anew where there is no place left.
  private static func train(
    _ count: Int, _ steps: Int, _ refractory: Int, _ stream: inout RandomStream
  ) -> [Int] {
    while true {
      var isFree = [Bool](repeating: true, count: steps)
      var spikes: [Int] = []
      var free = steps - 1
      while spikes.count < count, free > 0 {
        let time = 1 + stream.nextIndex(below: steps - 1)
        guard isFree[time] else { continue }
        spikes.append(time)
        for place in max(time - refractory, 1)...min(time + refractory, steps - 1)
        where isFree[place] {
          isFree[place] = false
          free -= 1
        }
      }
      if spikes.count == count { return spikes.sorted() }
    }
  }

  /// Q(t): the potential that the spikes would make in a membrane that is never reset.
  private static func fill(_ trace: inout [Double], _ spikes: [Int], _ response: SpikeResponse) {
    var (current, potential, next) = (0.0, 0.0, 0)
    trace[0] = 0
    for time in 1..<trace.count {
      current -= current / response.synapse
      if next < spikes.count, spikes[next] == time - 1 {
        current += 1
        next += 1
      }
      potential += current / response.synapse - potential / response.membrane
      trace[time] = potential
    }
  }
}
