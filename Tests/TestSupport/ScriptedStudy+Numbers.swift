package import Engine
import Foundation

extension ScriptedStudy {
  /// The bit metrics that are shown while training.
  private static let trainingMetrics: [BitMetric] = [.bitsRange, .bitsEntropy, .significantBits]

  package var gauges: [Gauge] {
    var gauges = [
      Gauge(id: "loss", title: "loss", group: .loss),
      Gauge(
        id: "learningRate", title: "learning rate", group: .learningRate, scale: .logarithmic),
    ]
    for site in script.sites {
      gauges += [
        Gauge(
          id: "w." + site.id, title: "w " + site.id, group: .resolution, site: site.id,
          scale: .logarithmic),
        Gauge(id: "rate." + site.id, title: "rate " + site.id, group: .rate, site: site.id),
      ]
      for metric in Self.trainingMetrics {
        gauges.append(
          Gauge(
            id: "bits.\(site.id).\(metric.rawValue)", title: "\(metric.rawValue) \(site.id)",
            unit: "bit", group: .bits, site: site.id, metric: metric))
      }
    }
    return gauges + validationGauges
  }

  private var validationGauges: [Gauge] {
    var gauges: [Gauge] = []
    for regime in [Gauge.Regime.spiking, .nonSpiking] {
      gauges += [
        Gauge(
          id: "validation.\(regime.rawValue).accuracy", title: regime.rawValue, group: .accuracy,
          split: .validation, regime: regime, limits: 0...1),
        Gauge(
          id: "validation.\(regime.rawValue).loss", title: regime.rawValue, group: .loss,
          split: .validation, regime: regime),
      ]
    }
    for site in script.sites {
      for metric in BitMetric.allCases {
        gauges.append(
          Gauge(
            id: "validation.sites.\(site.id).\(metric.rawValue)",
            title: "\(metric.rawValue) \(site.id)", group: .bits, split: .validation,
            regime: .spiking, site: site.id, metric: metric))
      }
    }
    return gauges
  }

  /// The gauges after the last step.
  var readings: Readings {
    let governing = max(step - 1, 0)
    var values = [
      Reading("loss", loss),
      Reading("learningRate", dials.value(of: "learningRate", at: governing)),
    ]
    for site in script.sites {
      let w = dials.value(of: "w." + site.id, at: governing)
      values.append(Reading("w." + site.id, w))
      guard w.isFinite else { continue }
      values.append(Reading("rate." + site.id, bits(.spikeRate, of: site, at: w)))
      for metric in Self.trainingMetrics {
        values.append(
          Reading("bits.\(site.id).\(metric.rawValue)", bits(metric, of: site, at: w)))
      }
    }
    return Readings(
      epoch: governing / script.stepsPerEpoch + 1, step: step, samples: step * script.batch,
      values: values)
  }

  private var share: Double { Double(step) / Double(max(script.steps, 1)) }

  private var loss: Double {
    if case .diverges(step) = script.mishap { return .infinity }
    return 2.3 * exp(-4 * share) + 0.05 + 0.1 * noise(step) * exp(-share)
  }

  /// The results of an evaluation, paths without the split.
  var metrics: [Reading] {
    let accuracy = 0.1 + 0.87 * (1 - exp(-5 * share))
    var metrics = [
      Reading("spiking.accuracy", accuracy - 0.01 * noise(step)),
      Reading("spiking.spread", 0.004),
      Reading("spiking.loss", loss + 0.03),
      Reading("spiking.draws", 5),
      Reading("nonSpiking.accuracy", min(accuracy + 0.01, 1)),
      Reading("nonSpiking.loss", loss),
    ]
    for site in script.sites {
      let w = dials.value(of: "w." + site.id, at: step)
      guard w.isFinite else { continue }
      for metric in BitMetric.allCases {
        metrics.append(
          Reading("sites.\(site.id).\(metric.rawValue)", bits(metric, of: site, at: w)))
      }
    }
    return metrics + [
      Reading("operations.events", 4096), Reading("operations.unitOps", 6000),
      Reading("operations.shiftAdds", 5000), Reading("operations.dense", 16384),
      Reading("operations.macs", 1000), Reading("operations.elementwise.functions", 240),
    ] + Self.energy
  }

  /// What the operations above amount to in some of the ways to estimate it.
  private static let energy = [
    Reading("energy.compute45nm.denseFloat", 79.97e-9),
    Reading("energy.compute45nm.denseInt", 55.63e-9),
    Reading("energy.compute45nm.unitSpikes", 3.8e-9),
    Reading("energy.compute45nm.shiftAdds", 3.7e-9),
    Reading("energy.devices.loihi.synaptic", 189.7e-9),
    Reading("energy.devices.loihi.neuron", 19.44e-9),
    Reading("energy.devices.loihi.total", 209.14e-9),
    Reading("energy.withMemory.dense", 142.2e-9),
    Reading("energy.withMemory.unitSpikes", 38.8e-9),
    Reading("energy.withMemory.shiftAdds", 29.2e-9),
    Reading("energy.withMemory.picojoules.weightRead", 5),
    Reading("energy.withMemory.picojoules.add", 0.1),
  ]

  /// A plausible value of a bit metric: activities fill about half of -1...1.
  private func bits(_ metric: BitMetric, of site: StudySummary.Site, at w: Double) -> Double {
    let activity = site.id == "h" ? 0.6 : 0.3
    let range = log2(2 * w + 1)
    return switch metric {
    case .bitsRange, .bitsCapacity, .bitsDistinct: range
    case .bitsEntropy: 0.9 * range
    case .significantBits: log2(1 + activity * w)
    case .significantBitsSigned: log2(1 + activity * w) + 0.5
    case .popcount: 0.5 * log2(1 + activity * w)
    case .spikeRate: activity * w
    case .zeroFraction: exp(-activity * w)
    }
  }

  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    guard case .raster(let asked) = request, step > 0,
      let site = script.sites.first(where: { $0.id == asked.site })
    else { return nil }
    let (id, sample) = (asked.site, asked.sample)
    let w = dials.value(of: "w." + id, at: step - 1)
    let values = (0..<site.units * script.sampleSteps).map { index -> Float in
      let activity = 2 * noise(index &+ 7919 &* (step &+ sample)) - 1
      return Float(w.isFinite ? (w * activity).rounded() : activity)
    }
    return .raster(
      Raster(
        site: id, sample: sample, label: sample % 10, prediction: (sample + step) % 10, step: step,
        steps: script.sampleSteps, units: site.units, resolution: w, values: values))
  }

  /// A number 0..<1 that only depends on the seed and `index` (the finisher of SplitMix64).
  private func noise(_ index: Int) -> Double {
    var z = script.seed &+ UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
