import Synchronization

extension QuantizedReLU {
  private struct Form: Hashable {
    var bits: Int
    var thresholds: Thresholds
  }

  /// Those that were asked for: each takes a search.
  private static let known = Mutex<[Form: QuantizedReLU]>([:])

  /// With the best resolution for standard normal inputs above 0, as batch normalization makes them.
  ///
  /// Throws where `bits` is not in ``allowedBits``.
  package static func calibrated(
    bits: Int, thresholds: Thresholds
  ) throws(QuantizedReLUError) -> QuantizedReLU {
    let form = Form(bits: bits, thresholds: thresholds)
    if let relu = known.withLock({ $0[form] }) { return relu }
    let relu = QuantizedReLU(try StepCalibration.optimum(bits: bits, thresholds: thresholds))
    known.withLock { $0[form] = relu }
    return relu
  }

  /// Where the level goes up, for the thresholds 1...L.
  package func threshold(of level: Int) -> Double {
    let index = Double(level)
    switch thresholds {
    case .nearest, .nearestHalfEven: return (index - 0.5) * step
    case .hwgq: return level == 1 ? 0 : (index - 0.5) * step
    case .ceil: return (index - 1) * step
    }
  }
}
