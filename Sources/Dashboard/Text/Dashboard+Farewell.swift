import Engine
import Terminal

extension Dashboard {
  /// What the shell says once the dashboard is gone: how the run ended, what it reached, and where
  /// it was saved. Empty when nothing was trained.
  package var farewell: [String] {
    guard let summary = run.summary, let progress = run.progress, progress.step > 0 else {
      return []
    }
    let ended =
      run.conclusion.map { Sentence.ended($0, at: simulated) } ?? simulatedUntil
      ?? "Left at epoch \(min(progress.epoch + 1, progress.epochs)) of \(progress.epochs)"
    return ["\(summary.name): \(ended)"] + scores
      + [stability.flatMap(Sentence.tested)].compactMap(\.self)
      + [run.savedPath.map(Sentence.saved) ?? "Not saved"] + howToGoOn
  }

  /// Where a simulation was left.
  private var simulatedUntil: String? {
    guard let simulated, let network = run.summary?.dynamics else { return nil }
    return "Left at time \(Figure.plain(simulated)) of \(Figure.plain(network.end))"
  }

  /// The command that goes on with a run that has not done all its epochs.
  private var howToGoOn: [String] {
    guard savesAtEnd, run.conclusion?.outcome != .completed, let path = run.savedPath else {
      return []
    }
    let parts = path.split(separator: "/")
    guard parts.count > 3 else { return [] }
    let isStandard = parts.dropLast(3).suffix(2) == ["interspike", "runs"]
    let folder = "/" + parts.dropLast(2).joined(separator: "/")
    let run = isStandard ? String(parts[parts.count - 3]) : folder
    return ["Go on with: interspike run --resume \(run)"]
  }

  /// Test results where there are some, else those of the last validation.
  private var scores: [String] {
    let metrics = run.conclusion?.metrics ?? []
    for split in [Gauge.Split.test, .validation] {
      let value = { (path: String) in
        metrics.first { $0.gauge == "\(split.rawValue).\(path)" }?.last
      }
      let percent = { (share: Double) in "\(Number.fixed(100 * share, decimals: 1)) %" }
      var parts: [String] = []
      if let spiking = value("spiking.accuracy") {
        parts.append("\(name(of: .spiking)) \(percent(spiking))")
      }
      if let plain = value("nonSpiking.accuracy") {
        parts.append("\(name(of: .nonSpiking)) \(percent(plain))")
      }
      if !parts.isEmpty { return ["\(split.rawValue) \(parts.joined(separator: ", "))"] }
    }
    return lastValidation
  }

  /// The accuracies of the last validation of a run that has not ended.
  private var lastValidation: [String] {
    let parts = [Gauge.Regime.spiking, .nonSpiking].compactMap { regime in
      history.gauges(.accuracy, .validation, regime: regime).first.flatMap(history.latest).map {
        "\(name(of: regime)) \(Number.fixed($0, decimals: 1)) %"
      }
    }
    return parts.isEmpty ? [] : ["validation \(parts.joined(separator: ", "))"]
  }
}
