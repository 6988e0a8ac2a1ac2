import Engine

/// `quantized_relu`: levels in all conventions, surrogates with their end at L alpha, and the
/// gradients of resolutions and clip points.
struct QuantizedReLUCheck: GoldenCheck {
  var name: String { "quantized_relu" }
  private let tolerance = GoldenTolerance.absolute(1e-12)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("cases").elements() {
      tally.countCase()
      let x = try item.value("x").doubles()
      let upstream = try item.value("upstream").doubles(count: x.count)
      let relu = try quantizer(item, .nearest)
      tally.compare(
        relu.levels, try item.value("levels").double(), .exact, at: "\(item.path).levels")
      for (key, thresholds) in [
        ("ceil", QuantizedReLU.Thresholds.ceil), ("nearest", .nearest), ("hwgq", .hwgq),
        ("nearest_half_even", .nearestHalfEven),
      ] {
        let other = try quantizer(item, thresholds)
        try compare(x.map(other.value), item, "forward_\(key)", &tally)
      }
      try checkSurrogates(relu, x, upstream, item, &tally)
      for (key, rule) in [
        ("ae", QuantizedReLU.StepRule.exact), ("bcgd_mean", .mean), ("bcgd_min", .minimum),
        ("step_clip_only", .clipOnly),
      ] {
        try compare(x.map { relu.stepGradient($0, rule) }, item, "dalpha_\(key)", &tally)
      }
      try checkLearnedStep(relu, x, upstream, item, &tally)
      try checkClipping(relu, x, upstream, item, &tally)
    }
  }

  private func quantizer(
    _ item: GoldenValue, _ thresholds: QuantizedReLU.Thresholds
  ) throws -> QuantizedReLU {
    let (bits, step) = try (item.value("bits").integer(), item.value("alpha").double())
    do {
      return try QuantizedReLU(bits: bits, thresholds: thresholds, step: step)
    } catch {
      throw item.invalid("bits and alpha of a quantizer", found: "\(error)")
    }
  }

  private func compare(
    _ found: [Double], _ item: GoldenValue, _ key: String, _ tally: inout GoldenTally
  ) throws {
    let listed = try item.value(key)
    tally.compare(found, try listed.doubles(), tolerance, at: listed.path)
  }

  private func checkSurrogates(
    _ relu: QuantizedReLU, _ x: [Double], _ upstream: [Double], _ item: GoldenValue,
    _ tally: inout GoldenTally
  ) throws {
    for (key, kind) in [
      ("identity", Surrogate.Kind.identity), ("relu", .relu), ("clipped_relu", .clippedReLU),
      ("log_tailed", .logTailedReLU), ("hard_tanh_c_L_alpha", .hardTanh),
    ] {
      let surrogate = try relu.surrogate(kind)
      let found = zip(x, upstream).map { relu.gradient($0, upstream: $1, by: surrogate) }
      try compare(found, item, "backward_\(key)", &tally)
    }
  }

  private func checkLearnedStep(
    _ relu: QuantizedReLU, _ x: [Double], _ upstream: [Double], _ item: GoldenValue,
    _ tally: inout GoldenTally
  ) throws {
    for (key, isInclusive) in [("lsq_dx", false), ("lsq_dx_inclusive", true)] {
      let learned = LearnedStep(
        step: relu.step, levels: 0...relu.levels, isInclusive: isInclusive)
      try compare(zip(x, upstream).map { $1 * learned.slope($0) }, item, key, &tally)
    }
    let learned = LearnedStep(step: relu.step, levels: 0...relu.levels)
    try compare(x.map(learned.stepSlope), item, "lsq_ds_per_element", &tally)
    let scale = learned.gradientScale(count: x.count)
    let total = zip(x, upstream).reduce(0) { $0 + $1.1 * learned.stepSlope($1.0) } * scale
    for (key, found) in [("lsq_grad_scale", scale), ("lsq_ds_total", total)] {
      tally.compare(found, try item.value(key).double(), tolerance, at: "\(item.path).\(key)")
    }
  }

  private func checkClipping(
    _ relu: QuantizedReLU, _ x: [Double], _ upstream: [Double], _ item: GoldenValue,
    _ tally: inout GoldenTally
  ) throws {
    let clipping = ParametrizedClipping(clip: relu.clip, levels: relu.levels)
    try compare(x.map(clipping.value), item, "pact_forward", &tally)
    try compare(zip(x, upstream).map { $1 * clipping.slope($0) }, item, "pact_dx", &tally)
    let total = zip(x, upstream).reduce(0) { $0 + $1.1 * clipping.clipSlope($1.0) }
    for (key, found) in [("pact_clip", clipping.clip), ("pact_dclip_total", total)] {
      tally.compare(found, try item.value(key).double(), tolerance, at: "\(item.path).\(key)")
    }
  }
}
