import Engine

/// The best validation scores so far, and which of them a checkpoint was written for.
struct BestScores {
  /// Of all evaluations.
  private var best = -Double.infinity
  /// Of spiking evaluations after the schedules' ends.
  private var bestSpiking = -Double.infinity

  init() {}

  /// Goes on with what was saved in a run.
  init(_ saved: [RunPast.Saved]) {
    for item in saved {
      guard let score = item.score else { continue }
      switch item.reason {
      case .best: best = max(best, score)
      case .bestSpiking:
        best = max(best, score)
        bestSpiking = max(bestSpiking, score)
      case .interval, .asked, .end: break
      }
    }
  }

  /// Takes a validation in; says whether it is the best so far. The spiking score counts where
  /// there is one.
  mutating func reasonToSave(after evaluation: Evaluation, isAnnealed: Bool) -> SaveReason? {
    guard evaluation.split == .validation else { return nil }
    let spiking = evaluation["spiking.accuracy"]
    guard let score = spiking ?? evaluation["nonSpiking.accuracy"] else { return nil }
    var reason: SaveReason?
    if score > best {
      best = score
      reason = .best
    }
    if isAnnealed, let spiking, spiking > bestSpiking {
      bestSpiking = spiking
      reason = .bestSpiking
    }
    return reason
  }

  /// The score that a checkpoint was written for.
  func saved(_ reason: SaveReason) -> Double? {
    switch reason {
    case .best: best
    case .bestSpiking: bestSpiking
    case .interval, .asked, .end: nil
    }
  }
}
