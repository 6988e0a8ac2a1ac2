import Dashboard
import Engine
import Foundation
import Runs
import Terminal
import Testing

@Suite struct ActivationTests {
  /// A network of three layers with 2 bits, whose last layer saturates and whose gradient turns.
  private func report(bits: Int?) -> LayerReport {
    let bell = { (center: Double) in
      let heights = (0..<32).map { exp(-pow(Double($0) - 15.5 - center, 2) / 32) }
      return heights.map { $0 / heights.reduce(0, +) }
    }
    let layer = { (name: String, center: Double, cosine: Double) in
      ActivationReport.Layer(
        name: name, inputs: bell(center), inactive: 0.5 - center / 16,
        saturated: center > 0 ? 0.35 : 0.03, levels: bits == nil ? [] : [0.55, 0.25, 0.15, 0.05],
        masked: 0.56, gradientNorm: 0.042, cosine: bits == nil ? nil : cosine)
    }
    return LayerReport(
      step: 640, sites: [],
      weights: ["1.convolution", "5.dense"].map {
        LayerReport.Weights(
          name: $0 + ".weights", count: 150, size: 0.5, gradient: 0.004, updateRatio: 0.002)
      },
      activations: ActivationReport(
        step: 640,
        quantizer: bits.map { .init(bits: $0, resolution: 0.651, surrogate: "identity") },
        layers: [
          layer("1.convolution", 0, 0.93), layer("5.dense", -2, 0.41), layer("9.dense", 4, -0.12),
        ]))
  }

  private func dashboard(
    _ width: Int, _ height: Int, bits: Int? = 2, glyphs: Glyphs = .unicode
  ) -> Dashboard {
    let run = ScriptedRun()
    let summary = StudySummary(
      name: "lenet5", model: "LeNet-5, 2-bit activations, identity", seed: 1, parameters: 14_890,
      state: 0, form: StudySummary.feedForwardForm, sites: [])
    var dashboard = Dashboard(
      size: Size(width: width, height: height), glyphs: glyphs, experiment: "lenet5")
    dashboard.tell([
      .began(RunBeginning(summary: summary, progress: run.progress(0), gauges: run.gauges)),
      .state(.training),
    ])
    dashboard.press(.character("4"))
    dashboard.tell([.probe(.layers(report(bits: bits)))])
    return dashboard
  }

  @Test(arguments: [(80, 24), (120, 36), (40, 12), (12, 5)])
  func `activations are drawn as they should be`(size: (Int, Int)) throws {
    try Drawing.expect(dashboard(size.0, size.1).frame, is: "activations-\(size.0)x\(size.1)")
  }

  @Test func `they are drawn in full precision and with plain characters too`() throws {
    try Drawing.expect(dashboard(80, 24, bits: nil).frame, is: "activations-full-80x24")
    let plain = dashboard(80, 24, glyphs: .ascii).frame.text
    #expect(plain.allSatisfy { $0.isASCII } && plain.contains("-0.12"))
  }

  @Test func `all panels are reached and scrolled`() {
    var dashboard = dashboard(40, 12)
    #expect(dashboard.frame.text.contains("masked"))
    dashboard.press(.tab)
    #expect(dashboard.frame.text.contains("1.convolution"))
    dashboard.press(.end)
    #expect(dashboard.frame.text.contains("9.dense"))
    dashboard.press(.tab)
    // Layers are told apart where their names are cut.
    #expect(dashboard.frame.text.contains("5.dense"))
  }
}
