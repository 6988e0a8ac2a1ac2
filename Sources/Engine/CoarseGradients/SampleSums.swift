import Foundation

/// Losses and coarse gradients over samples of Z at one point, summed sample by sample.
///
/// With e = vᵀσ(Zw) - v*ᵀσ(Zw*), a sample gives the loss e²/2, for v the exact σ(Zw) e and for w
/// the coarse Zᵀ(µ'(Zw) ∘ v) e of each estimator (Yin et al. 2019, section 2). The buffers are
/// used again, so that no sample allocates.
package struct SampleSums: Sendable {
  package let teacher: CoarseTeacher
  package let estimators: [CoarseEstimator]
  private var v: [Double]
  private var w: [Double]

  package private(set) var count = 0
  private var loss = Moments()
  private var gradientV: [Moments]
  /// Estimators after each other, n numbers each.
  private var gradientW: [Moments]

  /// Zw of the last sample.
  package private(set) var preActivations: [Double]
  /// y and y* of the last sample.
  package private(set) var output = 0.0
  package private(set) var target = 0.0
  private var sample: [Double]
  private var coarse: [Double]

  /// Sums of a number and of its square.
  private struct Moments {
    var sum = 0.0
    var squares = 0.0

    mutating func add(_ number: Double) {
      sum += number
      squares += number * number
    }

    func mean(_ count: Int) -> Double { sum / Double(count) }

    /// Standard deviation of the numbers over the root of their count.
    func standardError(_ count: Int) -> Double {
      let mean = mean(count)
      return (max(squares / Double(count) - mean * mean, 0) / Double(count)).squareRoot()
    }
  }

  package init(_ point: PopulationPoint, estimators: [CoarseEstimator]) {
    let (m, n) = (point.teacher.patches, point.teacher.inputs)
    teacher = point.teacher
    self.estimators = estimators
    v = Array(repeating: 0, count: m)
    w = Array(repeating: 0, count: n)
    gradientV = Array(repeating: Moments(), count: m)
    gradientW = Array(repeating: Moments(), count: n * estimators.count)
    preActivations = v
    sample = Array(repeating: 0, count: m * n)
    coarse = w
    begin(at: point)
  }

  /// Forgets all samples and goes to another point of the same teacher.
  package mutating func begin(at point: PopulationPoint) {
    // Element by element: to share the point's arrays would make its next move copy them.
    for row in v.indices { v[row] = point.v[row] }
    for column in w.indices { w[column] = point.w[column] }
    (count, loss) = (0, Moments())
    for row in gradientV.indices { gradientV[row] = Moments() }
    for index in gradientW.indices { gradientW[index] = Moments() }
  }

  // MARK: Adding

  /// Adds the samples `range`; sample i is made of the normals from i m n on, row by row.
  package mutating func add(_ range: Range<Int>, of normals: PortableNormals) {
    let size = sample.count
    for index in range {
      sample.withUnsafeMutableBufferPointer { normals.fill($0, from: index * size) }
      addSample()
    }
  }

  /// Adds one sample, row by row.
  package mutating func add(_ z: [Double]) {
    precondition(z.count == sample.count, "a sample has m n numbers")
    for index in z.indices { sample[index] = z[index] }
    addSample()
  }

  private mutating func addSample() {
    count += 1
    evaluate()
    let error = output - target
    loss.add(0.5 * error * error)
    // Where the residual is 0 so are all gradients.
    guard error != 0 else { return }
    for row in v.indices where preActivations[row] > 0 { gradientV[row].add(error) }
    for index in estimators.indices { addCoarse(index, error) }
  }

  private mutating func evaluate() {
    (output, target) = (0, 0)
    let n = w.count
    for row in v.indices {
      var (student, teacher) = (0.0, 0.0)
      for column in 0..<n {
        student += sample[row * n + column] * w[column]
        teacher += sample[row * n + column] * self.teacher.w[column]
      }
      preActivations[row] = student
      if student > 0 { output += v[row] }
      if teacher > 0 { target += self.teacher.v[row] }
    }
  }

  private mutating func addCoarse(_ estimator: Int, _ error: Double) {
    let n = w.count
    for column in 0..<n { coarse[column] = 0 }
    for row in v.indices {
      let factor = estimators[estimator].derivative(preActivations[row]) * v[row]
      guard factor != 0 else { continue }
      for column in 0..<n { coarse[column] += factor * sample[row * n + column] }
    }
    for column in 0..<n { gradientW[estimator * n + column].add(coarse[column] * error) }
  }

  // MARK: Means

  package var meanLoss: Double { loss.mean(count) }
  package var lossStandardError: Double { loss.standardError(count) }

  package var meanGradientV: [Double] { gradientV.map { $0.mean(count) } }
  package var gradientVStandardErrors: [Double] { gradientV.map { $0.standardError(count) } }

  /// The mean coarse gradient of one of the estimators, of n numbers.
  package func meanGradientW(_ estimator: Int = 0) -> [Double] {
    part(estimator).map { $0.mean(count) }
  }

  package func gradientWStandardErrors(_ estimator: Int = 0) -> [Double] {
    part(estimator).map { $0.standardError(count) }
  }

  /// Writes the means of the first estimator where nothing needs to be allocated.
  mutating func copyMeans(toV alongV: inout [Double], toW alongW: inout [Double]) {
    for row in alongV.indices { alongV[row] = gradientV[row].mean(count) }
    for column in alongW.indices { alongW[column] = gradientW[column].mean(count) }
  }

  private func part(_ estimator: Int) -> ArraySlice<Moments> {
    gradientW[estimator * w.count..<(estimator + 1) * w.count]
  }
}
