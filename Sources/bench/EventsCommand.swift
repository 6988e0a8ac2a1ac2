import ArgumentParser
import Engine

/// Inference that goes over the counts that are not zero against dense products, over w.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Time inference over counts that are not zero against dense products, over w.")

  @Option(help: "lmu, rnn, lstm, gru, nru, feedforward or open (an LMU).") var model = Workload
    .Model.lmu
  @Option(help: "Hidden units; 212 for an LMU and 200 for others.") var hidden: Int?
  @Option(help: "Order of the memory of an LMU, numbers of that of an NRU.") var order = 256
  @Option(help: "Time steps.") var steps = 784
  @Option(help: "Rounds of both ways in turn; medians are printed.") var rounds = 7

  func run() throws {
    defer { Products.eventRows = Products.standardEventRows }
    for batch in [1, 100] {
      let workload = Workload(
        model: model, hidden: hidden ?? model.standardHidden, order: order, steps: steps,
        batch: batch, threads: 1, isHybrid: true)
      let trainer = try workload.makeTrainer(shards: 1)
      print("\(workload.title), \(steps) steps, batch \(batch), one thread, samples a second")
      print("       w   not zero    dense   events    ratio   equal counts")
      for w: Float in [.infinity, 64, 8, 1, 0.125] {
        print(Comparison(trainer, batch: batch, w: w, rounds: rounds).line)
      }
    }
  }

  /// Both ways at one resolution of all sites.
  private struct Comparison {
    let line: String

    init(_ trainer: Trainer, batch: Int, w: Float, rounds: Int) {
      let sites = trainer.network.recurrent.sites
      let resolutions = sites.map { $0.site.kind == .off ? .infinity : w }
      func infer(byEvents isByEvents: Bool) {
        Products.eventRows = isByEvents ? .max : 0
        _ = trainer.evaluate(
          0..<batch, split: .test, draw: 0, resolutions: resolutions, isMetered: false)
      }
      func counts() -> [[Float]] {
        sites.indices.filter { resolutions[$0].isFinite }.map { trainer.outputs(ofSite: $0) }
      }
      infer(byEvents: false)
      let dense = counts().flatMap { $0 }
      infer(byEvents: true)
      let events = counts().flatMap { $0 }
      let equal = zip(dense, events).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
      let active = events.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
      // One sequence takes milliseconds; a batch of them is long enough.
      let repetitions = batch == 1 ? 10 : 1
      var times: [[Double]] = [[], []]
      for round in 0..<rounds {
        for way in round.isMultiple(of: 2) ? [0, 1] : [1, 0] {
          times[way].append(
            Measurement.seconds { for _ in 0..<repetitions { infer(byEvents: way == 1) } })
        }
      }
      let rates = times.map { Double(batch * repetitions) / Measurement($0).median }
      let share = { (count: Int) in
        events.isEmpty ? "-" : (100 * Double(count) / Double(events.count)).fixed(2) + " %"
      }
      let cells = [
        w.isFinite ? String(w) : "inf", share(active), rates[0].fixed(0), rates[1].fixed(0),
        (rates[1] / rates[0]).fixed(2), share(equal),
      ]
      line = zip(cells, [8, 11, 9, 9, 9, 15]).map { cell, width in
        String(repeating: " ", count: max(0, width - cell.count)) + cell
      }.joined()
    }
  }
}
