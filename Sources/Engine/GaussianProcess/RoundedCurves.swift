import Kernels

/// The part of a ``KolmogorovPass`` that rounds what curves make of the rows, and lets derivatives
/// through where they were in range.
final class RoundedCurves {
  /// phi on all rows as rounded, and whether it was in range: a row for each unit and input.
  let inner: Matrix
  private let innerSlopes: Matrix
  /// The same of outer curves: a row for each unit and output.
  private let outerSlopes: Matrix
  private let outputs, edge: Matrix

  init(_ parameters: KolmogorovParameters, rows: Int) {
    let edges = parameters.units * parameters.inputs
    inner = Matrix(rows: edges, columns: rows)
    innerSlopes = Matrix(rows: edges, columns: rows)
    outerSlopes = Matrix(rows: parameters.units * parameters.outputs, columns: rows)
    outputs = Matrix(rows: parameters.outputs, columns: rows)
    edge = Matrix(rows: 1, columns: rows)
  }

  /// The sums over all inputs of rounded inner curves, units x rows.
  func sum(
    _ weights: ParameterSlab, _ design: Matrix, _ quantizer: CurveQuantizer,
    _ parameters: KolmogorovParameters, into sums: Matrix
  ) {
    let (count, inputs) = (parameters.innerCount, parameters.inputs)
    let numbers = weights[parameters.inner].reshaped(inner.rows, count)
    for index in 0..<inner.rows {
      Products.multiply(
        numbers.rows(index, 1), design.rows(index % inputs * count, count),
        into: inner.rows(index, 1))
    }
    quantizer.round(inner, slopes: innerSlopes)
    sums.fill(0)
    for index in 0..<inner.rows { sums.rows(index / inputs, 1).add(inner.rows(index, 1)) }
  }

  /// Rounds the outer curves of a unit, outputs x rows.
  func roundOuter(_ heights: Matrix, ofUnit unit: Int, _ quantizer: CurveQuantizer) {
    quantizer.round(heights, slopes: outerSlopes.rows(unit * heights.rows, heights.rows))
  }

  /// Derivatives by the outputs, as far as a unit's outer curves pass them on.
  func upstream(_ gradients: Matrix, ofUnit unit: Int) -> Matrix {
    outputs.copy(from: gradients)
    let slopes = outerSlopes.rows(unit * outputs.rows, outputs.rows)
    multiply_in_place(outputs.base, slopes.base, outputs.count)
    return outputs
  }

  /// Derivatives by a unit's sum, as far as one of its inner curves passes them on.
  func upstream(_ gradients: Matrix, ofEdge index: Int) -> Matrix {
    edge.copy(from: gradients)
    multiply_in_place(edge.base, innerSlopes.rows(index, 1).base, edge.count)
    return edge
  }

  /// The gradient by the numbers of all inner curves, given the derivatives by the units' sums.
  func addUp(
    _ sumGradients: Matrix, _ design: Matrix, _ parameters: KolmogorovParameters,
    into gradient: Matrix
  ) {
    let (count, inputs) = (parameters.innerCount, parameters.inputs)
    let numbers = gradient.reshaped(inner.rows, count)
    for index in 0..<inner.rows {
      Products.multiply(
        upstream(sumGradients.rows(index / inputs, 1), ofEdge: index),
        design.rows(index % inputs * count, count), into: numbers.rows(index, 1),
        form: .transposedRight)
    }
  }

  /// The share of all values that were out of range.
  func shareClipped(hasOuter: Bool) -> Double {
    let slopes = hasOuter ? [innerSlopes, outerSlopes] : [innerSlopes]
    let count = slopes.reduce(0) { $0 + $1.count }
    let inRange = slopes.reduce(0.0) { sum, matrix in
      (0..<matrix.count).reduce(sum) { $0 + Double(matrix.base[$1]) }
    }
    return 1 - inRange / Double(max(count, 1))
  }
}

extension CurveQuantizer {
  /// Rounds values in place; their straight-through derivatives go to `slopes`.
  ///
  /// The range is one around 0, of levels that 0 is one of.
  fileprivate func round(_ values: Matrix, slopes: Matrix) {
    precondition(range.lowerBound == -range.upperBound, "a range around 0")
    precondition(isBinary || steps.isMultiple(of: 2), "0 is a level")
    let most = isBinary ? 1 : Double(steps / 2)
    round_curves(
      values.base, slopes.base, Float(range.upperBound / most), Float(most), isBinary ? 1 : 0,
      values.count)
  }
}
