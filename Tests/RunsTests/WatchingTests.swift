import Engine
import Foundation
import TestSupport
import Testing

@testable import Runs

/// A run that is watched and steered from another process.
@Suite final class WatchingTests {
  private let root = NSTemporaryDirectory() + "watch-" + UUID().uuidString
  private let received = Mailbox<RunnerCommand>()

  init() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func server() throws -> ControlServer {
    let received = received
    return try ControlServer(at: root + "/s.sock", version: "1") { received.append($0) }
  }

  /// Sends bytes and returns the replies that come until `count` lines did.
  private func talk(
    _ descriptor: Int32, _ bytes: [UInt8] = [], replies count: Int
  ) throws -> [ControlReply] {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent > 0 { rest = rest.dropFirst(sent) } else { usleep(1000) }
    }
    var splitter = LineSplitter(longest: ControlLine.longestReply)
    var replies: [ControlReply] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let deadline = ContinuousClock.now + .seconds(10)
    while replies.count < count, ContinuousClock.now < deadline {
      let got = recv(descriptor, &chunk, chunk.count, 0)
      guard got > 0 else {
        usleep(1000)
        continue
      }
      splitter.add(chunk[..<got]) { line in
        if let reply: ControlReply = line.flatMap(ControlLine.message) { replies.append(reply) }
      }
    }
    return replies
  }

  private func commands(_ count: Int) -> [RunnerCommand] {
    var commands: [RunnerCommand] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while commands.count < count, ContinuousClock.now < deadline {
      commands += received.drain(waitingUntil: Date(timeIntervalSinceNow: 0.05))
    }
    return commands
  }

  @Test func `the first watcher steers, the second sees, and steers when the first has gone`()
    throws
  {
    let server = try server()
    defer { server.close() }
    var status = stat()
    #expect(stat(root + "/s.sock", &status) == 0 && status.st_mode & 0o777 == 0o600)
    let first = try ControlSocket.connect(to: root + "/s.sock")
    #expect(try talk(first, replies: 1) == [.hello(version: "1", steers: true)])
    server.tell([.state(.paused)], describe: { "\($0)" })
    #expect(try talk(first, replies: 1) == [.state(.paused)])
    let second = try ControlSocket.connect(to: root + "/s.sock")
    defer { close(second) }
    #expect(
      try talk(second, replies: 2) == [.hello(version: "1", steers: false), .state(.paused)])
    let edit = Edit.scale(knob: "w.*", factor: 0.5)
    _ = try talk(
      first,
      ControlLine.bytes(of: ControlRequest.edit(edit))
        + ControlLine.bytes(
          of: ControlRequest.watch(
            RasterRequest(site: "h", sample: -3), milliseconds: 1)),
      replies: 0)
    #expect(
      commands(2) == [
        .edit(edit), .watch(.raster(site: "h", sample: 0), every: .milliseconds(50)),
      ])
    // A watcher that only sees is told what there is again, in case it shows something else.
    let replies = try talk(second, ControlLine.bytes(of: ControlRequest.stop), replies: 2)
    #expect(
      replies == [.refused(sentence: "another watcher steers this run"), .state(.paused)])
    close(first)
    #expect(try talk(second, replies: 1) == [.hello(version: "1", steers: true)])
    _ = try talk(second, ControlLine.bytes(of: ControlRequest.stop), replies: 0)
    // What the one who has gone wanted to see is not sent any more.
    #expect(commands(2) == [.watch(nil), .stop])
  }

  @Test func `every order of the dashboard comes over as it was given`() {
    let orders: [RunnerCommand] = [
      .pause, .resume, .stepBatch, .stepEpoch, .validate, .save, .stop, .testStability(nil),
      .testStability(StabilityPlan(surrogate: "relu", rate: 1e-4, epochs: 3)),
      .edit(.schedule(knob: "w.h", schedule: Schedule(.geometric(start: 8, end: 1)))),
      .edit(.set(knob: "w.h", value: .infinity)),
      .watch(.raster(site: "m", sample: 2), every: .milliseconds(250)), .watch(nil),
    ]
    for order in orders {
      let line = ControlRequest(order).map { ControlLine.bytes(of: $0) } ?? []
      let request: ControlRequest? = ControlLine.message(Array(line.dropLast()))
      #expect(request?.command == order)
    }
    #expect(ControlRequest(.sweep) == nil)
  }

  @Test func `what is no request is refused or left out, never a trap`() throws {
    let whole = [
      ControlLine.bytes(of: ControlRequest.edit(.set(knob: "w.m", value: 4))),
      ControlLine.bytes(
        of: ControlRequest.watch(
          RasterRequest(site: "h", sample: 1), milliseconds: 100)),
      ControlLine.bytes(
        of: ControlRequest.edit(
          .schedule(knob: "w.h", schedule: Schedule(.geometric(start: 64, end: 1), hold: 0.5)))),
    ]
    var generator = SeededGenerator(13)
    var study = ScriptedStudy()
    for round in 0..<Trials.count(100_000) {
      var bytes = whole[round % whole.count]
      for _ in 0..<generator.below(5) {
        let place = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[place] = UInt8(generator.below(256))
        case 1: bytes.removeSubrange(place..<min(place + 4, bytes.count))
        default: bytes.insert(contentsOf: Array("-1e999".utf8), at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      var splitter = LineSplitter(longest: 200)
      splitter.add(bytes[...]) { line in
        guard let line, let request: ControlRequest = ControlLine.message(line) else { return }
        if case .edit(let edit) = request.command { _ = try? study.apply(edit) }
      }
    }
    let server = try server()
    defer { server.close() }
    let descriptor = try ControlSocket.connect(to: root + "/s.sock")
    let noise = Array(repeating: UInt8(ascii: "x"), count: 1 << 18) + [UInt8(ascii: "\n")]
    let replies = try talk(descriptor, noise + Array("{}\n".utf8), replies: 3)
    close(descriptor)
    #expect(replies.count == 3 && replies[0] == .hello(version: "1", steers: true))
  }

  @Test func `the record is followed as it grows, each step once and in order`() throws {
    let path = root + "/run"
    let folder = RunFolder(at: path, experiment: "")
    let recorder = RunRecorder(
      folder, encoder: EventEncoder(version: "1", run: "r", experiment: "{}"))
    var study = ScriptedStudy()
    recorder.begin(
      RunBeginning(summary: study.summary, progress: study.progress, gauges: study.gauges),
      at: .zero)
    var told: [StudyEvent] = []
    func work(_ count: Int, at time: Int) throws {
      for _ in 0..<count {
        for event in try study.advance(within: .zero) {
          if case .evaluating = event { continue }
          told.append(event)
          recorder.note(
            TimedEvent(
              seconds: Double(time), samplesPerSecond: 0, progress: study.progress, event: event),
            at: .seconds(time))
        }
      }
    }
    try work(13, at: 2)
    let tail = try RunTail(run: path)
    // What the recorder has not written yet is told by the first look.
    let seen = tail.past.columns["loss"]?.points.last?.step ?? 0
    let before =
      try #require(
        told.lastIndex {
          if case .stepped(let readings) = $0 { readings.step == seen } else { false }
        }
      ) + 1
    var followed: [StudyEvent] = []
    var time = 4
    while study.progress.step < study.progress.steps || told.count(where: isEnd) == 0 {
      try work(5, at: time)
      time += 2
      for case .event(let timed) in tail.look() { followed.append(timed.event) }
    }
    for _ in 0..<3 { for case .event(let timed) in tail.look() { followed.append(timed.event) } }
    // Events are written at once, so the past has them.
    let later = told.dropFirst(before).filter { event in
      if case .evaluated(let evaluation) = event { evaluation.step > seen } else { true }
    }
    #expect(losses(followed).map(\.step) == losses(later).map(\.step))
    #expect(losses(followed).map(\.loss) == losses(later).map(\.loss))
    #expect(followed.map(kind) == later.map(kind))
    #expect(followed.last.map(isEnd) == true)
  }

  private func kind(_ event: StudyEvent) -> String {
    switch event {
    case .stepped(let readings): "step \(readings.step)"
    case .evaluated(let evaluation): "evaluated \(evaluation.step)"
    case .edited(let record): "edited \(record.step)"
    case .ended: "ended"
    case .evaluating, .swept, .stability: "other"
    }
  }

  private func isEnd(_ event: StudyEvent) -> Bool { if case .ended = event { true } else { false } }

  private func losses(_ events: [StudyEvent]) -> [(step: Int, loss: Double?)] {
    events.compactMap { event in
      guard case .stepped(let readings) = event else { return nil }
      return (readings.step, readings.values.first { $0.gauge == "loss" }?.last)
    }
  }
}
