/// The spikes of a span back from now, for a raster. Memory is bounded: of very active networks the
/// oldest ones go first.
struct RecentSpikes: Sendable {
  private static let most = 4_000_000

  private let span: Double
  private var times: [Double] = []
  private var ranks: [UInt32] = []
  /// Of the oldest spike that is kept.
  private var first = 0

  init(span: Double) {
    self.span = span
  }

  mutating func append(rank: UInt32, at time: Double) {
    times.append(time)
    ranks.append(rank)
  }

  /// Lets go of what lies too far back.
  mutating func trim(now: Double) {
    while first < times.count, times[first] < now - span || times.count - first > Self.most {
      first += 1
    }
    guard first > 65_536, first > times.count / 2 else { return }
    times.removeFirst(first)
    ranks.removeFirst(first)
    first = 0
  }

  mutating func removeAll() {
    times.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
    first = 0
  }

  /// The bins of a raster that ends now, of a network of so many neurons.
  func raster(
    now: Double, span: Double, neurons: Int, rows: Int, columns: Int
  ) -> DynamicsReport.Raster {
    var isFilled = [Bool](repeating: false, count: rows * columns)
    let start = now - span
    var index = times.count
    while index > first, times[index - 1] > start {
      index -= 1
      let column = min(Int((times[index] - start) / span * Double(columns)), columns - 1)
      let row = Int(ranks[index]) * rows / neurons
      isFilled[row * columns + column] = true
    }
    let filled = isFilled.indices.filter { isFilled[$0] }.map { UInt32($0) }
    return DynamicsReport.Raster(rows: rows, columns: columns, filled: filled)
  }
}
