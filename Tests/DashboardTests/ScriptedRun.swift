import Dashboard
import Engine
import Runs
import Terminal

/// A made-up run whose reports are always the same: 60 epochs of 38 batches of 32 digits, with
/// the resolutions of h and m going down over the first 40 %.
struct ScriptedRun {
  static let epochs = 60
  static let stepsPerEpoch = 38
  static let steps = epochs * stepsPerEpoch
  static let batch = 32

  let summary = StudySummary(
    name: "digits", model: "hybrid LMU 128/64 exactState", seed: 1, parameters: 18_378,
    state: 321,
    sites: [
      StudySummary.Site(id: "h", title: "hidden state", units: 128, fanOut: 129),
      StudySummary.Site(id: "m", title: "memory", units: 64, fanOut: 129),
    ])
  var resolutionH = ScheduleJournal(
    Schedule(.geometric(start: 64, end: 1), hold: 0.6), steps: Self.steps)
  var resolutionM = ScheduleJournal(
    Schedule(.geometric(start: 256, end: 4), hold: 0.6), steps: Self.steps)
  var learningRate = ScheduleJournal(
    Schedule(.cosine(start: 0.003, end: 0.00003)), steps: Self.steps)

  var gauges: [Gauge] {
    var gauges = [
      Gauge(id: "loss", title: "loss", group: .loss, scale: .logarithmic),
      Gauge(id: "accuracy", title: "accuracy", group: .accuracy, limits: 0...1),
    ]
    for (name, regime) in [("spiking", Gauge.Regime.spiking), ("nonSpiking", .nonSpiking)] {
      gauges.append(
        Gauge(
          id: "validation.\(name).accuracy", title: "accuracy", group: .accuracy,
          split: .validation, regime: regime, limits: 0...1))
      gauges.append(
        Gauge(
          id: "validation.\(name).loss", title: "loss", group: .loss, split: .validation,
          regime: regime, scale: .logarithmic))
    }
    for site in ["h", "m"] {
      gauges.append(Gauge(id: "w.\(site)", title: "w", group: .resolution, site: site))
      gauges.append(
        Gauge(id: "rate.\(site)", title: "rate", group: .rate, site: site, metric: .spikeRate))
      for metric in [BitMetric.bitsRange, .bitsEntropy, .significantBits] {
        gauges.append(
          Gauge(
            id: "bits.\(metric.rawValue).\(site)", title: "bits", unit: "bit", group: .bits,
            site: site, metric: metric))
      }
    }
    return gauges
  }

  var knobs: [Knob] {
    [
      Knob(
        id: "w.h", title: "w of h", site: "h",
        kind: .schedule(resolutionH, range: QuantizerSite.allowedResolution)),
      Knob(
        id: "w.m", title: "w of m", site: "m",
        kind: .schedule(resolutionM, range: QuantizerSite.allowedResolution)),
      Knob(
        id: "learningRate", title: "learning rate",
        kind: .schedule(learningRate, range: OptimizerConfiguration.allowedLearningRate)),
    ]
  }

  func progress(_ step: Int) -> StudyProgress {
    StudyProgress(
      step: step, steps: Self.steps, epoch: step / Self.stepsPerEpoch, epochs: Self.epochs,
      stepsPerEpoch: Self.stepsPerEpoch, samples: step * Self.batch)
  }

  /// What the runner sends first.
  var beginning: [RunnerReport] {
    [
      .began(RunBeginning(summary: summary, progress: progress(0), gauges: gauges)),
      .knobs(knobs), .state(.training),
    ]
  }

  /// The same run without quantizers: nothing is measured of sites, and no w can be turned.
  var beginningWithoutSites: [RunnerReport] {
    let plain = StudySummary(
      name: "digits", model: "LMU 128/64", seed: 1, parameters: 18_378, state: 321, sites: [])
    let gauges = gauges.filter { $0.regime != .spiking && $0.site == nil }
    return [
      .began(RunBeginning(summary: plain, progress: progress(0), gauges: gauges)),
      .knobs(knobs.filter { $0.site == nil }), .state(.training),
    ]
  }

