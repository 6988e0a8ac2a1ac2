import Testing

@testable import Engine

/// The look at one unit: what it saw, its voltage and its weights.
@Suite struct UnitDetailTests {
  private static func study(
    _ model: ModelConfiguration, layers: Int = 1, steps: Int = 9
  ) throws -> TrainingStudy {
    let optimizer = OptimizerConfiguration(
      rule: .momentum(0.9), learningRate: Schedule(.hold(1e-3)), clipNorm: 0.5)
    var problem = TinyProblem()
    problem.steps = steps
    var configuration = TrainingConfiguration(
      model: model, optimizer: optimizer, epochs: 2, batch: 10)
    configuration.layers = layers
    let study = try TrainingStudy(
      name: "test", configuration: configuration, problem: problem, threads: 1)
    _ = try study.advance(within: .zero)
    return study
  }

  private static func site(
    _ w: Double, _ kind: Quantizer = .diffused, _ start: InitialVoltage = .randomPerSequence
  ) -> QuantizerSite {
    QuantizerSite(kind: kind, resolution: Schedule(.hold(w)), initialVoltage: start)
  }

  private static func lmu(
    _ variant: LMUConfiguration.Variant, u: QuantizerSite, connections: LMUConfiguration.Connections
  ) -> ModelConfiguration {
    .lmu(
      LMUConfiguration(
        hidden: 7, order: 5, theta: 9, variant: variant, initialization: .full,
        connections: connections, h: site(3), m: site(4), u: u))
  }

  private static func raster(
    _ study: TrainingStudy, _ site: String, unit: Int, sample: Int = 2
  ) throws -> (Raster, UnitDetail) {
    let request = RasterRequest(site: site, sample: sample, unit: unit)
    guard case .raster(let raster)? = study.probe(.raster(request)) else {
      throw Missing()
    }
    return (raster, try #require(raster.detail))
  }

  private struct Missing: Error {}

  static let models: [(String, ModelConfiguration, Int)] = {
    let all: LMUConfiguration.Connections = [
      .inputToHidden, .hiddenToHidden, .hiddenToMemory, .memoryToMemory,
    ]
    let off = QuantizerSite(kind: .off, resolution: Schedule(.hold(1)))
    return [
      ("exact state", lmu(.exactState, u: off, connections: all), 1),
      ("quantized state", lmu(.quantizedState, u: site(6), connections: all), 1),
      ("parallel", lmu(.exactState, u: site(6), connections: [.inputToHidden]), 1),
      ("stack", lmu(.exactState, u: off, connections: all), 2),
      ("rnn", .rnn(RNNConfiguration(hidden: 6, h: site(2))), 1),
      ("lstm", .lstm(LSTMConfiguration(hidden: 6, h: site(2))), 1),
      ("gru", .gru(GRUConfiguration(hidden: 6, h: site(2))), 1),
    ]
  }()

  /// The counts are what a voltage from 0...1 on makes of the activity, step by step.
  @Test(arguments: models)
  func `voltages carry the activity to the counts`(
    _ name: String, _ model: ModelConfiguration, _ layers: Int
  ) throws {
    let study = try Self.study(model, layers: layers)
    for site in study.summary.sites {
      for unit in 0..<site.units {
        let (raster, detail) = try Self.raster(study, site.id, unit: unit)
        let counts = raster.values[unit * raster.steps..<(unit + 1) * raster.steps]
        #expect(detail.unit == unit && detail.activity.count == raster.steps)
        var before: Double?
        for (t, count) in counts.enumerated() {
          let (charge, voltage) = (Double(detail.charges[t]), Double(detail.voltages[t]))
          #expect(charge.rounded(.down) == Double(count) || abs(charge - charge.rounded()) < 1e-4)
          #expect(abs(charge - Double(count) - voltage) < 1e-5)
          #expect(voltage > -1e-5 && voltage < 1 + 1e-5)
          if let before {
            let expected = before + raster.resolution * Double(detail.activity[t])
            #expect(abs(charge - expected) < 1e-3, "\(name) \(site.id) \(unit) step \(t)")
          }
          before = voltage
        }
      }
    }
  }

  @Test func `the current of a hidden unit is the argument of its activation`() throws {
    let study = try Self.study(Self.models[4].1)
    let (_, detail) = try Self.raster(study, "h", unit: 3)
    // The weights are those after a small update.
    for (current, activity) in zip(detail.current, detail.activity) {
      #expect(abs(tanhReference(Double(current)) - Double(activity)) < 5e-3)
    }
    #expect(detail.current.count == 9 && detail.current.contains { abs($0) > 0.01 })
    let gated = try Self.study(Self.models[5].1)
    #expect(try Self.raster(gated, "h", unit: 3).1.current.isEmpty)
  }

  private func tanhReference(_ x: Double) -> Double { 1 - 2 / (exponential(2 * x) + 1) }

  /// A plain series, for small arguments.
  private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1...40 {
      term *= x / Double(k)
      sum += term
    }
    return sum
  }

