/// The points of a sweep: which resolutions each row is measured at.
struct SweepPoints: Equatable {
  struct Point: Equatable {
    var position: Double
    var resolutions: [Double]
    var isTrained = false
  }

  private(set) var points: [Point] = []

  /// `trained` are the trained w of the sites, infinite where a quantizer was bypassed; `isSwept`
  /// says which of them vary.
  init(_ grid: SweepPlan.Grid, trained: [Double], isSwept: [Bool]) {
    let infinite = trained.map { _ in Double.infinity }
    switch grid {
    case .multiples(let factors):
      points = factors.map { factor in
        // Where nothing was quantized yet, the factor itself is as good a w as any.
        let values = trained.map { Self.allowed(($0.isFinite ? $0 : 1) * factor) }
        return Point(
          position: factor,
          resolutions: Self.mixed(values, trained, isSwept))
      }
    case .resolutions(let values):
      points = values.map { value in
        let w = Self.allowed(value)
        return Point(
          position: w, resolutions: Self.mixed(trained.map { _ in w }, trained, isSwept))
      }
    }
    addTrained(grid, trained, isSwept)
    points.sort { $0.position < $1.position }
    if isSwept.contains(false) {
      points.append(
        Point(position: .infinity, resolutions: Self.mixed(infinite, trained, isSwept)))
    }
    points.append(Point(position: .infinity, resolutions: infinite))
    points = points.reduce(into: []) { kept, point in
      if kept.last?.resolutions != point.resolutions { kept.append(point) }
    }
    for index in points.indices { points[index].isTrained = points[index].resolutions == trained }
  }

  /// The trained resolutions are always among the points.
  private mutating func addTrained(_ grid: SweepPlan.Grid, _ trained: [Double], _ isSwept: [Bool]) {
    guard !points.contains(where: { $0.resolutions == trained }),
      let site = isSwept.firstIndex(of: true), trained[site].isFinite
    else { return }
    let position = if case .multiples = grid { 1.0 } else { trained[site] }
    points.append(Point(position: position, resolutions: trained))
  }

  private static func mixed(
    _ swept: [Double], _ trained: [Double], _ isSwept: [Bool]
  ) -> [Double] {
    trained.indices.map { isSwept[$0] ? swept[$0] : trained[$0] }
  }

  private static func allowed(_ w: Double) -> Double {
    let range = QuantizerSite.allowedResolution
    return min(max(w, range.lowerBound), range.upperBound)
  }
}
