import Engine
import Terminal

extension Dashboard {
  /// Where the cursor is: its step, epoch, time and w; `nil` without a cursor.
  var cursorText: String? {
    guard let cursor = window.cursor, page == .train else { return nil }
    let step = Int(cursor)
    var parts = ["step \(step)"]
    if run.progress != nil {
      let epoch = cursor / stepsPerEpoch
      parts.append("\(simulatedAxisName ?? "epoch") \(Number.fixed(epoch, decimals: 1))")
    }
    if let seconds = history.seconds(at: cursor) { parts.append(Figure.duration(seconds)) }
    let resolutions = history.gauges(.resolution, .training).compactMap { gauge in
      history.value(of: gauge, at: cursor).map {
        "\(gauge.site ?? gauge.id) \(Figure.value($0, infinity: glyphs.infinity))"
      }
    }
    if !resolutions.isEmpty { parts.append("w " + resolutions.joined(separator: " ")) }
    return parts.joined(separator: "  ")
  }

  /// What results with quantizers or without them are called.
  func name(of regime: Gauge.Regime) -> String {
    guard let summary = run.summary, !summary.hasTime else {
      return regime == .spiking ? "spiking" : "w=\(glyphs.infinity)"
    }
    return regime == .spiking ? summary.regimeNames.spiking : summary.regimeNames.nonSpiking
  }

  /// What a picture of the screen is called.
  package var pictureName: String {
    let name = experiment.isEmpty ? "interspike" : experiment
    return "\(name)-\(page.title.lowercased())-step-\(run.progress?.step ?? 0)"
  }
}
