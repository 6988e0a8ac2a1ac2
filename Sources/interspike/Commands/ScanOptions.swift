import ArgumentParser
import Documents
import Experiments
import Runs

/// What is asked for with `interspike scan`.
struct ScanOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "'inhibitory' for a network with the standard settings, a preset, or a file that ends in .toml.",
      valueName: "inhibitory|preset|file.toml"),
    completion: .file(extensions: ["toml"]))
  var subject: String

  @Argument(
    help: ArgumentHelp(
      "After 'inhibitory': the preset or file to begin with.", valueName: "preset|file.toml"),
    completion: .file(extensions: ["toml"]))
  var base: String?

  @Option(help: ArgumentHelp("Values of the coupling g.", valueName: "values"))
  var g: String?

  @Option(help: ArgumentHelp("Values of the delay.", valueName: "values"))
  var delay: String?

  @Option(help: ArgumentHelp("Numbers of neurons, N.", valueName: "values"))
  var n: String?

  @Option(
    help: ArgumentHelp("Sources of a neuron in a sparse network, K.", valueName: "values"))
  var k: String?

  @Flag(help: "Everyone inhibits all others.")
  var global = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Values of any key of numbers or words; of a schedule, those held throughout. May be repeated.",
      valueName: "key=values"))
  var over: [String] = []

  @Option(help: "Networks at each place: the seed of the experiment and those after it.")
  var seeds = 1

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set one key at all points; may be repeated.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Time before which nothing is measured.", valueName: "time"))
  var transient: Double?

  @Option(help: ArgumentHelp("Time that is measured.", valueName: "time"))
  var duration: Double?

  @Option(
    help: ArgumentHelp("Time between two looks at all potentials.", valueName: "time"))
  var sampling: Double?

  @Option(help: "Points that are measured at a time, each on a thread; changes no result.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Measure only a part: every n-th point, from point i on, from 1.", valueName: "i/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "The folder of plan and table; what is there is not measured again. By default one of its own "
        + "for each plan.", valueName: "folder"),
    completion: .directory)
  var out: String?

  @Flag(help: "Print a line a point, also on a terminal.")
  var plain = false

  @Flag(help: "Print JSON, one object a line.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Measure nothing; print a script for sbatch that does it with so many tasks.",
      valueName: "tasks"))
  var slurm: Int?

  @OptionGroup var look: LookOptions

  private static let inhibitory = "inhibitory"
  private static let allowedTasks = 1...100_000

  func validate() throws {
    let allowed = ScanPlan.allowedSeeds
    guard allowed.contains(seeds) else {
      throw ValidationError(
        "--seeds \(seeds) is not from \(allowed.lowerBound) to \(allowed.upperBound).")
    }
    if let threads, !RunOptions.allowedThreads.contains(threads) {
      throw ValidationError("--threads \(threads) is not from 1 to 256.")
    }
    if plain && json { throw ValidationError("--json and --plain exclude each other.") }
    if k != nil && global { throw ValidationError("--k and --global exclude each other.") }
    if base != nil && subject != Self.inhibitory {
      throw ValidationError("A second experiment is named only after 'inhibitory'.")
    }
    if out?.isEmpty == true { throw ValidationError("--out needs the name of a folder.") }
    if let shard, ScanShard(shard) == nil {
      throw ValidationError("--shard \(shard): expected i/n with i from 1 to n, such as 3/16.")
    }
    if let slurm, !Self.allowedTasks.contains(slurm) {
      throw ValidationError("--slurm \(slurm) is not from 1 to \(Self.allowedTasks.upperBound).")
    }
    if slurm != nil && shard != nil {
      throw ValidationError("--slurm and --shard exclude each other: each task has its part.")
    }
  }

  /// The plan that the arguments describe.
  func plan() throws -> ScanPlan {
    let experiment = try experiment()
    let names = try ScanWork.measure(of: experiment.kind).names
    let axes = try axes(names)
    let plan = try ScanPlan(experiment, axes: axes, seeds: seeds)
    try plan.check()
    return plan
  }

  /// The experiment at all points.
  private func experiment() throws -> Experiment {
    let isPlain = subject == Self.inhibitory && base == nil
    let sets = isPlain ? ["study=inhibitory", "name=inhibitory", "title=Inhibitory network"] : []
    let reference =
      isPlain ? Presets.standard.name : subject == Self.inhibitory ? base ?? "" : subject
    let experiment = try ExperimentFile.load(reference, sets: sets + settings)
    var fixed: [ScanSetting] = []
    for (name, value) in [
      ("transient", transient), ("duration", duration), ("sampling", sampling),
    ] {
      guard let value else { continue }
      fixed.append(
        ScanSetting("inhibitory.\(name)", .number(value), option: "--\(name) \(value)"))
    }
    if global {
      fixed.append(
        ScanSetting("inhibitory.topology", .text("global"), option: "--global"))
    }
    return try experiment.setting(fixed)
  }

  /// Those of options with names of their own first.
  private func axes(_ names: [String: String]) throws(ScanError) -> [ScanAxis] {
    var axes: [ScanAxis] = []
    let sparse = DocumentValue.Field(name: "inhibitory.topology", value: .text("sparse"))
    for (name, key, text, companions) in [
      ("g", "inhibitory.coupling", g, []), ("delay", "inhibitory.delay", delay, []),
      ("n", "inhibitory.neurons", n, []), ("k", "inhibitory.inDegree", k, [sparse]),
    ] {
      guard let text else { continue }
      axes.append(
        try ScanAxis(name, key: key, text: text, option: "--\(name)", companions: companions))
    }
    for argument in over { axes.append(try ScanAxis(over: argument, names: names)) }
    return axes
  }
}