  func event(_ event: StudyEvent, step: Int) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: Double(step) * 0.01, samplesPerSecond: 5400, progress: progress(step),
        event: event))
  }

  /// Noise -1...1 that depends on nothing but the number.
  private func noise(_ number: Int) -> Double {
    var bits = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((bits ^ (bits >> 31)) >> 11) / Double(1 << 52) - 1
  }

  /// 1 at the start and falling fast; by multiplication only, so that no library matters.
  private func decay(_ step: Int) -> Double {
    let share = 1 - Double(step) / Double(Self.steps)
    return share * share * share * share
  }

  func readings(_ step: Int) -> Readings {
    let decay = decay(step)
    let noise = noise(step)
    var values = [
      Reading("loss", (0.06 + 2.2 * decay * decay * decay) * (1 + 0.25 * noise)),
      Reading("accuracy", min(1, 0.985 - 0.85 * decay * decay * decay + 0.03 * noise)),
    ]
    for (site, journal) in [("h", resolutionH), ("m", resolutionM)] {
      let w = journal.value(at: step)
      let factor = site == "h" ? 0.67 : 0.32
      values.append(Reading("w.\(site)", w))
      values.append(Reading("rate.\(site)", w * factor * (1 + 0.02 * noise)))
      let bits = 1.6 + 5 * (w / (w + 30)) + (site == "m" ? 2 : 0) + 0.05 * noise
      values.append(Reading("bits.bitsRange.\(site)", bits))
      values.append(Reading("bits.bitsEntropy.\(site)", bits * 0.8))
      values.append(Reading("bits.significantBits.\(site)", bits * 0.45))
    }
    return Readings(
      epoch: step / Self.stepsPerEpoch + 1, step: step, samples: step * Self.batch, values: values)
  }

  func evaluation(_ step: Int) -> Evaluation {
    let decay = decay(step)
    let loss = 0.09 + 2.1 * decay * decay * decay
    return Evaluation(
      epoch: step / Self.stepsPerEpoch, step: step, split: .validation,
      metrics: [
        Reading("spiking.accuracy", 0.968 - 0.8 * decay * decay * decay + 0.004 * noise(step)),
        Reading("spiking.loss", loss * 1.2),
        Reading("nonSpiking.accuracy", 0.978 - 0.78 * decay * decay * decay),
        Reading("nonSpiking.loss", loss),
      ] + Self.operations)
  }

  /// What an inference takes, about as the network of the summary's sizes would.
  private static let operations: [Reading] = {
    let values: [(String, Double)] = [
      ("sites.h.zeroFraction", 0.52), ("sites.m.zeroFraction", 0.31),
      ("weighted.bitsRange", 2.31), ("weighted.significantBits", 0.93),
      ("weighted.zeroFraction", 0.44), ("operations.events", 887_000),
      ("operations.unitOps", 1_310_000), ("operations.shiftAdds", 1_020_000),
      ("operations.dense", 1_571_000), ("operations.macs", 278_000),
      ("operations.elementwise.multiplies", 0), ("operations.elementwise.additions", 0),
      ("operations.elementwise.functions", 8192), ("operations.quantizers.multiplies", 12288),
      ("operations.quantizers.additions", 24576), ("operations.neuronUpdates", 12352),
      ("operations.stateUpdates", 24576), ("energy.compute45nm.denseFloat", 8.51e-6),
      ("energy.compute45nm.denseInt", 5.92e-6), ("energy.compute45nm.unitSpikes", 1.06e-6),
      ("energy.compute45nm.shiftAdds", 1.03e-6), ("energy.withMemory.dense", 15.4e-6),
      ("energy.withMemory.unitSpikes", 9.29e-6), ("energy.withMemory.shiftAdds", 7.15e-6),
      ("energy.withMemory.picojoules.weightRead", 5),
      ("energy.withMemory.picojoules.stateRead", 5),
      ("energy.withMemory.picojoules.stateWrite", 5), ("energy.withMemory.picojoules.add", 0.1),
      ("energy.withMemory.picojoules.multiply", 3.1),
    ]
    let devices: [(String, Double, Double)] = [
      ("cpu", 15.9e-3, 106e-6), ("gpu", 555e-6, 3.71e-6), ("arm", 1.66e-3, 11.1e-6),
      ("loihi", 43e-6, 1e-6), ("spinnaker", 21.1e-3, 321e-6), ("spinnaker2", 715e-6, 27e-6),
    ]
    var readings = values.map { Reading($0, $1) }
    for (device, synaptic, neuron) in devices {
      readings.append(Reading("energy.devices.\(device).synaptic", synaptic))
      readings.append(Reading("energy.devices.\(device).neuron", neuron))
      readings.append(Reading("energy.devices.\(device).total", synaptic + neuron))
    }
    return readings
  }()

  /// The reports of the steps in a range, a validation after each epoch.
  func reports(_ steps: Range<Int>) -> [RunnerReport] {
    steps.flatMap { done -> [RunnerReport] in
      let step = done + 1
      var reports = [event(.stepped(readings(step)), step: step)]
      if step % Self.stepsPerEpoch == 0 {
        reports.append(event(.evaluated(evaluation(step)), step: step))
      }
      return reports
    }
  }

  func raster(site: String, sample: Int, step: Int) -> Raster {
    let isHidden = site == "h"
    let units = isHidden ? 128 : 64
    let values = (0..<units * 64).map { index -> Float in
      let value = noise(index + 7919 * (isHidden ? 1 : 2))
      let threshold = 0.35 + 0.6 * Double(index / 64) / Double(units)
      guard value.magnitude > threshold else { return 0 }
      let magnitude = isHidden ? 1 : 1 + (value.magnitude * 3.9).rounded(.down)
      return Float(value < 0 ? -magnitude : magnitude)
    }
    return Raster(
      site: site, sample: sample, label: 3, prediction: 3, step: step, steps: 64, units: units,
      resolution: isHidden ? 1 : 4, values: values)
  }

  /// An edit by a factor of all resolutions, with the journals as they are after it.
  mutating func turnResolutions(by factor: Double, at step: Int) -> [RunnerReport] {
    let before = [resolutionH.value(at: step), resolutionM.value(at: step)]
    resolutionH.scale(by: factor, at: step)
    resolutionM.scale(by: factor, at: step)
    let after = [resolutionH.value(at: step), resolutionM.value(at: step)]
    let record = EditRecord(
      step: step, source: .user, edit: .scale(knob: "w.*", factor: factor),
      changes: zip(["w.h", "w.m"], zip(before, after)).map {
        EditRecord.Change(knob: $0, from: $1.0, to: $1.1)
      })
    return [event(.edited(record), step: step), .knobs(knobs)]
  }

  var ending: [RunnerReport] {
    let conclusion = Conclusion(
      outcome: .completed, reason: "", epochs: Self.epochs,
      metrics: [
        Reading("test.spiking.accuracy", 0.968), Reading("test.spiking.spread", 0.003),
        Reading("test.nonSpiking.accuracy", 0.976),
      ])
    return [
      event(.ended(conclusion), step: Self.steps), .state(.ended),
    ]
  }
}

