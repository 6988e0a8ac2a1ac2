import ArgumentParser
import Engine
import Experiments
import Runs

/// `interspike predict RUN FILE`: what the network of a stored run says about new sequences.
struct PredictCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Tell the classes of new sequences with the network of a stored run.",
    discussion: """
      FILE is CSV or NPY, plain or .gz, of the same form as the training data but without labels; a \
      column of labels (the one named label, or a first one too many) is passed over. For data sets \
      of images a row is an image, row by row, in the values of its file; IDX files of images \
      (*-ubyte, *.idx) are read too. Values are normalized as in training.
      """)

  @OptionGroup var stored: StoredRunOptions

  @Argument(
    help: ArgumentHelp("The sequences, CSV, NPY or IDX.", valueName: "file"),
    completion: .file())
  var file: String

  @Option(help: "Draws of the quantizers' noise to average over; as in the final test without it.")
  var draws: Int?

  @Flag(help: "Print the probabilities of all classes.")
  var probabilities = false

  @Flag(help: "Print JSON, one object a line, in place of CSV.")
  var json = false

  @Option(
    help: ArgumentHelp("Write to this file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The folder in which data sets are looked for, where the checkpoint does not say enough.",
      valueName: "folder"),
    completion: .directory)
  var data: String?

  func validate() throws { try Draws.check(draws) }

  func perform() throws -> Ending {
    let run = try stored.open()
    let problem = try problem(of: run)
    let network = try run.network(on: problem)
    let text = PredictionText(
      json ? .json : .csv, classes: problem.inputs.classes, hasProbabilities: probabilities)
    var kept = ""
    let write = { (lines: [String]) in
      let part = lines.map { $0 + "\n" }.joined()
      if output == nil { try StandardOutput.write(part) } else { kept += part }
    }
    if let header = text.header { try write([header]) }
    try network.predict(draws: draws ?? network.standardDraws) { predictions in
      try write(predictions.map(text.line))
    }
    if let output { try DurableFile.write(Array(kept.utf8), to: output) }
    return .success
  }

  /// The sequences of the file.
  private func problem(of run: OpenedRun) throws -> UnlabelledProblem {
    if let format = try ImageFormat(of: run.experiment.problem) {
      return try format.sequences(from: file)
    }
    let inputs = try run.inputs() ?? run.problem(from: data).inputs
    return try UnlabelledProblem.load(file, like: inputs)
  }
}
