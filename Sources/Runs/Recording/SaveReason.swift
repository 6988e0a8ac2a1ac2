/// Why a checkpoint was written.
package enum SaveReason: String, Sendable, Equatable, CaseIterable {
  /// Some time has passed since the last one.
  case interval
  /// The best validation so far, at whatever resolutions.
  case best
  /// The best spiking validation since the schedules came to their ends; earlier ones were measured
  /// at other resolutions and do not compare.
  case bestSpiking
  /// The user asked for it.
  case asked
  /// The run is over.
  case end

  package var isBest: Bool { self == .best || self == .bestSpiking }

  /// Whether writing waits for the disk. Bests come often in short runs, and where the power goes the
  /// last checkpoint that was waited for is gone back to.
  package var waitsForDisk: Bool { !isBest }
}

/// How often a run is saved, and what is kept.
package struct SavingRules: Sendable, Equatable {
  /// Seconds between two checkpoints that are written for no other reason.
  package var interval: Duration
  /// How many of the newest are kept.
  package var newest: Int

  package init(interval: Duration = .seconds(60), newest: Int = 3) {
    self.interval = interval
    self.newest = newest
  }
}
