import Engine

/// `finite_sample`: losses and coarse gradients of a batch that is listed.
struct FiniteSampleCheck: GoldenCheck {
  var name: String { "finite_sample" }
  private static let tolerance = GoldenTolerance.absolute(1e-12)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let teacher = try file.teacher()
    let point = try file.point(teacher)
    let (m, n) = (teacher.patches, teacher.inputs)
    var samples: [[Double]] = []
    for sample in try file.value("Z").elements() {
      samples.append(try sample.rows(count: m, columns: n).flatMap { $0 })
      tally.countCase()
    }
    guard !samples.isEmpty else { throw file.invalid("samples", found: "none") }
    try checkSamples(samples, point, file, into: &tally)
    for (name, listed) in try file.value("ste").members() {
      let estimator = try ToyEstimators.named(name, in: listed)
      let rows = try listed.value("per_sample").rows(count: samples.count, columns: n)
      var batch = SampleSums(point, estimators: [estimator])
      for (sample, row) in zip(samples, rows) {
        batch.add(sample)
        var alone = SampleSums(point, estimators: [estimator])
        alone.add(sample)
        tally.compare(
          alone.meanGradientW(), row, Self.tolerance, at: "\(listed.path).per_sample")
      }
      tally.compare(
        batch.meanGradientW(), try listed.value("batch").doubles(), Self.tolerance,
        at: "\(listed.path).batch")
    }
  }

  private func checkSamples(
    _ samples: [[Double]], _ point: PopulationPoint, _ file: GoldenValue,
    into tally: inout GoldenTally
  ) throws {
    var sums = SampleSums(point, estimators: [])
    var (pre, y, target, losses): ([[Double]], [Double], [Double], [Double]) = ([], [], [], [])
    for sample in samples {
      sums.add(sample)
      pre.append(sums.preActivations)
      y.append(sums.output)
      target.append(sums.target)
      losses.append(0.5 * (sums.output - sums.target) * (sums.output - sums.target))
    }
    let listed = try file.value("pre").rows(count: samples.count, columns: pre[0].count)
    tally.compare(pre.flatMap { $0 }, listed.flatMap { $0 }, Self.tolerance, at: "pre")
    let columns = [
      ("y", y), ("y_star", target), ("residual", zip(y, target).map { $0 - $1 }),
      ("sample_loss", losses), ("batch_grad_v", sums.meanGradientV),
    ]
    for (key, column) in columns {
      tally.compare(column, try file.value(key).doubles(), Self.tolerance, at: key)
    }
    tally.compare(
      sums.meanLoss, try file.value("batch_loss").double(), Self.tolerance, at: "batch_loss")
  }
}
