import AllocationCounter
import ArgumentParser
import Engine
import Glibc

/// One training step at the size of the psMNIST network, or of another model on its sequences.
struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Time one training step of a model at 784 steps, and count its allocations.")

  @Option(help: "lmu, rnn, lstm, gru, nru, feedforward or open (an LMU).") var model = Workload
    .Model.lmu
  @Option(help: "Threads.") var threads = 2
  @Option(help: "Hidden units; 212 for an LMU and 200 for others.") var hidden: Int?
  @Option(help: "Order of the memory of an LMU, numbers of that of an NRU.") var order = 256
  @Option(help: "Layers above each other.") var layers = 1
  @Option(help: "Time steps.") var steps = 784
  @Option(help: "Sequences of a batch.") var batch = 100
  @Option(help: "Training steps timed; the median is printed.") var count = 5
  @Flag(help: "Quantize h, and m of an LMU or NRU (diffused, w = 1 and 8).") var hybrid = false
  @Flag(help: "With --hybrid, recursion of an LMU's memory on its quantized output.")
  var quantizedState = false
  @Flag(help: "With --hybrid, leave the quantizers out all the same, as w = infinity does.")
  var bypassed = false
  @Flag(help: "Read the mean over all time steps, not the last one.") var sequence = false

  func run() throws {
    let workload = Workload(
      model: model, hidden: hidden ?? model.standardHidden, order: order, steps: steps,
      batch: batch, threads: threads, isHybrid: hybrid,
      variant: quantizedState ? .quantizedState : .exactState, isBypassed: bypassed,
      layers: layers, readsSequence: sequence)
    let trainer = try workload.makeTrainer()
    let samples = Array(0..<batch)
    let resolutions = workload.resolutions
    allocation_set_apart("libdnnl")
    var (own, products) = (0, 0)
    let measurement = Measurement(count: count) { step in
      let before = allocation_count()
      workload.train(trainer, samples: samples[...], step: step, at: resolutions)
      let after = allocation_count()
      own = Int(after.others - before.others)
      products = Int(after.all - before.all) - own
    }
    print(
      "\(workload.title) threads \(threads) batch \(batch) median",
      "\(measurement.median.fixed(4)) s/step  min \(measurement.minimum.fixed(4))",
      " peak \(peakMemory() / 1024) MiB  allocations \(own), within oneDNN \(products)")
  }

  /// Largest resident memory of this process so far, in KiB.
  private func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }
}
