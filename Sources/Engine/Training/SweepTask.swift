/// A sweep over resolutions, done batch by batch.
struct SweepTask {
  private let plan: SweepPlan
  private let points: [SweepPoints.Point]
  /// Places of the quantized sites among all signals.
  private let places: [Int]
  private let scales: [Double]
  private let count: Int
  /// Samples of all rows together.
  private let total: Int
  private var done = 0
  private var task: EvaluationTask
  private(set) var sweep: ResolutionSweep

  /// - Parameters:
  ///   - trained: the trained w of all signals
  ///   - at: epochs and steps done
  init(
    _ plan: SweepPlan, trained: [Double], scales: [Double], at position: (epoch: Int, step: Int),
    of trainer: Trainer
  ) {
    let signals = trainer.network.recurrent.sites
    let places = signals.indices.filter { signals[$0].site.kind != .off }
    let sites = places.map { signals[$0].id }
    let isSwept = sites.map { plan.sites.isEmpty || plan.sites.contains($0) }
    let points = SweepPoints(plan.grid, trained: places.map { trained[$0] }, isSwept: isSwept)
      .points
    let all = trainer.problem.count(in: plan.split)
    let count = min(all, plan.limit ?? all)
    self.plan = plan
    self.points = points
    self.places = places
    self.scales = scales
    self.count = count
    sweep = ResolutionSweep(
      epoch: position.epoch, step: position.step, split: plan.split, samples: count, sites: sites,
      swept: zip(sites, isSwept).filter(\.1).map(\.0), rows: [])
    let evaluation = { (point: SweepPoints.Point) in
      Self.evaluation(point, plan, places: places, scales: scales, count: count, trainer)
    }
    total = points.reduce(0) { $0 + evaluation($1).progress.total }
    task = evaluation(points[0])
  }

  var isDone: Bool { sweep.rows.count == points.count }

  var progress: EvaluationProgress {
    EvaluationProgress(
      split: plan.split, done: done + (isDone ? 0 : task.progress.done), total: total,
      purpose: .sweep)
  }

  /// Runs one batch.
  mutating func advance(_ trainer: Trainer) {
    guard !isDone else { return }
    task.advance(trainer)
    guard task.isDone else { return }
    let point = points[sweep.rows.count]
    sweep.rows.append(
      ResolutionSweep.Row(
        position: point.position, resolutions: point.resolutions, isTrained: point.isTrained,
        metrics: task.metrics(trainer)))
    done += task.progress.total
    guard !isDone else { return }
    task = Self.evaluation(
      points[sweep.rows.count], plan, places: places, scales: scales, count: count, trainer)
  }

  /// The measurement of a point: without quantizers where all are at infinity.
  private static func evaluation(
    _ point: SweepPoints.Point, _ plan: SweepPlan, places: [Int], scales: [Double], count: Int,
    _ trainer: Trainer
  ) -> EvaluationTask {
    var resolutions = scales.map { _ in Float.infinity }
    for (place, w) in zip(places, point.resolutions) {
      resolutions[place] = Trainer.resolution(w, scale: scales[place])
    }
    let isSpiking = point.resolutions.contains(where: \.isFinite)
    return EvaluationTask(
      split: plan.split, count: count,
      draws: isSpiking ? trainer.draws(plan.draws, at: resolutions) : 0,
      resolutions: resolutions, hasNonSpiking: false)
  }
}

extension Trainer {
  /// w * scale of a site; infinite where the quantizer is off.
  static func resolution(_ w: Double, scale: Double) -> Float {
    max(Float(w * scale), .leastNormalMagnitude)
  }

  /// Runs with quantizers that say something: none without quantizers, one where nothing about
  /// them is random, else as many as are wanted.
  func draws(_ wanted: Int, at resolutions: [Float]) -> Int {
    let signals = network.recurrent.sites
    let isRandom = signals.indices.contains {
      resolutions[$0].isFinite && signals[$0].site.isRandom
    }
    guard isRandom else { return signals.contains { $0.site.kind != .off } ? 1 : 0 }
    return max(wanted, 1)
  }
}
