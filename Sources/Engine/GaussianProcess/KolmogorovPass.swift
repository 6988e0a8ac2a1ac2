import Kernels

/// Runs a ``KolmogorovNetwork`` on a fixed number of rows in Float32, forth and back.
///
/// What the inner curves make of the rows, A(x_p), does not depend on what is trained: it is a design
/// that is given, and all sums t are one matrix product. Only the outer kernels are evaluated.
final class KolmogorovPass {
  let rows: Int
  let parameters: KolmogorovParameters
  private var outer: ControlPoints
  private let prior: CurveBasis.Prior
  private let scale: Float
  /// What the constants in the place of curves add to t.
  var offsets: [Float]
  /// What curves are rounded to, where they are.
  var quantizers: KolmogorovNetwork.Quantizers?
  /// What is kept of rounded curves for the way back; made where it is needed first.
  private(set) lazy var rounded = RoundedCurves(parameters, rows: rows)
  /// A(x_p) of all inputs beside one another, rows x numbers, and its transpose.
  let transposedDesign, design: Matrix
  /// Targets of the rows.
  var targets: [Float]
  /// t, units x rows, and what comes out, outputs x rows; after ``measure(_:)`` its derivative.
  let sums, outputs: Matrix
  /// After ``backward(_:)`` the derivatives by the sum of a unit's inner curves, units x rows.
  let sumGradients: Matrix
  private let features, slopes, heights, outerWeights, outerSums: Matrix
  private let expansion, outerInputs: Matrix

  init(_ network: KolmogorovNetwork, _ parameters: KolmogorovParameters, rows: Int) {
    self.rows = rows
    self.parameters = parameters
    (outer, prior, scale) = (network.outer, network.prior, Float(network.scale))
    offsets = [Float](repeating: 0, count: network.units)
    targets = [Float](repeating: 0, count: rows)
    let matrix = { (rows: Int, columns: Int) in Matrix(rows: rows, columns: columns) }
    let (units, outputs, count) = (network.units, network.outputs, parameters.outerCount)
    let reach = network.inputs * parameters.innerCount
    transposedDesign = matrix(rows, reach)
    design = matrix(reach, rows)
    sums = matrix(units, rows)
    self.outputs = matrix(outputs, rows)
    sumGradients = matrix(units, rows)
    features = matrix(units * count, rows)
    slopes = matrix(units * count, rows)
    heights = matrix(outputs, rows)
    outerWeights = matrix(units * outputs, count)
    outerSums = matrix(units * outputs, count)
    expansion = Matrix(rows: count, columns: count)
    outerInputs = matrix(1, network.outer.count)
    for unit in 0..<units where prior == .linear {
      features.rows(unit * count + count - 2, 1).fill(1)
      slopes.rows(unit * count + count - 1, 1).fill(1)
    }
    take(network.outerBasis)
  }

  /// Takes over control points of outer curves, as many as before.
  func take(_ basis: CurveBasis) {
    outer = basis.points
    expansion.set(basis.expansion.flatMap { $0.map { Float($0) } })
    outerInputs.set(outer.inputs.map { Float($0) })
  }

  /// Computes what inner curves make of rows of inputs.
  func setDesign(_ rows: [[Double]], _ basis: CurveBasis) {
    var values: [Float] = []
    values.reserveCapacity(transposedDesign.count)
    for row in rows { for x in row { for value in basis.row(x) { values.append(Float(value)) } } }
    transposedDesign.set(values)
    completeDesign()
  }

  /// Takes the rows' A(x), after which ``transposedDesign`` may be changed no more.
  func completeDesign() { design.setTranspose(of: transposedDesign) }

  func forward(_ weights: ParameterSlab) {
    if let quantizers {
      rounded.sum(weights, design, quantizers.inner, parameters, into: sums)
    } else {
      Products.multiply(weights[parameters.inner], design, into: sums)
    }
    scale_in_place(sums.base, scale, sums.count)
    for (unit, offset) in offsets.enumerated() where offset != 0 {
      let row = sums.rows(unit, 1)
      for index in 0..<rows { row.base[index] += offset }
    }
    for output in 0..<parameters.outputs {
      outputs.rows(output, 1).fill(weights[parameters.bias][0, output])
    }
    guard let outer = parameters.outer else {
      for unit in 0..<parameters.units {
        outputs.rows(unit % parameters.outputs, 1).add(sums.rows(unit, 1))
      }
      return
    }
    Products.multiply(weights[outer], expansion, into: outerWeights)
    for unit in 0..<parameters.units {
      fillFeatures(unit)
      if quantizers == nil {
        Products.multiply(own(outerWeights, unit), own(features, unit), into: outputs, keep: 1)
      } else {
        outputs.add(copyHeights(ofUnit: unit))
      }
    }
  }

