/// The control points of all inner or of all outer curves with the numbers of these: what a re-grid
/// changes, and what puts it back.
struct KolmogorovGrid: Sendable, Equatable, Codable {
  enum Kind: String, Sendable, Codable {
    case inner, outer
  }

  var kind: Kind
  var inputs: [Double]
  var lengthScale, noise: Double
  /// Of all curves of the kind, in the order of the weights.
  var numbers: [Float]

  /// Control points with the kernel of others; `nil` where they are not as many, or make no curves.
  func points(like other: ControlPoints) -> ControlPoints? {
    guard inputs.count == other.count else { return nil }
    return try? ControlPoints(
      inputs: inputs, kernel: other.kernel, lengthScale: lengthScale, noise: noise)
  }
}

extension KolmogorovCurvePlace {
  var kind: KolmogorovGrid.Kind {
    if case .inner = self { .inner } else { .outer }
  }
}

extension ControlPoints {
  /// As many at equal distances over a range, the length scale being as many distances as before:
  /// the covariance of evenly spaced points stays the same.
  ///
  /// Throws where there is no factor at any noise that is allowed.
  package func spread(over range: ClosedRange<Double>) throws(ControlPointsError) -> ControlPoints {
    let distances = Double(count - 1)
    let width = range.upperBound - range.lowerBound
    let before = (inputs[count - 1] - inputs[0]) / distances
    return try ControlPoints(
      inputs: (0..<count).map { range.lowerBound + width * Double($0) / distances },
      kernel: kernel, lengthScale: lengthScale * width / distances / before, noise: noise)
  }
}

extension ControlPoints {
  /// Whether they lie at equal distances from one end of a range to the other.
  func reaches(exactly range: ClosedRange<Double>) -> Bool {
    let width = range.upperBound - range.lowerBound
    return inputs.enumerated().allSatisfy { index, z in
      let even = range.lowerBound + width * Double(index) / Double(count - 1)
      return abs(z - even) <= 1e-6 * width
    }
  }
}

extension KolmogorovTrainer {
  func points(_ kind: KolmogorovGrid.Kind) -> ControlPoints {
    kind == .inner ? shape.inner : shape.outer
  }

  private func handle(_ kind: KolmogorovGrid.Kind) -> ParameterHandle? {
    kind == .inner ? parameters.inner : parameters.outer
  }

  /// As it is at present.
  func grid(_ kind: KolmogorovGrid.Kind) -> KolmogorovGrid {
    let points = points(kind)
    return KolmogorovGrid(
      kind: kind, inputs: points.inputs, lengthScale: points.lengthScale, noise: points.noise,
      numbers: handle(kind).map { weights[$0].array } ?? [])
  }

  /// Whether it is one of these curves.
  func has(_ grid: KolmogorovGrid) -> Bool {
    grid.points(like: points(grid.kind)) != nil
      && grid.numbers.count == handle(grid.kind).map { weights[$0].count } ?? 0
  }

  /// Takes over one of these curves.
  func set(_ grid: KolmogorovGrid) {
    guard let points = grid.points(like: points(grid.kind)), let handle = handle(grid.kind) else {
      return
    }
    weights[handle].set(grid.numbers)
    setControlPoints(
      inner: grid.kind == .inner ? points : shape.inner,
      outer: grid.kind == .outer ? points : shape.outer)
  }

  /// The same curves through points that are spread over a range, u := g(z) (specification of the
  /// Kolmogorov network of Gaussian processes, 2.3 d): within the range they change by what such
  /// curves can interpolate.
  ///
  /// Throws where points there make no curves, or Float32 is too coarse for them.
  func spread(
    _ kind: KolmogorovGrid.Kind, over range: ClosedRange<Double>
  ) throws(ControlPointsError) -> KolmogorovGrid {
    let points = try points(kind).spread(over: range).checkedForFloat()
    let basis = kind == .inner ? shape.innerBasis : shape.outerBasis
    let moved = places.filter { $0.kind == kind }.flatMap { place -> [Float] in
      let numbers = parameters.numbers(place, in: weights).array
      let curve = basis.curve(numbers.map { Double($0) }).moved(to: points)
      // The prior stays as it is.
      return curve.outputs.map { Float($0) } + numbers.dropFirst(points.count)
    }
    return KolmogorovGrid(
      kind: kind, inputs: points.inputs, lengthScale: points.lengthScale, noise: points.noise,
      numbers: moved)
  }
}
