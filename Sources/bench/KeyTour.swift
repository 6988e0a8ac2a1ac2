import ArgumentParser
import Foundation

/// A round through the screens of a run, whose keys are timed until what they ask for is shown.
struct KeyTour {
  /// A key, and a text that only the frame after it writes.
  struct Stop {
    var key: String
    var text: String
    /// Typed when that was shown, and not timed.
    var closing = ""
  }

  var title: String
  /// Those of the program; the run does not end meanwhile.
  var arguments: [String]
  var stops: [Stop]

  static let training = KeyTour(
    title: "training", arguments: ["run", "--epochs", "100000", "--seed", "1"],
    stops: [
      Stop(key: "2", text: "population"), Stop(key: "3", text: "numbers"),
      Stop(key: "4", text: "levels"), Stop(key: "5", text: "newest"),
      Stop(key: "6", text: "lines "), Stop(key: "7", text: "over w"),
      Stop(key: "9", text: "tests the weights"), Stop(key: "1", text: "spike rate"),
      Stop(key: "D", text: "swish_sign", closing: "D"),
    ])

  /// At full speed, with all estimators of the preset.
  static let theory = KeyTour(
    title: "a theory study's descent",
    arguments: [
      "run", "ste-theory", "--seed", "1", "--set", "theory.steps=1000000000",
      "--set", "theory.speed=1e7",
    ],
    stops: [
      Stop(key: "1", text: "outliers"), Stop(key: "3", text: "numbers"),
      Stop(key: "5", text: "newest"), Stop(key: "6", text: "lines "),
      Stop(key: "8", text: "landscape"), Stop(key: "D", text: "swish_sign", closing: "D"),
    ])

  func measure(keys: Int) throws {
    guard keys > 0 else { return }
    let data = FileManager.default.temporaryDirectory
      .appendingPathComponent("interspike-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: data) }
    let terminal = try ProgramOnTerminal(
      arguments, columns: 200, rows: 50, environment: ["XDG_DATA_HOME": data.path])
    defer { terminal.kill() }
    let reader = FrameReader(terminal)
    while reader.now < 3 { _ = reader.frames(within: 0.5) }
    var times: [String: [Double]] = [:]
    var generator = SystemRandomNumberGenerator()
    for index in 0..<keys {
      // At any moment between the frames that come by themselves.
      let pause = Double.random(in: 0.03...0.2, using: &generator)
      let next = reader.now + pause
      while reader.now < next { _ = reader.frames(within: next - reader.now) }
      let stop = stops[index % stops.count]
      times[stop.key, default: []].append(try time(stop, terminal, reader))
    }
    report(times)
  }

  /// Milliseconds from a key to the end of the frame that shows it.
  private func time(
    _ stop: Stop, _ terminal: ProgramOnTerminal, _ reader: FrameReader
  ) throws -> Double {
    let typed = reader.now
    terminal.type(stop.key)
    while reader.now < typed + 5 {
      guard let frames = reader.frames(within: 1) else {
        throw ValidationError("the program ended")
      }
      guard let shown = frames.first(where: { $0.contains(stop.text) }) else { continue }
      if !stop.closing.isEmpty { terminal.type(stop.closing) }
      return 1e3 * (shown.end - typed)
    }
    throw ValidationError("no frame for key \(stop.key) of \(title) in 5 s")
  }

  private func report(_ times: [String: [Double]]) {
    let all = Measurement(times.values.flatMap(\.self))
    print(
      "key to changed frame, \(title), 200x50, \(times.values.reduce(0) { $0 + $1.count }) keys:",
      "median \(all.median.fixed(1)) ms, p99 \(all.percentile(99).fixed(1)) ms,",
      "max \(all.maximum.fixed(1)) ms")
    for stop in stops {
      guard let times = times[stop.key] else { continue }
      let measurement = Measurement(times)
      print(
        "  key \(stop.key): median \(measurement.median.fixed(1)) ms,",
        "max \(measurement.maximum.fixed(1)) ms")
    }
  }
}
