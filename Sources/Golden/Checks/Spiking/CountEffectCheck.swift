import Engine
import Synchronization

/// `effect_poly_*`: how the mean post-synaptic potential of random trains depends on their counts.
///
/// The tables come of random draws. Their rows have to be proportional to the count before the
/// synapse, and their mean has to be that of the engine's own draws; the engine's slopes have to be
/// those of the listed polynomials.
struct CountEffectCheck: GoldenCheck {
  var name: String { "effect_poly_" }

  func covers(_ file: String) -> Bool { file.hasPrefix(name) }

  private static let slopeTolerance = GoldenTolerance.relative(1e-6)
  /// Of the mean over all counts.
  private static let rowTolerance = GoldenTolerance.absolute(0.03)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let response = try ReferenceSpikeResponse(file).ofEngine
    let listed = try file.value("coefficients")
    let rows = try listed.effectRows()
    tally.compare(
      Double(rows.count), try file.value("rows").double(), .exact, at: "rows")
    compareSlopes(rows, listed, &tally)
    let mean = Self.mean(rows, counts: rows.count)
    let scale = mean.reduce(0, +) / Double(mean.count)
    for (index, row) in rows.enumerated() {
      let values = mean.indices.map { Self.value(row, $0 + 1) / Double(index + 1) / scale }
      tally.compare(
        values, mean.map { $0 / scale }, Self.rowTolerance, at: "\(listed.path)[\(index)]")
    }
    let own = Self.draws.table(response)
    let counts = min(rows.count, own.rows)
    let (found, expected) = (
      Self.mean(own.coefficients, counts: counts), Self.mean(rows, counts: counts)
    )
    tally.compare(
      found.map { $0 / scale }, expected.map { $0 / scale },
      .absolute(Self.isShort(response) ? 0.03 : 0.05), at: "\(listed.path), drawn by the engine")
  }

  private func compareSlopes(
    _ rows: [[Double]], _ listed: GoldenValue, _ tally: inout GoldenTally
  ) {
    let effect = CountEffect(coefficients: rows)
    let step = 1e-4
    for (index, row) in rows.enumerated() {
      let factors = effect.slopeFactors(before: index + 1)
      let places = (1...rows.count).map(Double.init)
      tally.compare(
        places.map { place in factors.reduce(0) { $0 * place + $1 } },
        places.map { (Self.value(row, at: $0 + step) - Self.value(row, at: $0 - step)) / 2 / step },
        Self.slopeTolerance, at: "\(listed.path)[\(index)], slopes")
    }
  }

  private static func value(_ row: [Double], at place: Double) -> Double {
    row.reduce(0) { $0 * place + $1 }
  }

  private static func value(_ row: [Double], _ count: Int) -> Double {
    value(row, at: Double(count))
  }

  /// The mean over the rows of e/o_pre, for o_post = 1, 2, ...
  private static func mean(_ rows: [[Double]], counts: Int) -> [Double] {
    (1...counts).map { after in
      rows.indices.reduce(0) { $0 + value(rows[$1], after) / Double($1 + 1) } / Double(rows.count)
    }
  }

  // MARK: Own tables

  /// A table of few steps costs little, and its mean takes more draws.
  private static func isShort(_ response: SpikeResponse) -> Bool { response.steps <= 100 }
  private static let trialsOfShort = 10_000
  private static let draws = DrawnTables()

  /// Tables made by the engine, each once in a process.
  private final class DrawnTables: Sendable {
    private let made = Mutex<[SpikeResponse: CountEffect]>([:])

    func table(_ response: SpikeResponse) -> CountEffect {
      guard CountEffectCheck.isShort(response) else { return CountEffect.table(for: response) }
      return made.withLock { made in
        if let known = made[response] { return known }
        let table = CountEffect(response, trials: CountEffectCheck.trialsOfShort)
        made[response] = table
        return table
      }
    }
  }
}
