import Experiments

/// What a scan has measured so far over its first two axes: means over the seeds and further axes.
package struct ScanMeans: Sendable, Equatable {
  /// A column of one cell.
  package struct Mean: Sendable, Equatable {
    /// Points that have a value.
    package private(set) var count = 0
    package private(set) var value = 0.0
    private var squares = 0.0

    /// Standard deviation of the points; `nil` for fewer than two.
    package var spread: Double? {
      count > 1 ? (squares / Double(count - 1)).squareRoot() : nil
    }

    fileprivate mutating func add(_ number: Double) {
      count += 1
      let distance = number - value
      value += distance / Double(count)
      squares += distance * (number - value)
    }
  }

  /// An axis of the map.
  package struct Side: Sendable, Equatable {
    package let name: String
    package let labels: [String]
  }

  /// The first two axes; a scan may have fewer.
  package let sides: [Side]
  /// What is measured.
  package let results: [String]
  private let firstResult: Int
  private let grid: ScanGrid
  private var cells: [Int: [Mean]] = [:]

  package init(_ work: ScanWork) {
    sides = work.plan.axes.prefix(2).map { Side(name: $0.name, labels: $0.labels) }
    results = Array(work.columns.results)
    firstResult = work.columns.firstResult
    grid = work.plan.grid
  }

  /// Cells from left to right and from below upwards.
  package var width: Int { sides.first?.labels.count ?? 1 }
  package var height: Int { sides.count > 1 ? sides[1].labels.count : 1 }

  package mutating func add(_ row: ScanRow) {
    let place = grid.coordinates(of: row.point).prefix(sides.count)
    let index = (place.count > 1 ? place[1] * width : 0) + (place.first ?? 0)
    var means = cells[index] ?? Array(repeating: Mean(), count: results.count)
    for result in results.indices {
      guard let number = row.number(at: firstResult + result), number.isFinite else { continue }
      means[result].add(number)
    }
    cells[index] = means
  }

  /// All results of a cell; `nil` where nothing is measured yet.
  package func means(column: Int, row: Int) -> [Mean]? { cells[row * width + column] }

  /// The mean of a result in all cells, row by row from below.
  package func values(of result: Int) -> [Double?] {
    (0..<width * height).map { index in
      guard let mean = cells[index]?[result], mean.count > 0 else { return nil }
      return mean.value
    }
  }
}