  /// What a unit has come to on all rows, outputs x rows, after ``forward(_:)``.
  func copyHeights(ofUnit unit: Int) -> Matrix {
    guard parameters.outer != nil else {
      heights.fill(0)
      heights.rows(unit % parameters.outputs, 1).copy(from: sums.rows(unit, 1))
      return heights
    }
    Products.multiply(own(outerWeights, unit), own(features, unit), into: heights)
    if let quantizers { rounded.roundOuter(heights, ofUnit: unit, quantizers.outer) }
    return heights
  }

  private func fillFeatures(_ unit: Int) {
    let (values, slopes) = (own(features, unit), own(self.slopes, unit))
    covariance_rows(
      values.base, slopes.base, sums.rows(unit, 1).base, outerInputs.base,
      Float(1 / outer.lengthScale), outer.kernel.form, outer.count, rows)
    if prior == .linear { values.rows(outer.count + 1, 1).copy(from: sums.rows(unit, 1)) }
  }

  /// The rows of a unit, in a matrix that has some for each.
  private func own(_ matrix: Matrix, _ unit: Int) -> Matrix {
    let count = matrix.rows / parameters.units
    return matrix.rows(unit * count, count)
  }

  /// The gradient of what ``outputs`` holds the derivatives of (specification, section 3).
  func backward(_ gradient: ParameterSlab) {
    for output in 0..<parameters.outputs {
      let row = outputs.rows(output, 1)
      gradient[parameters.bias][0, output] = (0..<rows).reduce(0) { $0 + row.base[$1] }
    }
    backwardOuter(gradient)
    scale_in_place(sumGradients.base, scale, sumGradients.count)
    if quantizers == nil {
      Products.multiply(sumGradients, transposedDesign, into: gradient[parameters.inner])
    } else {
      rounded.addUp(sumGradients, design, parameters, into: gradient[parameters.inner])
    }
  }

  /// Through the outer curves, where there are any.
  private func backwardOuter(_ gradient: ParameterSlab) {
    guard let outer = parameters.outer else {
      for unit in 0..<parameters.units {
        sumGradients.rows(unit, 1).copy(from: outputs.rows(unit % parameters.outputs, 1))
      }
      return
    }
    for unit in 0..<parameters.units {
      let upstream = quantizers == nil ? outputs : rounded.upstream(outputs, ofUnit: unit)
      Products.multiply(
        upstream, own(features, unit), into: own(outerSums, unit), form: .transposedRight)
      let total = sumGradients.rows(unit, 1)
      Products.multiply(own(outerWeights, unit), own(slopes, unit), into: heights)
      multiply_in_place(heights.base, upstream.base, heights.count)
      total.copy(from: heights.rows(0, 1))
      for output in 1..<max(parameters.outputs, 1) { total.add(heights.rows(output, 1)) }
    }
    Products.multiply(outerSums, expansion, into: gradient[outer], form: .transposedRight)
  }
}

extension KolmogorovPass {
  /// After ``backward(_:)`` the derivatives by an inner curve on all rows.
  func upstream(ofInner unit: Int, _ input: Int) -> [Double] {
    let row = sumGradients.rows(unit, 1)
    guard quantizers != nil else { return row.array.map { Double($0) } }
    return rounded.upstream(row, ofEdge: unit * parameters.inputs + input).array.map { Double($0) }
  }

  /// The same by an outer curve.
  func upstream(ofOuter unit: Int, _ output: Int) -> [Double] {
    let all = quantizers == nil ? outputs : rounded.upstream(outputs, ofUnit: unit)
    return all.rows(output, 1).array.map { Double($0) }
  }
}

extension CovarianceKernel {
  var form: covariance_form {
    switch self {
    case .squaredExponential: COVARIANCE_SQUARED_EXPONENTIAL
    case .matern32: COVARIANCE_MATERN_32
    case .matern52: COVARIANCE_MATERN_52
    }
  }
}
