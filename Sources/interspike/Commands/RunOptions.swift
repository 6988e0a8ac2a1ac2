import ArgumentParser
import Terminal
import Themes

/// What is asked for with `interspike run`.
struct RunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A preset (see `interspike list`), or a file that ends in .toml.",
      valueName: "preset|file.toml"),
    completion: .file(extensions: ["toml"]))
  var experiment: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set one key of the experiment; may be repeated.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "The seed of all random numbers.")
  var seed: UInt64?

  @Option(help: "Threads to compute on; the results do not depend on it.")
  var threads: Int?

  @Option(help: "How many times the training data are gone through.")
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Begin with the weights of a safetensors file, or of a stored run.",
      valueName: "file.safetensors|run"),
    completion: .file(extensions: ["safetensors"]))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "Go on with a stored run from its newest checkpoint, as if it had never stopped.",
      valueName: "run"),
    completion: .directory)
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Begin another run from a checkpoint of a stored one, with the settings given here changed.",
      valueName: "run[@step]"),
    completion: .directory)
  var fork: String?

  @Flag(help: "Keep no record of the run: no events, curves and checkpoints.")
  var noSave = false

  @Option(
    help: ArgumentHelp(
      "Record the run in this folder; by default in one of its own in the folder of all runs.",
      valueName: "folder"),
    completion: .directory)
  var saveTo: String?

  @Option(
    help: ArgumentHelp("Seconds between two checkpoints.", valueName: "seconds"))
  var saveEvery: Double = 60

  @Flag(help: "Print the events as JSON, one object a line.")
  var json = false

  @Flag(help: "Print the events as lines for reading.")
  var plain = false

  @Flag(help: "Train --epochs epochs (by default none), draw one frame as text, and exit.")
  var once = false

  @Option(
    help: ArgumentHelp("With --once: write the frame as a picture too.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Option(
    help: ArgumentHelp(
      "With --once: columns and rows of the frame, such as 120x36.", valueName: "size"))
  var size: FrameSize?

  @Option(
    help: ArgumentHelp("The folder in which data sets are looked for.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Write the curves to this folder as TensorBoard reads them, while the run goes on.",
      valueName: "folder"),
    completion: .directory)
  var tfevents: String?

  @OptionGroup var alerts: AlertOptions

  @OptionGroup var look: LookOptions

  @Flag(
    help: ArgumentHelp(
      "Go on without a dashboard when the terminal is closed."))
  var keepRunning = false

  /// Processor threads that can be asked for.
  static let allowedThreads = 1...256

  /// Whether the run is shown rather than printed.
  var showsDashboard: Bool { !once && !json && !plain && StandardOutput.isTerminal }

  func validate() throws {
    if [json, plain, once].filter(\.self).count > 1 {
      throw ValidationError("--json, --plain and --once exclude each other.")
    }
    if once && keepRunning {
      throw ValidationError("--once and --keep-running exclude each other.")
    }
    try validateSaving()
    if saveTo?.isEmpty == true { throw ValidationError("--save-to needs the name of a folder.") }
    if !once && svg != nil { throw ValidationError("--svg needs --once.") }
    if !once && size != nil { throw ValidationError("--size needs --once.") }
    if let threads, !Self.allowedThreads.contains(threads) {
      throw ValidationError("--threads \(threads) is not from 1 to 256.")
    }
    if let epochs, epochs < (once ? 0 : 1) {
      throw ValidationError("--epochs \(epochs) is less than \(once ? 0 : 1).")
    }
  }

  private func validateSaving() throws {
    try Self.exclude(("--once", once), ("--save-to", saveTo != nil))
    try Self.exclude(("--no-save", noSave), ("--save-to", saveTo != nil))
    try Self.exclude(("--no-save", noSave), ("--keep-running", keepRunning))
    try Self.exclude(("--resume", resume != nil), ("--fork", fork != nil))
    for (name, isGiven) in [
      ("an experiment", experiment != nil), ("--seed", seed != nil), ("--from", from != nil),
      ("--once", once),
    ] {
      try Self.exclude(("--resume", resume != nil), (name, isGiven))
      try Self.exclude(("--fork", fork != nil), (name, isGiven))
    }
    if resume != nil && (!settings.isEmpty || epochs != nil || saveTo != nil || noSave) {
      throw ValidationError(
        "--resume goes on with the run as it was; --fork begins another one with --set, --epochs,"
          + " --save-to or --no-save.")
    }
    guard (1...1e9).contains(saveEvery) else {
      throw ValidationError("--save-every \(saveEvery) is not a number of seconds from 1 to 1e9.")
    }
  }

  private static func exclude(_ first: (String, Bool), _ second: (String, Bool)) throws {
    guard first.1 && second.1 else { return }
    throw ValidationError("\(first.0) and \(second.0) exclude each other.")
  }
}

/// The size of a frame as an argument.
struct FrameSize: ExpressibleByArgument {
  var size: Size

  /// Largest side of a frame.
  private static let allowed = 1...2000

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      Self.allowed.contains(width), Self.allowed.contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }
}
