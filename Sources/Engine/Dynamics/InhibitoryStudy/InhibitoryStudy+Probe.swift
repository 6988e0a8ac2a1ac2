/// The look into the network.
extension InhibitoryStudy {
  private static let rasterRows = 240
  private static let rasterColumns = 480
  private static let traceLength = 600
  private static let histogramBins = 60

  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    guard case .dynamics(let wish) = request, course.samples > 0 else { return nil }
    let dials = steering.dials
    let rows = min(configuration.neurons, Self.rasterRows)
    return .dynamics(
      DynamicsReport(
        time: course.time, span: wish.span,
        raster: course.spikes.raster(
          now: course.time, span: wish.span, neurons: configuration.neurons, rows: rows,
          columns: Self.rasterColumns),
        field: trace(course.field, wish.span), rate: trace(course.rate, wish.span),
        rates: rates(rows: rows), comparisons: comparisons, places: places,
        boundaries: boundaries,
        influences: dials.influences.map { influence in
          let drive: Double? =
            if case .stimulated(let drive) = influence.kind { drive } else { nil }
          return DynamicsReport.Influence(ranks: influence.ranks, drive: drive)
        }, chosen: dials.chosen))
  }

  /// The last of a series, in means over so many samples that there are not too many of them.
  private func trace(_ series: RecentSeries, _ span: Double) -> DynamicsReport.Trace {
    let step = configuration.sampleStep
    let values = series.values.suffix(max(2, Int((span / step).rounded())))
    let stride = max(1, (Int((span / step).rounded()) + Self.traceLength - 1) / Self.traceLength)
    // Whole groups, counted back from now.
    let whole = Array(values.suffix(values.count / stride * stride))
    let means = Swift.stride(from: 0, to: whole.count, by: stride).map { first in
      Float(whole[first..<first + stride].reduce(0, +) / Double(stride))
    }
    return DynamicsReport.Trace(interval: step * Double(stride), values: means)
  }

  private func rates(rows: Int) -> DynamicsReport.Rates {
    let rates = course.halves.rates(now: course.time)
    let highest = rates.max() ?? 0
    var histogram = [Int](repeating: 0, count: Self.histogramBins)
    var byRow = [Float](repeating: 0, count: rows)
    var predicted = byRow
    var counts = [Float](repeating: 0, count: rows)
    var silent = 0
    let drives = excitabilities
    for (rank, rate) in rates.enumerated() {
      let row = rank * rows / rates.count
      counts[row] += 1
      byRow[row] += Float(rate)
      predicted[row] += Float(
        predictions.rate(excitability: drives[Int(course.neuronsByRank[rank])]))
      if rate == 0 {
        silent += 1
      } else {
        let bin = Int(rate / highest * Double(Self.histogramBins))
        histogram[min(bin, Self.histogramBins - 1)] += 1
      }
    }
    return DynamicsReport.Rates(
      histogram: histogram, highest: highest, silent: silent,
      byRow: zip(byRow, counts).map { $0 / max($1, 1) },
      predictedByRow: zip(predicted, counts).map { $0 / max($1, 1) })
  }
}
