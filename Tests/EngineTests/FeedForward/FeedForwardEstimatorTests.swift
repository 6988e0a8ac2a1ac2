import Testing

@testable import Engine

@Suite struct FeedForwardEstimatorTests {
  private let relu: QuantizedReLU
  private let dials: FeedForwardDials

  init() throws {
    relu = try QuantizedReLU.calibrated(bits: 2, thresholds: .nearest)
    dials = FeedForwardDials(FeedForwardStudyConfiguration())
  }

  private func turned(_ edits: Edit...) throws -> FeedForwardDials {
    try edits.reduce(dials) { try #require(try $0.turned(by: $1)) }
  }

  private func number(_ id: String, _ dials: FeedForwardDials) -> Double? {
    for knob in dials.knobs where knob.id == id {
      if case .number(let value, _, _) = knob.kind { return value }
    }
    return nil
  }

  @Test func `a clipped curve ends where activations saturate unless it is told`() throws {
    #expect(FeedForwardEstimator.clippedReLU.parameters(for: relu) == [relu.clip])
    #expect(FeedForwardEstimator(.arctan).parameters(for: relu) == [2])
    let four = try turned(.set(knob: "bits", value: 4))
    let clip = try QuantizedReLU.calibrated(bits: 4, thresholds: .nearest).clip
    #expect(number("estimator.c", dials) == relu.clip && number("estimator.c", four) == clip)
    let given = try turned(
      .set(knob: "estimator.c", value: 1), .set(knob: "bits", value: 4))
    #expect(number("estimator.c", given) == 1 && given.estimator.text == "clipped_relu(c=1)")
  }

  @Test(
    arguments: [
      "clipped_relu", "clipped_relu(c=1)", "hard_tanh(c=0.1)", "arctan", "triangular(w=2)",
      "multi_gaussian(g=0.1, h=0.30000000000000004)",
    ])
  func `what is written reads back as the same`(text: String) throws {
    let estimator = try FeedForwardEstimator(text: text)
    #expect(estimator.text == text)
    let setting = StateText.text(of: [estimator, estimator.scaled(.unitPeak)])
    let metadata = [StateText.key: setting]
    let checkpoint = Checkpoint(tensors: [], metadata: metadata)
    let read: [FeedForwardEstimator] = try StateText.state(checkpoint, of: "a test")
    #expect(read == [estimator, estimator.scaled(.unitPeak)])
  }

  @Test func `another estimator comes with its own numbers, or with those it is given`() throws {
    let arctan = try turned(.choose(knob: "estimator", option: "arctan"))
    #expect(number("estimator.alpha", arctan) == 2 && number("estimator.c", arctan) == nil)
    let wide = try turned(
      .choose(knob: "estimator", option: "triangular(w=2)"),
      .scale(knob: "estimator.gamma", factor: 0.5))
    #expect(number("estimator.gamma", wide) == 0.5 && number("estimator.w", wide) == 2)
    let back = try #require(try wide.turned(by: .choose(knob: "estimator", option: "triangular")))
    #expect(number("estimator.w", back) == 1)
    #expect(back.changes(from: wide).map(\.knob) == ["estimator.gamma", "estimator.w"])
  }

  @Test func `bad numbers are refused with their names and limits`() {
    #expect(
      throws: EditError.outOfRange(knob: "estimator.c", value: 0, allowed: 1e-4...1e4)
    ) { try turned(.set(knob: "estimator.c", value: 0)) }
    #expect(
      throws: EditError.outOfRange(knob: "estimator.slope", value: 2, allowed: 0...1)
    ) { try turned(.choose(knob: "estimator", option: "leaky_relu(slope=2)")) }
    #expect(throws: EditError.self) { try turned(.set(knob: "estimator.c", value: .nan)) }
    #expect(
      throws: EditError.invalidSurrogate(
        knob: "estimator", reason: .unknownParameter(.arctan, "slope"))
    ) { try turned(.choose(knob: "estimator", option: "arctan(slope=2)")) }
    #expect(throws: EditError.wrongKind(knob: "estimator.c")) {
      try turned(.choose(knob: "estimator.c", option: "1"))
    }
    #expect(throws: EditError.unknownKnob("estimator.w")) {
      var steering = DialedSteering([], dials: dials)
      _ = try steering.apply(.set(knob: "estimator.w", value: 1), at: 0)
    }
  }

  @Test func `a scale stays as long as there can be one`() throws {
    let scale = { (option: String) in
      Edit.choose(knob: "estimator.normalization", option: option)
    }
    let unit = try turned(scale("unitMass"))
    #expect(unit.estimator.normalization == .unitMass)
    let other = try #require(try unit.turned(by: .choose(knob: "estimator", option: "arctan")))
    #expect(other.estimator.normalization == .unitMass)
    let infinite = try #require(try unit.turned(by: .choose(knob: "estimator", option: "relu")))
    #expect(infinite.estimator.normalization == .none)
    #expect(throws: EditError.self) { try infinite.turned(by: scale("unitMass")) }
    #expect(throws: EditError.self) { try infinite.turned(by: scale("half")) }
  }
}
