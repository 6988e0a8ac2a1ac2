import Foundation

/// Why the network says what it says of one row.
extension KolmogorovReading {
  /// The row of the test data that is asked for, by its place among them.
  package func place(of choice: CurvesRequest.ExampleChoice) -> Int? {
    let test = table.parts.test
    guard !test.isEmpty else { return nil }
    switch choice {
    case .row(let index): return min(max(index, 0), test.count - 1)
    case .mostUncertain:
      let certainties = test.map { certainty(outputs($0), row: $0) }
      return certainties.indices.min { certainties[$0] < certainties[$1] }
    case .error(let index):
      let errors = wrongPlaces
      return errors.isEmpty ? nil : errors[min(max(index, 0), errors.count - 1)]
    }
  }

  /// Of the test data the rows whose answer is wrong; without classes all, the farthest first.
  private var wrongPlaces: [Int] {
    let test = table.parts.test
    guard table.classes.isEmpty else {
      return test.indices.filter { Double(answer(outputs(test[$0]))) != table.targets[test[$0]] }
    }
    let distances = test.map { -certainty(outputs($0), row: $0) }
    return test.indices.sorted { (distances[$0], $1) > (distances[$1], $0) }
  }

  private func outputs(_ row: Int) -> [Double] { network.run(table.scaledRow(row)).outputs }

  /// Contributions are c times what is left of each inner curve without its mean, with the sign of
  /// ``sign(ofUnit:output:)``: what is positive raises the output. `place` counts test rows.
  package func example(_ place: Int) -> ExampleReport? {
    guard table.parts.test.indices.contains(place) else { return nil }
    let row = table.parts.test[place]
    let pass = network.run(table.scaledRow(row))
    let answer = table.classes.isEmpty ? 0 : answer(pass.outputs)
    let output = network.outputs > 1 ? answer : 0
    let units = (0..<network.units).map { unit in
      let sign = sign(ofUnit: unit, output: output)
      return ExampleReport.Unit(
        contributions: table.names.indices.map { input in
          CurvesReport.Share(
            table.names[input],
            sign * network.scale * (pass.inner[unit][input] - means[unit][input]))
        },
        input: pass.sums[unit], output: pass.outer[unit][output])
    }
    return ExampleReport(
      title: "test row \(place + 1)", target: name(table.targets[row]),
      answer: table.classes.isEmpty
        ? name(value(pass.outputs[0])) : table.classes[answer],
      units: units, logit: pass.outputs[output],
      probability: probability(pass.outputs, of: answer), flips: flips(of: row))
  }

  /// What an output of a network without classes means in the units of the data.
  package func value(_ output: Double) -> Double {
    table.targetScaling.mean + table.targetScaling.deviation * output
  }

  private func name(_ target: Double) -> String {
    guard table.classes.isEmpty else { return table.classes[Int(target)] }
    return String(format: "%.5g", target)
  }

  /// Of a class, by its place; `nil` where there are none.
  package func probability(_ outputs: [Double], of answer: Int) -> Double? {
    if table.classes.isEmpty { return nil }
    if table.classes.count == 2 {
      let second = 1 / (1 + exp(-outputs[0]))
      return answer == 1 ? second : 1 - second
    }
    let most = outputs.max() ?? 0
    let parts = outputs.map { exp($0 - most) }
    return parts[answer] / parts.reduce(0, +)
  }

  /// The probability of the second class all over the plane of two inputs, as large as asked for;
  /// `nil` where there are other numbers of inputs or classes.
  package func map(_ size: CurvesRequest.MapSize) -> DecisionMap? {
    guard network.inputs == 2, table.classes.count >= 2, size.columns > 0, size.rows > 0,
      size.columns <= Self.mostCells / size.rows
    else { return nil }
    let place = { (index: Int, count: Int) in 2 * (Double(index) + 0.5) / Double(count) - 1 }
    var values: [Double] = []
    for row in (0..<size.rows).reversed() {
      for column in 0..<size.columns {
        let outputs = network.run([place(column, size.columns), place(row, size.rows)]).outputs
        values.append(probability(outputs, of: 1) ?? 0)
      }
    }
    return DecisionMap(
      columns: size.columns, rows: size.rows, values: values,
      horizontal: Self.shown(table.ranges[0]), vertical: Self.shown(table.ranges[1]))
  }

  private static let mostCells = 20_000

  /// The range of an input as it is shown, never empty.
  package static func shown(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    guard range.lowerBound == range.upperBound else { return range }
    return range.lowerBound - 1...range.upperBound + 1
  }
}
