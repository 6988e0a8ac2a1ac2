import Kernels

/// do/da of one quantized signal at all time steps: written as the signal is quantized, and
/// multiplied with on the way back.
///
/// Only there where gradients do not pass straight through. (steps * rows) x units.
final class SurrogateSlopes {
  private let site: QuantizerSite
  private let curve: surrogate_curve
  private let units: Int
  private let slopes: Matrix
  /// Random numbers of a random curve, and s of a sum over thresholds: rows x units.
  private let uniforms: Matrix
  private let positions: Matrix
  /// Sequences of the present batch.
  private var rows = 0
  /// Whether the present batch has passed the quantizer; where it is bypassed do/da is 1.
  private var isWritten = false

  /// `nil` where nothing is quantized or gradients pass straight through.
  init?(_ site: QuantizerSite, units: Int, steps: Int, rows: Int, in workspace: Workspace) {
    guard !site.passesStraightThrough else { return nil }
    guard let scaled = try? site.surrogate.scaledCurve() else {
      preconditionFailure("surrogates are validated with their experiment")
    }
    self.site = site
    self.units = units
    curve = scaled.kernel
    slopes = workspace.matrix(steps * rows, units)
    uniforms = workspace.matrix(site.surrogate.curve.kind == .stochasticSpike ? rows : 0, units)
    positions = workspace.matrix(site.surrogate.placement == .thresholds ? rows : 0, units)
  }

  /// Before a batch.
  func forget() { isWritten = false }

  /// Writes the slopes of step `time` before its `rows` x units activities are quantized.
  ///
  /// - Parameter offsets: v of the diffused quantizer, U of stochastic rounding
  /// - Parameter noise: fresh random numbers of a row
  func write(
    _ activity: UnsafePointer<Float>, offsets: UnsafePointer<Float>, rows: Int, w: Float,
    time: Int, noise: (Int) -> RandomStream
  ) {
    self.rows = rows
    isWritten = true
    let out = slopes.base + time * rows * units
    switch site.surrogate.placement {
    case .activity:
      if uniforms.rows > 0 {
        for row in 0..<rows {
          noise(row).fillUniforms(uniforms.base + row * units, count: units)
        }
      }
      surrogate_slopes(out, activity, uniforms.base, rows * units, curve)
    case .thresholds:
      placePositions(activity, offsets, w, rows * units)
      threshold_slopes(out, positions.base, rows * units, curve, Int32(SiteSurrogate.reach))
    }
  }

  private func placePositions(
    _ activity: UnsafePointer<Float>, _ offsets: UnsafePointer<Float>, _ w: Float, _ count: Int
  ) {
    switch site.kind {
    case .diffused: diffused_positions(positions.base, activity, offsets, w, count)
    case .stochastic: stochastic_positions(positions.base, activity, offsets, w, count)
    default: nearest_positions(positions.base, activity, w, count)
    }
  }

  /// Turns dL/do from step `time` on, a block of rows for each step, into dL/da.
  func passBack(_ gradient: Matrix, from time: Int) {
    guard isWritten else { return }
    let count = gradient.count
    precondition((time * rows * units + count) <= slopes.count, "as many slopes as gradients")
    multiply_in_place(gradient.base, slopes.base + time * rows * units, count)
  }
}

extension QuantizerSite {
  /// Whether dL/da = dL/do always.
  var passesStraightThrough: Bool { kind == .off || surrogate.isStraightThrough }
}
