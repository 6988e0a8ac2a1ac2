/// Makes numbers and classes of the fields of a table.
struct TableReader {
  private let text: TableText
  private let configuration: TableConfiguration

  init(_ text: TableText, _ configuration: TableConfiguration) {
    self.text = text
    self.configuration = configuration
  }

  func table(seed: UInt64) throws(DataError) -> TableSet {
    let target = try text.column(configuration.target)
    let columns = try inputColumns(except: target)
    guard text.rows.count >= 2 else {
      throw .table(text.file, .rows(found: text.rows.count, least: 2))
    }
    var rows: [[Double]] = []
    for row in text.rows {
      var numbers: [Double] = []
      for column in columns { numbers.append(try text.number(row, column)) }
      rows.append(numbers)
    }
    let (targets, classes) = try self.targets(target)
    let parts = TableParts(rows: rows.count, split: configuration.split, seed: seed)
    guard !parts.test.isEmpty else {
      throw .table(text.file, .rows(found: rows.count, least: TableParts.stride))
    }
    try check(targets, classes, parts)
    let table = TableSet(
      title: text.file, names: columns.map { text.names[$0] }, target: configuration.target,
      classes: classes, rows: rows, targets: targets, parts: parts, scalesTargets: classes.isEmpty)
    if let column = table.unscalable { throw .table(text.file, .range(column: column)) }
    return table
  }

  private func inputColumns(except target: Int) throws(DataError) -> [Int] {
    var columns: [Int] = []
    for name in configuration.columnNames {
      let column = try text.column(name)
      guard column != target else { throw .table(text.file, .targetAmongInputs(name)) }
      guard !columns.contains(column) else { throw .table(text.file, .duplicateColumn(name)) }
      columns.append(column)
    }
    if columns.isEmpty { columns = text.names.indices.filter { $0 != target } }
    guard !columns.isEmpty else { throw .table(text.file, .noInputs) }
    guard columns.count <= TableConfiguration.mostInputs else {
      throw .table(
        text.file,
        .tooManyInputs(found: columns.count, most: TableConfiguration.mostInputs))
    }
    return columns
  }

  /// Numbers, or places of classes, which are in the order of their numbers or else of their names.
  private func targets(_ column: Int) throws(DataError) -> ([Double], classes: [String]) {
    guard configuration.task == .classification else {
      var targets: [Double] = []
      for row in text.rows { targets.append(try text.number(row, column)) }
      return (targets, [])
    }
    let names = text.rows.map { $0.fields[column] }
    for (row, name) in zip(text.rows, names) where name.isEmpty {
      throw .table(text.file, line: row.line, .emptyTarget(column: configuration.target))
    }
    let distinct = Set(names)
    guard distinct.count <= TableConfiguration.mostClasses else {
      throw .table(
        text.file,
        .tooManyClasses(
          found: distinct.count, most: TableConfiguration.mostClasses,
          column: configuration.target))
    }
    let numbers = distinct.compactMap { name in Double(name).map { (name: name, value: $0) } }
    // An order that is partly by number and partly by letters would be none.
    let areNumbers = numbers.count == distinct.count && numbers.allSatisfy(\.value.isFinite)
    let classes =
      areNumbers
      ? numbers.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name) : distinct.sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    return (names.map { Double(places[$0] ?? 0) }, classes)
  }

  private func check(
    _ targets: [Double], _ classes: [String], _ parts: TableParts
  ) throws(DataError) {
    let known = Set(parts.training.map { targets[$0] })
    guard known.count < 2, let only = known.first else { return }
    let column = configuration.target
    throw classes.isEmpty
      ? .table(text.file, .constantTarget(only, column: column))
      : .table(text.file, .oneClass(classes[Int(only)], column: column))
  }
}

/// Which rows of a table train and which test.
package struct TableParts: Sendable, Equatable {
  package let training: [Int]
  package let test: [Int]

  /// One row in so many tests.
  static let stride = 5

  init(training: [Int], test: [Int]) {
    (self.training, self.test) = (training, test)
  }

  package init(rows: Int, split: TableConfiguration.Split, seed: UInt64) {
    switch split {
    case .mod5:
      let isTest = { (row: Int) in row % Self.stride == Self.stride - 1 }
      self.init(
        training: (0..<rows).filter { !isTest($0) }, test: (0..<rows).filter(isTest))
    case .random:
      var order = Array(0..<rows)
      var stream = RandomStream(seed: seed, purpose: .partition)
      order.shuffle(with: &stream)
      let count = max(rows / Self.stride, 1)
      self.init(training: order.dropFirst(count).sorted(), test: order.prefix(count).sorted())
    }
  }
}
