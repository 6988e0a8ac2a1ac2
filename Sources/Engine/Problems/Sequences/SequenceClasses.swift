/// The classes that labels stand for: the distinct labels in sorted order, by number where all are
/// integers and as texts otherwise.
struct SequenceClasses: Sendable {
  /// The labels that stand for them, in their order.
  let names: [String]
  private let numbers: [String: Int]
  private let areIntegers: Bool
  /// The file whose labels they are.
  private let file: String

  /// More is a column of something else.
  static let largest = 10_000

  var count: Int { numbers.count }

  /// - Throws: ``DataError`` for fewer than two classes or very many.
  init(of labels: SequenceLabels) throws(DataError) {
    let names = Set(labels.names)
    let integers = Set(names.compactMap { Int($0) })
    let areIntegers = names.allSatisfy { Int($0) != nil }
    let sorted = areIntegers ? integers.sorted().map { String($0) } : names.sorted()
    guard (2...Self.largest).contains(sorted.count) else {
      throw .sequences(labels.file, .classes(found: sorted.count, largest: Self.largest))
    }
    self.init(names: sorted, areIntegers: areIntegers, file: labels.file)
  }

  /// The classes of a network that has been trained already; `file` is what is said to hold them.
  init(trained names: [String], file: String) {
    self.init(names: names, areIntegers: names.allSatisfy { Int($0) != nil }, file: file)
  }

  private init(names: [String], areIntegers: Bool, file: String) {
    self.names = names
    self.areIntegers = areIntegers
    self.file = file
    numbers = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// The classes of labels, counted from 0.
  ///
  /// - Throws: ``DataError`` for a label that is none of the classes.
  func indices(of labels: SequenceLabels) throws(DataError) -> [Int] {
    var indices: [Int] = []
    indices.reserveCapacity(labels.names.count)
    for (name, place) in zip(labels.names, labels.places) {
      let key = areIntegers ? Int(name).map { String($0) } ?? name : name
      guard let index = numbers[key] else {
        throw .sequences(labels.file, at: place, .unknownLabel(found: name, training: file))
      }
      indices.append(index)
    }
    return indices
  }
}
