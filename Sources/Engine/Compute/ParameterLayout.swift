/// Names, shapes and places of all parameters of a network within one slab of floats.
///
/// Weights, gradients and optimizer moments are slabs of the same layout, so that the optimizer,
/// clipping, averaging and saving are one loop each.
package struct ParameterLayout: Sendable, Equatable {
  package enum Role: String, Sendable, Codable {
    /// Trained numbers.
    case weight, bias
    /// Running statistics: kept and saved, not trained.
    case statistic
  }

  package struct Entry: Sendable, Equatable {
    package var name: String
    package var rows: Int
    package var columns: Int
    package var role: Role
    package var offset: Int
    package var count: Int { rows * columns }
  }

  package private(set) var entries: [Entry] = []
  /// Floats of a slab, gaps for alignment included (they stay 0).
  package private(set) var count = 0
  /// What the names of further parameters begin with.
  var prefix = ""

  package init() {}

  /// Trained numbers.
  package var trainedCount: Int {
    entries.reduce(0) { $0 + ($1.role == .statistic ? 0 : $1.count) }
  }

  /// Adds a rows x columns parameter, called `name` after the present prefix, and returns its
  /// handle.
  package mutating func add(
    _ name: String, rows: Int, columns: Int, role: Role = .weight
  ) -> ParameterHandle {
    let name = prefix + name
    precondition(!entries.contains { $0.name == name }, "parameter names are unique")
    entries.append(Entry(name: name, rows: rows, columns: columns, role: role, offset: count))
    count += (rows * columns + 15) / 16 * 16
    return ParameterHandle(index: entries.count - 1)
  }
}

/// The place of one parameter in every slab of a layout.
package struct ParameterHandle: Sendable, Equatable {
  let index: Int
}

/// One number per parameter: the weights, their gradient, or a moment.
package final class ParameterSlab: @unchecked Sendable {
  package let layout: ParameterLayout
  package let buffer: Buffer
  private let matrices: [Matrix]

  package init(_ layout: ParameterLayout) {
    let buffer = Buffer(count: layout.count)
    self.layout = layout
    self.buffer = buffer
    matrices = layout.entries.map {
      Matrix(buffer: buffer, offset: $0.offset, rows: $0.rows, columns: $0.columns)
    }
  }

  package subscript(handle: ParameterHandle) -> Matrix { matrices[handle.index] }

  /// All numbers as one row.
  package var flat: Matrix {
    Matrix(buffer: buffer, offset: 0, rows: 1, columns: layout.count)
  }
}
