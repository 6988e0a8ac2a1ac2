import ArgumentParser
import Engine
import Experiments
import Foundation
import Runs
import Terminal

/// `interspike stability RUN --surrogate X`: whether a solution is held by another surrogate.
struct StabilityCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "stability",
    abstract: "Test whether the weights of a run stay with another surrogate.",
    discussion: """
      Training goes on from a checkpoint at a tiny constant rate and the w it was trained at last, \
      with another derivative of the quantizers. What descends the loss holds a good solution; \
      what does not leaves it, though the loss is the same. Nothing is written to the run.
      """)

  @OptionGroup var stored: StoredRunOptions

  @Option(
    help: ArgumentHelp(
      "Derivative of all quantizers, as in 'interspike list surrogates'; the run's own without it.",
      valueName: "surrogate"))
  var surrogate: String?

  @Option(help: "The learning rate.") var rate = StabilityPlan.standardRate
  @Option(help: "Epochs to train.") var epochs = StabilityPlan.standardEpochs

  @Option(
    help: ArgumentHelp("The folder in which data sets are looked for.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp("Draw the loss ratio into this file.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Flag(help: "Write over a file that is there.") var force = false
  @Flag(help: "Print JSON, one object an epoch.") var json = false
  @OptionGroup var look: LookOptions

  func validate() throws {
    let allowed = StabilityPlan.allowedRate
    guard allowed.contains(rate) else {
      throw ValidationError(
        "--rate \(rate) is not from \(allowed.lowerBound) to \(allowed.upperBound).")
    }
    let range = StabilityPlan.allowedEpochs
    guard range.contains(epochs) else {
      throw ValidationError(
        "--epochs \(epochs) is not from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  func perform() throws -> Ending {
    try PictureTarget(svg, force: force).check()
    let subject = try subject()
    if !json { try StandardOutput.write(heading(subject) + "\n" + StabilityText.titles + "\n") }
    let test = try subject.stability(rate: rate, epochs: epochs) { test in
      let text = StabilityText(test)
      try StandardOutput.write((json ? text.line : text.row) + "\n")
    }
    if !json { try StandardOutput.write(StabilityText(test).conclusion + "\n") }
    try draw(test)
    return .success
  }

  /// The weights of the run in a network with the surrogate.
  private func subject() throws -> any StabilitySubject {
    let kind = try stored.kind
    var stored = stored
    if kind == .inhibitory {
      throw ValidationError("A simulation has no weights to test.")
    }
    if kind == .spiking {
      throw ValidationError("A network of spike trains has no surrogates to test.")
    }
    if kind == .kolmogorov {
      throw ValidationError("A Kolmogorov network has no surrogates, so that none can be tested.")
    }
    if kind == .feedForward {
      if let surrogate { stored.settings.append("feedforward.surrogate=\(surrogate)") }
      let study = try stored.openFeedForward(data: data).study
      guard !study.summary.surrogates.isEmpty else {
        throw ValidationError(
          "The run has no quantized activations, so that no surrogate takes part.")
      }
      // The setting says whether there is such a one; a run that was turned keeps its own.
      if let surrogate { try study.setEstimator(surrogate) }
      return study
    }
    if let surrogate, kind == .training {
      stored.settings.append("quantizer.surrogate=\(surrogate)")
    }
    let run = try stored.open()
    let network = try run.network(on: run.problem(from: data))
    guard !network.sites.isEmpty else {
      throw ValidationError("The run has no quantized sites, so that no surrogate takes part.")
    }
    try SplitName.training.check(network)
    return network
  }

  private func heading(_ subject: any StabilitySubject) -> String {
    "from step \(subject.trainedSteps), \(surrogate ?? "the run's own surrogate"), rate \(rate), "
      + "\(subject.trainingSamples) samples of the training part"
  }

  private func draw(_ test: StabilityTest) throws {
    guard let svg else { return }
    var plot = SVGPlot(theme: try Look(look).theme)
    plot.title = "loss over that of the beginning"
    plot.horizontalTitle = "epoch"
    let points = zip(test.rows, test.ratios).filter(\.1.isFinite).map {
      (x: Double($0.0.epoch), y: $0.1)
    }
    plot.lines = [SVGPlot.Line(surrogate ?? "own", Series(points))]
    plot.height += plot.legendHeight
    try PictureTarget(svg, force: force).write(plot.text)
  }
}
