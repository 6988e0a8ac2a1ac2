import Dashboard
import Engine
import Foundation
import Runs
import Terminal

/// The reports of runs whose activations learn, as the runner would send them.
struct CurvesRun {
  var kind: LearnedActivations
  var units = 1

  private static let attributes = ["variance", "skewness", "curtosis", "entropy"]

  var beginning: [RunnerReport] {
    var summary = StudySummary(
      name: kind == .gaussianProcess ? "kolmogorov-banknote" : "slaf-spirals",
      model: "curves", seed: 1, parameters: 36, state: 0, form: StudySummary.feedForwardForm,
      sites: [])
    summary.curves = kind
    let progress = StudyProgress(
      step: 0, steps: 300, epoch: 0, epochs: 30, stepsPerEpoch: 10, samples: 0)
    return [
      .began(RunBeginning(summary: summary, progress: progress, gauges: [])), .state(.training),
    ]
  }

  /// A look after so many epochs.
  func look(epoch: Int) -> CurvesReport {
    let curves = kind == .selfLearnable ? gallery(epoch) : wall(epoch)
    var look = CurvesReport(step: epoch * 10, epoch: epoch, curves: curves)
    look.pastEpochs = min(epoch, 6)
    look.classes = ["genuine", "forged"]
    look.health = [
      CurvesReport.HealthItem("largest input", 3.2),
      CurvesReport.HealthItem("inputs beyond the range", 0.04, isAlarming: true),
    ]
    if kind != .selfLearnable {
      (look.columns, look.outline) = (Self.attributes + ["output"], "5 curves, 36 parameters")
      look.shares = Self.attributes.enumerated().map { index, name in
        let fading = index == 3 ? 0.4 / Double(epoch + 1) : 0
        return CurvesReport.Share(name, index == 3 ? fading : (1 - 0.4 / Double(epoch + 1)) / 3)
      }
      if kind == .gaussianProcess { look.example = example }
    } else {
      look.outline = "3 curves of degree 7"
      look.layers = [layer(epoch)]
      look.map = map
      look.polynomial = PolynomialReport(
        degree: 49, monomials: 1275,
        largest: [CurvesReport.Share("x1^2 x2", 1.5), CurvesReport.Share("x2", -0.7)])
    }
    return look
  }

  private func wall(_ epoch: Int) -> [CurveReport] {
    (0..<units).flatMap { unit in
      (Self.attributes + ["output"]).enumerated().map { index, name in
        var curve = curve(index, epoch, title: name, id: "unit\(unit + 1).\(name)")
        let inputs = (0..<7).map { -1 + Double($0) / 3 }
        curve.points = inputs.map {
          CurveReport.Point(
            input: 4 * $0, height: Self.height(4 * $0, index, epoch), gradient: 0.01 * $0)
        }
        curve.words = index == 2 ? "quadratic, R2 0.995" : "linear falling, R2 0.99"
        return curve
      }
    }
  }

  private func gallery(_ epoch: Int) -> [CurveReport] {
    (0..<3).map { unit in
      var curve = curve(
        unit, epoch, title: "hidden 1 unit \(unit + 1)", id: "2.learned.\(unit)")
      curve.words = "tanh-like 0.012"
      return curve
    }
  }

  private func curve(_ index: Int, _ epoch: Int, title: String, id: String) -> CurveReport {
    let inputs = (0...60).map { -4 + Double($0) * 8 / 60 }
    var curve = CurveReport(
      id: id, title: title, inputs: -4...4, now: inputs.map { Self.height($0, index, epoch) })
    curve.start = inputs.map { Self.height($0, index, 0) }
    curve.past = inputs.map { Self.height($0, index, max(0, epoch - 6)) }
    curve.density = [Self.hump(around: -1), Self.hump(around: 1.5)]
    return curve
  }

  private static func hump(around middle: Double) -> [Double] {
    (0..<32).map { part in
      let distance = -4 + Double(part) / 4 - middle
      return 40 * exp(-distance * distance)
    }
  }

  private static func height(_ x: Double, _ index: Int, _ epoch: Int) -> Double {
    let grown = Double(epoch) / Double(epoch + 5)
    switch index {
    case 0: return -0.3 * x * grown
    case 1: return -0.25 * x * grown + 0.02 * x
    case 2: return 0.05 * x * x * grown
    case 3: return 0.05 * sin(x)
    default: return 4 * tanh(2 * x * grown) + 0.1 * x
    }
  }

  private func layer(_ epoch: Int) -> CurveLayerReport {
    var layer = CurveLayerReport(
      id: "2.learned", outline: "monomial, degree 7, a row per unit",
      coefficients: (0...7).map { cos(Double($0)) * (1 + Double(epoch) / 10) })
    layer.gates = (1...7).map { 1 / Double($0) }
    layer.basis = "monomial"
    return layer
  }

  private var map: DecisionMap {
    let values = (0..<20 * 48).map { index in
      let (x, y) = (Double(index % 48) / 24 - 1, Double(index / 48) / 10 - 1)
      return 1 / (1 + exp(-6 * sin(4 * x + 3 * y)))
    }
    return DecisionMap(columns: 48, rows: 20, values: values, horizontal: -1...1, vertical: -1...1)
  }

  private var example: ExampleReport {
    ExampleReport(
      title: "test row 12", target: "forged", answer: "genuine",
      units: [
        ExampleReport.Unit(
          contributions: zip(Self.attributes, [-0.5, 0.31, 0.12, -0.01]).map {
            CurvesReport.Share($0, $1)
          }, input: -0.08, output: -1.2)
      ], logit: -1.2, probability: 0.77,
      flips: [ExampleReport.Flip(name: "variance", from: 2.1, to: 1.4)])
  }
}

extension Dashboard {
  /// A dashboard that looks at learned activations, with a look after each of some epochs.
  static func curves(
    _ kind: LearnedActivations, width: Int, height: Int, epochs: Int = 12, units: Int = 1,
    glyphs: Glyphs = .unicode
  ) -> Dashboard {
    let run = CurvesRun(kind: kind, units: units)
    var dashboard = Dashboard(size: Size(width: width, height: height), glyphs: glyphs)
    dashboard.tell(run.beginning)
    dashboard.press(.character("8"))
    for epoch in 0..<epochs { dashboard.tell([.probe(.curves(run.look(epoch: epoch)))]) }
    _ = dashboard.update(.tick(seconds: 20))
    return dashboard
  }
}