  @Test func `the strongest weights are those of the matrices`() throws {
    let study = try Self.study(Self.models[4].1)
    let (_, detail) = try Self.raster(study, "h", unit: 2)
    let values = { (name: String) in
      study.snapshot().tensors.first { $0.name == name }?.values ?? []
    }
    let (w, u, b) = (
      values("rnn.inputWeights"), values("rnn.hiddenWeights"), values("rnn.bias")
    )
    let incoming = [w[2], b[2]] + (0..<6).map { u[$0 * 6 + 2] }
    #expect(
      detail.incoming.map(\.value)
        == incoming.filter { $0 != 0 }.sorted { $0.magnitude > $1.magnitude })
    let outgoing = (0..<6).map { u[2 * 6 + $0] } + values("readout.weights")[4..<6]
    #expect(
      detail.outgoing.map(\.value) == outgoing.sorted { $0.magnitude > $1.magnitude })
    for weight in detail.outgoing where weight.name == "U" {
      let index = try #require(weight.other.split(separator: " ").last.flatMap { Int($0) })
      #expect(weight.other.hasPrefix("h ") && u[2 * 6 + index] == weight.value)
    }
  }

  @Test func `every cell names weights of its own`() throws {
    for (name, model, layers) in Self.models {
      let study = try Self.study(model, layers: layers)
      for site in study.summary.sites {
        let detail = try Self.raster(study, site.id, unit: 1 % site.units).1
        #expect(!detail.incoming.isEmpty && !detail.outgoing.isEmpty, "\(name) \(site.id)")
        #expect(detail.incoming.count <= 8)
        #expect(detail.incoming.allSatisfy { $0.value.isFinite })
      }
    }
  }

  @Test func `a raster of a set of samples is their mean`() throws {
    let study = try Self.study(Self.models[0].1)
    let one = try (0..<3).map { try Self.raster(study, "m", unit: 0, sample: $0).0 }
    let request = RasterRequest(site: "m", sample: 0, samples: 3)
    guard case .raster(let mean)? = study.probe(.raster(request)) else { throw Missing() }
    #expect(mean.samples == 3 && mean.detail == nil)
    #expect(mean.correct == one.count { $0.label == $0.prediction })
    for (index, value) in mean.values.enumerated() {
      #expect(abs(value - one.reduce(0) { $0 + $1.values[index] } / 3) < 1e-5)
    }
    // A batch of ten ends there.
    let end = RasterRequest(site: "m", sample: 8, samples: 8)
    guard case .raster(let last)? = study.probe(.raster(end)) else { throw Missing() }
    #expect(last.samples == 2)
    #expect(study.probe(.raster(RasterRequest(site: "m", sample: 10, samples: 8))) == nil)
    let none = RasterRequest(site: "m", sample: 0, unit: 5)
    guard case .raster(let raster)? = study.probe(.raster(none)) else { throw Missing() }
    #expect(raster.detail == nil)
  }
}
