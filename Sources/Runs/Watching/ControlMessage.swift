package import Engine
import Foundation

/// What a watcher of a run sends to the process that trains it: one JSON object a line.
package enum ControlRequest: Sendable, Equatable, Codable {
  case pause, resume, stepBatch, stepEpoch, validate, save, stop
  case run(batches: Int)
  case edit(Edit)
  case testStability(StabilityPlan?)
  /// Send these rasters, no sooner than so many milliseconds after each other.
  case watch(RasterRequest, milliseconds: Int)
  /// Send reports of all layers.
  case watchLayers(milliseconds: Int)
  /// Send reports of the descents of a theory study.
  case watchTheory(milliseconds: Int)
  /// Send looks at learned activations.
  case watchCurves(CurvesRequest, milliseconds: Int)
  /// Send looks at a network that is simulated.
  case watchDynamics(DynamicsRequest, milliseconds: Int)
  case unwatch

  /// What stands for an order of the dashboard; `nil` where a watcher has no such order.
  package init?(_ command: RunnerCommand) {
    switch command {
    case .pause: self = .pause
    case .resume: self = .resume
    case .stepBatch: self = .stepBatch
    case .stepEpoch: self = .stepEpoch
    case .run(let batches): self = .run(batches: batches)
    case .validate: self = .validate
    case .save: self = .save
    case .stop: self = .stop
    case .edit(let edit): self = .edit(edit)
    case .testStability(let plan): self = .testStability(plan)
    case .watch(.raster(let request)?, let interval):
      self = .watch(request, milliseconds: Int(interval / .milliseconds(1)))
    case .watch(.layers?, let interval):
      self = .watchLayers(milliseconds: Int(interval / .milliseconds(1)))
    case .watch(.theory?, let interval):
      self = .watchTheory(milliseconds: Int(interval / .milliseconds(1)))
    case .watch(.curves(let request)?, let interval):
      self = .watchCurves(request, milliseconds: Int(interval / .milliseconds(1)))
    case .watch(.dynamics(let request)?, let interval):
      self = .watchDynamics(request, milliseconds: Int(interval / .milliseconds(1)))
    case .watch(nil, _): self = .unwatch
    case .rest, .wake, .sweep, .seek: return nil
    }
  }

  /// Whether it changes what the run does.
  var isOrder: Bool {
    switch self {
    case .watch, .watchLayers, .watchTheory, .watchCurves, .watchDynamics, .unwatch: false
    default: true
    }
  }

  package var command: RunnerCommand {
    switch self {
    case .pause: .pause
    case .resume: .resume
    case .stepBatch: .stepBatch
    case .stepEpoch: .stepEpoch
    case .run(let batches): .run(batches: min(max(batches, 1), 1 << 40))
    case .validate: .validate
    case .save: .save
    case .stop: .stop
    case .edit(let edit): .edit(edit)
    case .testStability(let plan): .testStability(plan)
    case .watch(let request, let milliseconds):
      .watch(
        .raster(request.bounded), every: .milliseconds(min(max(milliseconds, 50), 60_000)))
    case .watchLayers(let milliseconds):
      .watch(.layers, every: .milliseconds(min(max(milliseconds, 50), 60_000)))
    case .watchTheory(let milliseconds):
      .watch(.theory, every: .milliseconds(min(max(milliseconds, 50), 60_000)))
    case .watchCurves(let request, let milliseconds):
      .watch(
        .curves(request.bounded), every: .milliseconds(min(max(milliseconds, 50), 60_000)))
    case .watchDynamics(let request, let milliseconds):
      .watch(
        .dynamics(request.bounded), every: .milliseconds(min(max(milliseconds, 50), 60_000)))
    case .unwatch: .watch(nil)
    }
  }
}

/// What the process that trains a run sends to its watchers beside the record on the disk.
package enum ControlReply: Sendable, Equatable, Codable {
  /// The first line. One watcher at a time steers.
  case hello(version: String, steers: Bool)
  case state(RunState)
  case knobs([Knob])
  case probe(Raster)
  case layers(LayerReport)
  case theory(TheoryReport)
  case curves(CurvesReport)
  case dynamics(DynamicsReport)
  case refused(sentence: String)
  case saveFailed(sentence: String)
  case saveRecovered(lost: Int)

  /// What a watcher is told of a report; `nil` for what is in the record.
  package init?(_ report: RunnerReport, describe: (any Error) -> String) {
    switch report {
    case .state(let state): self = .state(state)
    case .knobs(let knobs): self = .knobs(knobs)
    case .probe(.raster(let raster)): self = .probe(raster)
    case .probe(.layers(let report)): self = .layers(report)
    case .probe(.theory(let report)): self = .theory(report)
    case .probe(.curves(let report)): self = .curves(report)
    case .probe(.dynamics(let report)): self = .dynamics(report)
    case .refused(_, let error): self = .refused(sentence: describe(error))
    case .declined(let reason): self = .refused(sentence: reason)
    case .saveFailed(let reason): self = .saveFailed(sentence: reason)
    case .saveRecovered(let lost): self = .saveRecovered(lost: lost)
    case .began, .recalled, .recording, .resting, .event, .saved, .failed: return nil
    }
  }
}

/// Lines of JSON with numbers that are not finite as words.
package enum ControlLine {
  /// Longer lines of a watcher are refused.
  package static let longest = 1 << 16
  /// Longest line of the process that trains: a raster of the largest sizes.
  package static let longestReply = 64 << 20

  package static func bytes(of message: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return Array((try? encoder.encode(message)) ?? Data()) + [UInt8(ascii: "\n")]
  }

  /// `nil` where the line is no such message.
  package static func message<Message: Decodable>(_ line: [UInt8]) -> Message? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return try? decoder.decode(Message.self, from: Data(line))
  }
}

extension RasterRequest {
  /// With numbers that stand for samples, whatever was sent.
  fileprivate var bounded: RasterRequest {
    RasterRequest(
      site: site, sample: min(max(sample, 0), 1 << 32), samples: min(max(samples, 1), 1 << 12),
      unit: unit)
  }
}

extension CurvesRequest {
  /// With a map that a terminal has room for, whatever was sent.
  fileprivate var bounded: CurvesRequest {
    let size = map.map {
      MapSize(columns: min(max($0.columns, 1), 1024), rows: min(max($0.rows, 1), 1024))
    }
    return CurvesRequest(example: example, map: size)
  }
}

extension DynamicsRequest {
  /// With a span that a view has room for, whatever was sent.
  fileprivate var bounded: DynamicsRequest {
    let allowed = Self.allowedSpans
    return DynamicsRequest(
      span: span.isFinite ? min(max(span, allowed.lowerBound), allowed.upperBound) : 20)
  }
}
