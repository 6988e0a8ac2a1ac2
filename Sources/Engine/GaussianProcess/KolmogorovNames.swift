/// What the curves of a network and the shares of its inputs are called.
struct KolmogorovNames: Sendable {
  let inputs: [String]
  let classes: [String]
  /// One for each class where there are more than two.
  private let outputs: Int
  /// Of each unit.
  private let outerCurves: Int
  /// Ids of gauges: names with nothing but letters, digits, `_` and `-`, all different.
  let gauges: [String]

  init(_ table: TableSet, outputs: Int, outerCurves: Int) {
    self.outerCurves = outerCurves
    (inputs, classes, self.outputs) = (table.names, table.classes, outputs)
    var known: Set<String> = []
    gauges = table.names.map { name in
      let base = Self.short(
        name.map { $0.isLetter || $0.isNumber || "_-".contains($0) ? $0 : "_" })
      var (id, number) = (base, 1)
      while !known.insert(id).inserted {
        number += 1
        id = "\(base)_\(number)"
      }
      return id
    }
  }

  /// Readings are kept in files of these names, which have a longest one.
  private static func short(_ letters: [Character]) -> String {
    letters.reduce(into: "") { name, letter in
      if name.utf8.count + letter.utf8.count <= longestGauge { name.append(letter) }
    }
  }

  private static let longestGauge = 60

  /// What edits call a curve.
  func id(_ place: KolmogorovCurvePlace) -> String { "unit\(place.unit + 1)." + name(place) }

  private func name(_ place: KolmogorovCurvePlace) -> String {
    switch place {
    case .inner(_, let input):
      // The names of outer curves are taken.
      inputs[input].hasPrefix(Self.output) ? "input.\(inputs[input])" : inputs[input]
    case .outer(_, let output):
      outputs > 1 ? "\(Self.output).\(classes[output])" : Self.output
    }
  }

  private static let output = "output"

  func title(_ place: KolmogorovCurvePlace) -> String {
    switch place {
    case .inner(_, let input): inputs[input]
    case .outer(_, let output): outputs > 1 ? "output \(classes[output])" : "output"
    }
  }

  /// Titles of the columns of the table of curves.
  var columns: [String] {
    inputs.indices.map { title(.inner(unit: 0, input: $0)) }
      + (0..<outerCurves).map { title(.outer(unit: 0, output: $0)) }
  }
}
