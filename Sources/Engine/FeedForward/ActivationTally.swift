/// Counts what goes through the activations behind one layer over the shards of a batch.
struct ActivationTally {
  private var inputs = [Int](repeating: 0, count: ActivationReport.inputParts)
  private var levels: [Int]
  private let resolution: Float
  /// Above it inputs saturate.
  private let clip: Float
  private var count = 0
  private var inactive = 0
  private var saturated = 0
  private var upstream = 0.0
  private var masked = 0.0

  /// `own` is the resolution of the layer where it has one.
  init(_ activation: FeedForwardActivation, resolution own: Double?) {
    guard case .quantized(let relu, _) = activation.form else {
      (levels, resolution, clip) = ([], 1, .infinity)
      return
    }
    levels = [Int](repeating: 0, count: 1 << relu.bits)
    resolution = own.map { Float($0) } ?? Float(relu.step)
    clip = own.map { Float($0 * relu.levels) } ?? Float(relu.clip)
  }

  /// Adds a shard: what went in and came out, and the derivatives of the loss by both. Numbers that
  /// are not finite are left out.
  mutating func add(
    input: Matrix, output: Matrix, outputGradient: Matrix, inputGradient: Matrix
  ) {
    let (lower, parts) = (Float(ActivationReport.inputRange.lowerBound), Float(inputs.count))
    let scale = parts / (Float(ActivationReport.inputRange.upperBound) - lower)
    let (inverse, highest) = (1 / resolution, Float(levels.count - 1))
    for index in 0..<input.count {
      let x = input.base[index]
      guard x.isFinite else { continue }
      count += 1
      inputs[Int(min(max((x - lower) * scale, 0), parts - 1))] += 1
      if x <= 0 { inactive += 1 }
      if x > clip { saturated += 1 }
      if highest > 0 {
        levels[Int(min(max(output.base[index] * inverse + 0.5, 0), highest))] += 1
      }
      let size = Double(abs(outputGradient.base[index]))
      upstream += size
      if inputGradient.base[index] == 0 { masked += size }
    }
  }

  func layer(
    _ name: String, gradientNorm: Double, cosine: Double?,
    resolution: ActivationReport.Resolution?
  ) -> ActivationReport.Layer {
    let share = { (part: Int) in Double(part) / Double(max(self.count, 1)) }
    return ActivationReport.Layer(
      name: name, inputs: inputs.map(share), inactive: share(inactive),
      saturated: share(saturated), levels: levels.map(share),
      masked: upstream > 0 ? masked / upstream : 0, gradientNorm: gradientNorm, cosine: cosine,
      resolution: resolution)
  }
}
