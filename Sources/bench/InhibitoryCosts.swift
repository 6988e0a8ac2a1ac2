import Engine
import Foundation

/// The cost of a unit of time, fitted over N and K: with N/tau comparisons and N r spikes a unit, each
/// of them K additions and its own share (specification of inhibitory networks, 2.3).
enum InhibitoryCosts {
  private struct Point {
    let neurons: Int
    let inDegree: Int
    let delay: Double
    var times: [Double] = []
    /// Comparisons, additions and spikes a unit of time.
    var counts: [Double] = []
  }

  static func measure(rounds: Int) throws {
    var points = [1000, 4000, 16_000].flatMap { neurons in
      [20, 100].flatMap { inDegree in
        [0.02, 0.1, 0.4].map { Point(neurons: neurons, inDegree: inDegree, delay: $0) }
      }
    }
    for _ in 0..<max(rounds, 1) {
      for index in points.indices { try measure(&points[index]) }
    }
    for point in points {
      print(
        "N \(point.neurons) K \(point.inDegree) tau \(point.delay):",
        "\((1e6 * Measurement(point.times).median).fixed(1)) microseconds a unit")
    }
    let rates = points.map { Measurement($0.times).median }
    // Each point weighs the same, however long it takes.
    let factors = leastSquares(
      zip(points, rates).map { point, rate in point.counts.map { $0 / rate } },
      rates.map { _ in 1 })
    let names = ["a comparison", "an addition", "a spike"]
    for (name, factor) in zip(names, factors) { print("\(name): \((1e9 * factor).fixed(2)) ns") }
    for (point, rate) in zip(points, rates) {
      let fitted = zip(point.counts, factors).reduce(0) { $0 + $1.0 * $1.1 }
      print(
        "N \(point.neurons) K \(point.inDegree) tau \(point.delay):",
        "fitted \((fitted / rate).fixed(2)) of what was measured")
    }
  }

  private static func measure(_ point: inout Point) throws {
    let network = try InhibitoryNetwork.make(
      neurons: point.neurons, connectivity: .sparse(inDegree: point.inDegree), seed: 1)
    let simulation = try InhibitorySimulation(network, coupling: 1, delay: point.delay)
    simulation.advance(to: 10)
    simulation.clearCounts()
    let length = 1e6 / Double(point.neurons)
    let seconds = Measurement.seconds { simulation.advance(to: 10 + length) }
    point.times.append(seconds / length)
    let rate = Double(simulation.spikes) / length
    point.counts = [
      Double(point.neurons) / point.delay, Double(point.inDegree) * rate, rate,
    ]
  }

  /// The factors of the columns that come nearest to the targets, by the normal equations.
  private static func leastSquares(_ rows: [[Double]], _ targets: [Double]) -> [Double] {
    let count = rows.first?.count ?? 0
    var matrix = (0..<count).map { i in
      (0..<count).map { j in rows.reduce(0) { $0 + $1[i] * $1[j] } }
        + [zip(rows, targets).reduce(0) { $0 + $1.0[i] * $1.1 }]
    }
    for pivot in 0..<count {
      for row in 0..<count where row != pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot...count { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    return (0..<count).map { matrix[$0][count] / matrix[$0][$0] }
  }
}
