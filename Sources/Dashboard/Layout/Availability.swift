import Engine

extension Dashboard {
  /// Whether the run has what a panel shows. Before it has described itself nothing is known, and
  /// all panels keep their places.
  func has(_ panel: PanelName) -> Bool {
    guard let summary = run.summary else {
      return ![.neuron, .activations, .inputs].contains(panel)
    }
    switch panel {
    case .operations, .energy: return summary.hasTime && !isOfSpikeTrains
    case .activations, .inputs: return !summary.hasTime
    case .loss, .numbers, .log, .sweep, .sweepTable, .stability, .stabilityTable, .runs,
      .comparison, .differences, .grid, .descent, .descentLoss, .landscape, .angle, .split,
      .boundRatio, .race, .batch, .residual, .curves, .health:
      return true
    case .field, .observables: return true
    // A record has no looks.
    case .spikes, .portrait, .rates, .plane: return mode != .replay
    case .coupling: return summary.dynamics != nil
    case .coefficients: return summary.curves == .selfLearnable
    case .scale: return summary.curves != nil
    case .example: return summary.curves == .gaussianProcess
    case .shares: return summary.curves == .gaussianProcess || summary.curves == .head
    case .decisions: return curves.shown?.map != nil
    case .polynomial: return curves.shown?.polynomial != nil
    case .accuracy: return history.groups.contains(.accuracy)
    case .rate: return history.groups.contains(.rate)
    case .bits, .allowedBits: return history.groups.contains(.bits)
    case .weights: return true
    case .raster, .population: return !run.sites.isEmpty
    case .sites, .levels: return summary.hasResolutions
    case .neuron: return !run.sites.isEmpty && browser.isDetailed
    case .resolution: return summary.hasResolutions || !run.resolutions.isEmpty
    case .learningRate: return !isSimulation && (run.knobs.isEmpty || run.learningRate != nil)
    }
  }

  /// Whether neurons fire or do not, at no w.
  var isOfSpikeTrains: Bool { run.summary?.form == StudySummary.spikeTrainForm }

  /// The panels of the page that the run has something for, in the order of Tab; the first one
  /// where it has nothing for any of them, to say so.
  var candidates: [PanelName] {
    if showsGrid { return [.grid] }
    let all = page.candidates
    var panels = all.filter(has)
    if page == .train && !has(.resolution) && has(.learningRate) { panels.append(.learningRate) }
    return panels.isEmpty ? Array(all.prefix(1)) : panels
  }
}
