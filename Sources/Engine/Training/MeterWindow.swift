/// Stretches of training steps over which the counts of each site are metered: a step alone says
/// little about a distribution, and reading the meters at every step would cost too much.
struct MeterWindow {
  private let length: Int
  private var stepsSeen = 0
  private var isFirst = true
  /// Metrics of each site over the last closed window.
  private(set) var metrics: [SiteMetrics?]
  /// What the meters had seen by then.
  private(set) var meters: [BitMeter?]

  /// The first window is one step long, so that there is something to show at once.
  init(sites: Int, length: Int) {
    self.length = length
    metrics = Array(repeating: nil, count: sites)
    meters = Array(repeating: nil, count: sites)
  }

  /// Counts one step; reads and resets the meters when the window is full, and says so.
  mutating func close(after trainer: Trainer) -> Bool {
    stepsSeen += 1
    guard isFirst || stepsSeen >= length else { return false }
    isFirst = false
    stepsSeen = 0
    // Where only some steps are metered a window may hold none of them.
    for site in metrics.indices {
      let meter = trainer.meter(ofSite: site)
      guard let present = meter.metrics() else { continue }
      (metrics[site], meters[site]) = (present, meter)
    }
    trainer.resetMeters()
    return true
  }

  /// What is saved of a window: the steps seen of it, and what the last one said.
  struct State: Codable, Equatable {
    var stepsSeen: Int
    var isFirst: Bool
    var metrics: [SiteMetrics?]
  }

  var state: State { State(stepsSeen: stepsSeen, isFirst: isFirst, metrics: metrics) }

  /// Goes on with a window of as many sites; `false`, and nothing has changed, with another.
  mutating func restore(_ state: State) -> Bool {
    guard state.metrics.count == metrics.count, state.stepsSeen >= 0 else { return false }
    (stepsSeen, isFirst, metrics) = (state.stepsSeen, state.isFirst, state.metrics)
    return true
  }

  /// Begins a new window after the meters were used for something else.
  mutating func restart() { stepsSeen = 0 }
}
