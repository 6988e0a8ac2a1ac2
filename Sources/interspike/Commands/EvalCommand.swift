import ArgumentParser
import Engine
import Experiments
import Runs

/// `interspike eval RUN`: measures the network of a stored run.
struct EvalCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure a stored run: accuracy with spikes and at w = infinity, bits, operations.",
    discussion: """
      The weights are those of its newest checkpoint, at the resolutions they were trained at. A \
      run on sequences of your own can be measured on other files of the same form: their classes \
      and normalization are those of the training. A network without time is measured as its last \
      step was: in full precision, or with quantized activations. A Kolmogorov network is measured \
      with its curves, and with --bits or kolmogorov.bits with tables in their place.
      """)

  @OptionGroup var stored: StoredRunOptions

  @Option(help: "The part of the data to measure on: training, validation or test.")
  var split = SplitName.test

  @Option(help: "Draws of the quantizers' noise to average over; as in training without it.")
  var draws: Int?

  @Option(
    help: ArgumentHelp(
      "Measure on the sequences of this file instead, all of them.", valueName: "file"),
    completion: .file())
  var values: String?

  @Option(
    help: ArgumentHelp(
      "The labels of --values, where no column of it has them.", valueName: "file"),
    completion: .file())
  var labels: String?

  @Option(help: "Bits of the tables of a Kolmogorov network, beside its curves; 0 for none.")
  var bits: Int?

  @Option(
    help: ArgumentHelp("The folder in which data sets are looked for.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    try Draws.check(draws)
    if labels != nil && values == nil { throw ValidationError("--labels needs --values.") }
    if values != nil && split != .test {
      throw ValidationError("--values and --split exclude each other.")
    }
  }

  func perform() throws -> Ending {
    let text =
      switch try stored.kind {
      case .feedForward: try feedForwardText()
      case .kolmogorov: try kolmogorovText()
      case .spiking: try spikingText()
      case .training, .theory, .inhibitory: try recurrentText()
      }
    let lines = json ? [text.json] : text.lines(colour: StandardOutput.isColored)
    try StandardOutput.write(lines.map { $0 + "\n" }.joined())
    return .success
  }

  private func recurrentText() throws -> EvaluationText {
    if bits != nil { throw ValidationError("--bits is for Kolmogorov networks; this is none.") }
    let run = try stored.open()
    let problem = try problem(of: run)
    let network = try run.network(on: problem)
    try split.check(network)
    let evaluation = network.evaluate(split.split, draws: draws)
    return EvaluationText(
      evaluation, samples: network.count(in: split.split), sites: network.sites, run: run.folder,
      checkpoint: run.checkpointPath, file: values)
  }

  /// Refuses what is for networks that read sequences.
  private func checkHasNoTime(reads: String) throws {
    for (option, isGiven) in [("--values", values != nil), ("--draws", draws != nil)] where isGiven
    {
      throw ValidationError(
        "\(option): the run's network has no time: it reads \(reads) and draws nothing.")
    }
  }

  private func kolmogorovText() throws -> EvaluationText {
    try checkHasNoTime(reads: "a table")
    var stored = stored
    if let bits { stored.settings.append("kolmogorov.bits=\(bits)") }
    let (study, found, checkpoint) = try stored.openKolmogorov(data: data)
    try split.check(count: study.count)
    return EvaluationText(
      study.evaluation(of: split.split), samples: study.count(in: split.split), sites: [],
      run: found.folder, checkpoint: checkpoint, file: nil,
      regimeNames: study.summary.regimeNames)
  }

  private func spikingText() throws -> EvaluationText {
    for (option, isGiven) in [("--values", values != nil), ("--draws", draws != nil)] where isGiven
    {
      throw ValidationError("\(option): a network of spike trains reads trains and draws nothing.")
    }
    if bits != nil { throw ValidationError("--bits is for Kolmogorov networks; this is none.") }
    let (study, found, checkpoint) = try stored.openSpiking(data: data)
    try split.check(count: study.count)
    return EvaluationText(
      study.evaluation(of: split.split), samples: study.count(in: split.split), sites: [],
      run: found.folder, checkpoint: checkpoint, file: nil,
      regimeNames: study.summary.regimeNames)
  }

  private func feedForwardText() throws -> EvaluationText {
    try checkHasNoTime(reads: "images")
    if bits != nil { throw ValidationError("--bits is for Kolmogorov networks; this is none.") }
    let (study, found, checkpoint) = try stored.openFeedForward(data: data)
    try split.check(count: study.count)
    return EvaluationText(
      study.evaluation(of: split.split), samples: study.count(in: split.split), sites: [],
      run: found.folder, checkpoint: checkpoint, file: nil,
      regimeNames: study.summary.regimeNames)
  }

  /// What is measured on: the run's own data, or the user's other file.
  private func problem(of run: OpenedRun) throws -> any Problem {
    guard let values else { return try run.problem(from: data) }
    guard run.experiment.problem.dataSet == .sequences else {
      throw ValidationError(
        "--values: the run is on \(run.experiment.problem.dataSet.rawValue), expected one on "
          + "sequences.")
    }
    let inputs = try run.inputs() ?? run.problem(from: data).inputs
    return try SequenceProblem.load(values, labels: labels ?? "", like: inputs)
  }
}
