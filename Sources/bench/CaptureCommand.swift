import ArgumentParser
import Engine

/// What looking into a network costs its training: rasters, single units, reports of all layers,
/// and a sweep of the weights beside it.
struct CaptureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Measure what captures and a sweep cost the training of two networks.")

  @Option(help: "Training steps timed of each network without and with a sweep.") var count = 40

  func run() throws {
    let networks = [
      Workload(hidden: 128, order: 64, steps: 64, batch: 32, isHybrid: true),
      Workload(isHybrid: true),
    ]
    for (network, name) in zip(networks, ["digits", "psMNIST"]) {
      let study = try network.makeStudy()
      _ = try study.advance(within: .zero)
      let step = try Measurement(count: count) { _ in _ = try study.advance(within: .zero) }.median
      print("\(name) \(network.title) batch \(network.batch): \(milliseconds(step)) a step")
      measureCaptures(study, step: step)
      try measureSweep(study)
    }
  }

  private func milliseconds(_ seconds: Double) -> String { (seconds * 1000).fixed(3) + " ms" }

  /// Of each look how long it takes, and which share of the time that is where it comes as often as
  /// the dashboard asks for it, but never more than once a step.
  private func measureCaptures(_ study: TrainingStudy, step: Double) {
    let looks: [(String, Probe.Request, Double)] = [
      ("raster", .raster(site: "m", sample: 0), 0.25),
      ("raster with a unit of m", .raster(RasterRequest(site: "m", sample: 0, unit: 7)), 0.25),
      ("raster with a unit of h", .raster(RasterRequest(site: "h", sample: 0, unit: 7)), 0.25),
      ("raster of 32 samples", .raster(RasterRequest(site: "m", sample: 0, samples: 32)), 3),
      ("report of all layers", .layers, 1),
    ]
    for (name, request, interval) in looks {
      let time = Measurement(count: 9) { _ in _ = study.probe(request) }.median
      let share = 100 * time / max(interval, step)
      print("  \(name): \(milliseconds(time)), \(share.fixed(2)) % of the training")
    }
  }

  /// Steps with a sweep beside them and without one, in turns.
  private func measureSweep(_ study: TrainingStudy) throws {
    var (alone, beside, sweeps): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<max(1, count / 8) {
      for _ in 0..<4 {
        alone.append(try Measurement.seconds { _ = try study.advance(within: .zero) })
      }
      _ = try study.apply(.perform(action: "sweep"))
      // Until its thread has made its memory; a small sweep is over by then.
      var isOver = study.wait(within: .milliseconds(20)).contains(where: Self.isSwept)
      let begin = ContinuousClock.now
      while !isOver, ContinuousClock.now - begin < .seconds(240) {
        let seconds = try Measurement.seconds {
          isOver = try study.advance(within: .zero).contains(where: Self.isSwept)
        }
        if !isOver { beside.append(seconds) }
      }
      if isOver { sweeps.append((ContinuousClock.now - begin) / .seconds(1)) }
      while !isOver { isOver = study.wait(within: .seconds(1)).contains(where: Self.isSwept) }
    }
    let (plain, slowed) = (Measurement(alone), Measurement(beside))
    let ratio = slowed.median / plain.median
    print(
      "  sweep beside \(beside.count) steps: \(milliseconds(slowed.median)) a step,"
        + " \(ratio.fixed(3)) times \(milliseconds(plain.median))")
    print("  a sweep took \(Measurement(sweeps).median.fixed(2)) s")
  }

  private static func isSwept(_ event: StudyEvent) -> Bool {
    if case .swept = event { true } else { false }
  }
}
