import Engine
import Foundation
import Runs
import Testing

/// Results of commands on stored runs, letter by letter.
@Suite struct ResultTextTests {
  private let evaluation = Evaluation(
    epoch: 3, step: 120, split: .validation,
    metrics: [
      Reading("spiking.accuracy", 0.91), Reading("spiking.spread", 0.006),
      Reading("spiking.draws", 5), Reading("spiking.loss", 0.33),
      Reading("nonSpiking.accuracy", 0.93), Reading("nonSpiking.loss", 0.27),
      Reading("sites.h.bitsRange", 1.585), Reading("operations.events", 98),
    ])

  private func text(file: String? = nil) -> EvaluationText {
    EvaluationText(
      evaluation, samples: 179, sites: [("h", 1), ("m", .infinity)], run: "/runs/a",
      checkpoint: "/runs/a/checkpoints/step-00000120.safetensors", file: file)
  }

  @Test func `an evaluation is the event of a run with where it is from`() {
    #expect(
      text(file: "b.csv").json
        == #"{"event":"evaluated","epoch":3,"step":120,"split":"validation","#
        + #""spiking":{"accuracy":0.91,"spread":0.006,"draws":5,"loss":0.33},"#
        + #""nonSpiking":{"accuracy":0.93,"loss":0.27},"sites":{"h":{"bitsRange":1.585}},"#
        + #""operations":{"events":98},"w":{"h":1,"m":null},"samples":179,"#
        + #""run":"/runs/a","checkpoint":"/runs/a/checkpoints/step-00000120.safetensors","#
        + #""values":"b.csv"}"#)
  }

  @Test func `an evaluation reads as tables`() {
    let lines = text().lines(colour: false)
    #expect(lines[2] == "epoch 3, step 120, w h 1, w m inf, 179 samples of the validation part")
    #expect(
      lines[3...7] == [
        "", "validation               accuracy    spread  draws     loss",
        "spiking                   91.00 %    0.60 %      5   0.3300",
        "non-spiking               93.00 %         -      -   0.2700", "",
      ])
    #expect(lines.contains { $0.hasPrefix("bitsRange") && $0.contains("1.585") })
    #expect(text(file: "b.csv").lines(colour: false)[2].hasSuffix("179 samples of b.csv"))
  }

  @Test func `of a regression the table has its errors, as far as they are known`() {
    let text = { (metrics: [Reading]) in
      EvaluationText(
        Evaluation(epoch: 1, step: 2, split: .test, metrics: metrics), samples: 3, sites: [],
        run: "/runs/a", checkpoint: "/c", file: nil,
        regimeNames: (spiking: "quantized", nonSpiking: "full precision")
      ).lines(colour: false).dropFirst(3)
    }
    #expect(
      text([
        Reading("nonSpiking.rmse", 12.5), Reading("nonSpiking.r2", 0.75),
        Reading("nonSpiking.loss", 0.25),
      ]) == [
        "", "test                         rmse        R^2       loss",
        "full precision               12.5       0.75       0.25",
      ])
    #expect(
      text([Reading("spiking.loss", 0.5)]) == [
        "", "test                         loss", "quantized                     0.5",
      ])
  }

  private let sweep = ResolutionSweep(
    epoch: 2, step: 80, split: .test, samples: 50, sites: ["h", "m"], swept: ["h"],
    rows: [
      .init(
        position: 1, resolutions: [1, 4], isTrained: true,
        metrics: [
          Reading("spiking.accuracy", 0.9), Reading("spiking.spread", 0.01),
          Reading("spiking.draws", 2), Reading("spiking.loss", 0.4),
          Reading("sites.h.bitsRange", 1.5),
          Reading("sites.m.zeroFraction", 0.25), Reading("operations.events", 1234),
        ]),
      .init(
        position: .infinity, resolutions: [.infinity, .infinity], isTrained: false,
        metrics: [Reading("nonSpiking.accuracy", 0.95), Reading("nonSpiking.loss", 0.2)]),
    ])

  @Test func `a sweep is a table that marks the trained row`() {
    let text = SweepText(sweep, width: 100)
    #expect(text.table.allSatisfy { $0.count <= 100 })
    let rows = sweep.rows.map { text.row($0).split(separator: " ").map(String.init) }
    #expect(rows[0].prefix(7) == ["*", "1", "4", "90.00", "%", "1.00", "%"])
    #expect(rows[0].last == "1234")
    #expect(rows[1].prefix(5) == ["inf", "inf", "95.00", "%", "-"])
    #expect(SweepText(sweep, width: 40).titles.split(separator: " ").last == "m")
  }

  @Test func `rows of a sweep are objects`() {
    #expect(
      SweepText.line(sweep.rows[1], of: sweep)
        == #"{"event":"sweepPoint","epoch":2,"step":80,"split":"test","samples":50,"swept":["h"],"#
        + #""w":{"h":null,"m":null},"trained":false,"nonSpiking":{"accuracy":0.95,"loss":0.2}}"#)
    var encoder = EventEncoder(version: "1", run: "r", experiment: "{}")
    let progress = StudyProgress(
      step: 80, steps: 80, epoch: 2, epochs: 2, stepsPerEpoch: 40, samples: 0)
    let line = encoder.line(
      for: .event(
        TimedEvent(seconds: 1, samplesPerSecond: 0, progress: progress, event: .swept(sweep))))
    #expect(line?.hasPrefix(#"{"event":"swept","epoch":2,"step":80,"split":"test""#) == true)
    #expect(line?.contains(#""rows":[{"w":{"h":1,"m":4},"trained":true,"spiking":{"#) == true)
    let saved = encoder.line(
      for: .saved(path: "/a/step-00000120.safetensors", reason: .best))
    #expect(
      saved == #"{"event":"saved","checkpoint":"/a/step-00000120.safetensors","step":120,"#
        + #""reason":"best"}"#)
  }

  @Test func `the beginning says where the weights are from`() {
    var summary = StudySummary(
      name: "digits", model: "LMU", seed: 1, parameters: 2, state: 3, sites: [])
    summary.origin = "/w.safetensors"
    let beginning = RunnerReport.began(
      RunBeginning(
        summary: summary,
        progress: StudyProgress(
          step: 0, steps: 1, epoch: 0, epochs: 1, stepsPerEpoch: 1, samples: 0), gauges: []))
    var encoder = EventEncoder(version: "1", run: "r", experiment: "{}")
    let line = encoder.line(for: beginning)
    #expect(line?.hasSuffix(#""from":"/w.safetensors"}"#) == true)
    var printer = PlainPrinter { "\($0)" }
    let lines = printer.lines(for: beginning)
    #expect(lines.last == "begins with the weights of /w.safetensors")
  }

  @Test func `predictions are rows or objects, and names of classes are quoted`() {
    let prediction = Prediction(sample: 4, label: 1, probabilities: [0.25, 0.75])
    let classes = ["a", "b, \"c\""]
    let csv = PredictionText(.csv, classes: classes, hasProbabilities: true)
    #expect(csv.header == #"sample,label,confidence,a,"b, ""c""""#)
    #expect(csv.line(prediction) == #"4,"b, ""c""",0.750000,0.250000,0.750000"#)
    let short = PredictionText(.csv, classes: classes, hasProbabilities: false)
    #expect(short.header == "sample,label,confidence")
    let json = PredictionText(.json, classes: classes, hasProbabilities: true)
    #expect(json.header == nil)
    #expect(
      json.line(prediction)
        == #"{"sample":4,"label":"b, \"c\"","confidence":0.75,"#
        + #""probabilities":{"a":0.25,"b, \"c\"":0.75}}"#)
  }
}
