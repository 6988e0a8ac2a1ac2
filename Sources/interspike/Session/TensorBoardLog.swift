import Engine
import Exports
import Foundation
import Runs

/// What a run reports, for TensorBoard while it goes on.
final class TensorBoardLog {
  private let writer: TensorBoardWriter
  private var lastFlush = Date()

  /// Seconds between two writes.
  private static let interval = 2.0

  init(folder: String) throws(FileError) {
    writer = try TensorBoardWriter(folder: folder, seconds: Date().timeIntervalSince1970)
  }

  /// - Throws: ``FileError``; the values stay for the next time
  func note(_ reports: [RunnerReport]) throws(FileError) {
    let now = Date()
    var isEnd = false
    for case .event(let timed) in reports {
      switch timed.event {
      case .stepped(let readings):
        for reading in readings.values { try add(reading.gauge, readings.step, reading.last, now) }
      case .evaluated(let evaluation):
        for metric in evaluation.metrics {
          try add(
            "\(evaluation.split.rawValue).\(metric.gauge)", evaluation.step, metric.last, now)
        }
      case .ended: isEnd = true
      case .evaluating, .swept, .stability, .edited: break
      }
    }
    guard isEnd || now.timeIntervalSince(lastFlush) >= Self.interval else { return }
    lastFlush = now
    try writer.flush()
  }

  private func add(
    _ gauge: String, _ step: Int, _ value: Double, _ now: Date
  ) throws(FileError) {
    try writer.add(gauge, step: step, value: value, wallTime: now.timeIntervalSince1970)
  }
}
