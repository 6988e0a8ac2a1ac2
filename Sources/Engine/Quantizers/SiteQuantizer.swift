import Kernels

/// The memory of one quantized signal within a pass: its voltages and scratch for noise.
///
/// Used step by step: `begin` once a sequence, then `quantize` for each step in order.
final class SiteQuantizer {
  private let site: QuantizerSite
  private let units: Int
  /// Tells the random numbers of this site from those of the others.
  private let lane: Int
  /// rows x units; holds v of the diffused quantizer.
  let voltages: Matrix
  private let uniforms: Matrix
  /// `nil` where gradients pass straight through.
  private let slopes: SurrogateSlopes?
  /// Starts a sequence from these voltages (rows x units) instead of the site's own choice.
  var givenVoltages: [Float]?

  init(
    _ site: QuantizerSite, units: Int, lane: Int, steps: Int, rows: Int, in workspace: Workspace
  ) {
    self.site = site
    self.units = units
    self.lane = lane
    voltages = workspace.matrix(rows, units)
    uniforms = workspace.matrix(site.kind == .stochastic ? rows : 0, units)
    slopes = SurrogateSlopes(site, units: units, steps: steps, rows: rows, in: workspace)
  }

  /// Whether it has voltages.
  var isDiffused: Bool { site.kind == .diffused }

  /// Whether outputs equal activities at resolution `w`.
  func isBypassed(at w: Float) -> Bool { site.kind == .off || !w.isFinite }

  /// Whether a step's outputs have the same distribution when the steps before it are left out.
  var canBeginAnywhere: Bool {
    givenVoltages == nil && (site.kind != .diffused || site.initialVoltage == .randomPerSequence)
  }

  /// Whether dL/da may differ from dL/do.
  var hasSurrogate: Bool { slopes != nil }

  /// Before a batch that may be bypassed, where ``begin(_:)`` is left out then.
  func forgetSlopes() { slopes?.forget() }

  /// Turns dL/do from step `time` on, a block of rows for each step, into dL/da.
  func passBack(_ gradient: Matrix, from time: Int) { slopes?.passBack(gradient, from: time) }

  /// Sets the voltages for a new set of sequences.
  func begin(_ context: PassContext) {
    forgetSlopes()
    guard site.kind == .diffused else { return }
    if let givenVoltages {
      voltages.rows(0, givenVoltages.count / units).set(givenVoltages)
      return
    }
    for (row, sample) in context.samples.enumerated() {
      let destination = voltages.base + row * units
      switch site.initialVoltage {
      case .half:
        destination.update(repeating: 0.5, count: units)
      case .fixedSeed(let seed):
        RandomStream(seed: seed, purpose: .voltage, lane: lane + Self.layerLanes * context.layer)
          .fillUniforms(destination, count: units)
      case .randomPerSequence:
        RandomStream(
          seed: context.seed, purpose: .voltage, lane: lane(in: context), first: sample,
          third: context.draw
        ).fillUniforms(destination, count: units)
      }
    }
  }

  /// out = n / w for `rows` x units activities at time step `time`.
  func quantize(
    _ activity: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, w: Float,
    time: Int, context: PassContext
  ) {
    let count = rows * units
    if site.kind == .stochastic {
      for row in 0..<rows {
        noise(context, row: row, time: time)
          .fillUniforms(uniforms.base + row * units, count: units)
      }
    }
    if context.needsSlopes { writeSlopes(activity, rows: rows, w: w, time: time, context) }
    switch site.kind {
    case .off: out.update(from: activity, count: count)
    case .diffused: quantize_diffused(out, activity, voltages.base, w, count)
    case .nearest: quantize_nearest(out, activity, w, count)
    case .stochastic: quantize_stochastic(out, activity, uniforms.base, w, count)
    case .poisson:
      for row in 0..<rows {
        let counters = noise(context, row: row, time: time).kernelCounters
        quantize_poisson(
          out + row * units, activity + row * units, w, units, 0, counters.counter2,
          counters.counter3, counters.key)
      }
    }
  }

  private func writeSlopes(
    _ activity: UnsafePointer<Float>, rows: Int, w: Float, time: Int, _ context: PassContext
  ) {
    slopes?.write(
      activity, offsets: site.kind == .stochastic ? uniforms.base : voltages.base, rows: rows,
      w: w, time: time
    ) { row in noise(context, .surrogate, row: row, time: time) }
  }

  /// Noise that is fresh for each sample, time step and draw, whatever batch or shard they are in.
  private func noise(
    _ context: PassContext, _ purpose: RandomStream.Purpose = .rounding, row: Int, time: Int
  ) -> RandomStream {
    RandomStream(
      seed: context.seed, purpose: purpose, lane: lane(in: context),
      first: context.samples[row], second: time, third: context.draw)
  }

  private func lane(in context: PassContext) -> Int {
    lane + 16 * context.lane + Self.layerLanes * context.layer
  }

  /// Lanes that the sites of one layer have for all splits.
  private static let layerLanes = 64
}