extension Dashboard {
  /// A dashboard in the middle of the scripted run, after one edit, with rasters of both sites.
  static func training(
    width: Int, height: Int, steps: Int = 1406, glyphs: Glyphs = .unicode
  ) -> Dashboard {
    var run = ScriptedRun()
    var dashboard = Dashboard(
      size: Size(width: width, height: height), glyphs: glyphs, experiment: "digits")
    dashboard.tell(run.beginning + run.reports(0..<min(steps, 570)))
    if steps > 570 {
      dashboard.tell(run.turnResolutions(by: 0.5.squareRoot(), at: 570))
      dashboard.tell(run.reports(570..<steps))
    }
    dashboard.tell([
      .probe(.raster(run.raster(site: "h", sample: 0, step: steps))),
      .probe(.raster(run.raster(site: "m", sample: 0, step: steps))),
      .probe(.layers(run.layers(step: steps))),
      .saved(path: "checkpoints/epoch-30.safetensors"),
    ])
    _ = dashboard.update(.tick(seconds: 20))
    return dashboard
  }

  /// A dashboard in the middle of the run without quantizers.
  static func withoutSites(width: Int, height: Int) -> Dashboard {
    let run = ScriptedRun()
    var dashboard = Dashboard(size: Size(width: width, height: height), experiment: "digits")
    dashboard.tell(run.beginningWithoutSites + run.reports(0..<800))
    return dashboard
  }

  @discardableResult
  mutating func tell(_ reports: [RunnerReport]) -> [Effect] { update(.reports(reports)) }

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { keys.flatMap { update(.key($0)) } }
}
