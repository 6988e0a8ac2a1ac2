/// Samples per second over about the last second of training work. Pauses, evaluations and saving
/// do not count, so the number says how fast the network trains.
struct ThroughputMeter {
  /// Where training stood at one moment of its own time.
  private struct Mark {
    var time: Duration
    var samples: Int
  }

  private static let window = Duration.seconds(1)
  /// Less work than this says too little.
  private static let shortest = Duration.milliseconds(100)

  /// Oldest first; all but the first lie within the window.
  private var marks: [Mark]

  init(samples: Int) {
    marks = [Mark(time: .zero, samples: samples)]
  }

  /// Notes that `duration` of work led to `samples` samples in all.
  mutating func add(_ duration: Duration, samples: Int) {
    guard let last = marks.last, samples > last.samples else { return }
    let now = last.time + duration
    marks.append(Mark(time: now, samples: samples))
    let firstInside = marks.firstIndex { now - $0.time < Self.window } ?? marks.count - 1
    if firstInside > 1 { marks.removeFirst(firstInside - 1) }
  }

  /// 0 until it is known.
  var samplesPerSecond: Double {
    guard let first = marks.first, let last = marks.last else { return 0 }
    let time = last.time - first.time
    guard time >= Self.shortest else { return 0 }
    return Double(last.samples - first.samples) / (time / .seconds(1))
  }
}
