import ArgumentParser
import Engine
import Runs

/// `interspike w-sweep RUN`: the weights of a stored run over a grid of resolutions.
struct SweepCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "w-sweep",
    abstract: "Measure the weights of a stored run over a grid of resolutions w.",
    discussion: """
      All quantized sites are varied together, as multiples of the w they were trained at; with one \
      site in --sites, its w is varied and the others keep theirs. The trained w is always among \
      the rows, and marked; the last row is w = infinity, where nothing is quantized.
      """)

  @OptionGroup var stored: StoredRunOptions

  @Option(
    help: ArgumentHelp(
      "The sites to vary, separated by commas; all without it.", valueName: "sites"))
  var sites: String?

  @Option(
    help: ArgumentHelp(
      "The smallest w of one site, or the smallest multiple for several.", valueName: "w"))
  var from: Double?

  @Option(help: ArgumentHelp("The same for the largest.", valueName: "w"))
  var to: Double?

  @Option(help: "Points from the smallest to the largest, at equal ratios.")
  var points: Int?

  @Option(help: "The part of the data to measure on: training, validation or test.")
  var split = SplitName.validation

  @Option(help: "Measure on so many samples only, the first ones.")
  var limit: Int?

  @Option(help: "Draws of the quantizers' noise to average over; as in the final test without it.")
  var draws: Int?

  @Option(
    help: ArgumentHelp("The folder in which data sets are looked for.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Flag(help: "Print JSON, one object a row.")
  var json = false

  private static let allowedPoints = 2...1000

  func validate() throws {
    try Draws.check(draws)
    if let limit, limit < 1 { throw ValidationError("--limit \(limit) is less than 1.") }
    if let points, !Self.allowedPoints.contains(points) {
      throw ValidationError("--points \(points) is not from 2 to 1000.")
    }
    guard (from == nil) == (to == nil) else {
      throw ValidationError("--from and --to belong together.")
    }
    guard let from, let to else { return }
    let allowed = QuantizerSite.allowedResolution
    guard from < to, allowed.contains(from), allowed.contains(to) else {
      throw ValidationError(
        "--from \(from) --to \(to): expected a smaller and a larger number from "
          + "\(allowed.lowerBound) to \(allowed.upperBound).")
    }
  }

  func perform() throws -> Ending {
    let run = try stored.open()
    let network = try run.network(on: run.problem(from: data))
    try split.check(network)
    let swept = try sweptSites(of: network)
    let plan = SweepPlan(
      sites: swept, grid: grid(for: network, swept), split: split.split,
      draws: draws ?? network.standardDraws, limit: limit)
    try network.sweep(plan) { sweep in
      guard let row = sweep.rows.last else { return }
      if json { return try StandardOutput.write(SweepText.line(row, of: sweep) + "\n") }
      let text = SweepText(sweep, width: PlainPrinter.width)
      let head = sweep.rows.count == 1 ? [text.heading, text.titles] : []
      try StandardOutput.write((head + [text.row(row)]).map { $0 + "\n" }.joined())
    }
    return .success
  }

  /// The ids in `--sites`, all of which must be quantized.
  private func sweptSites(of network: TrainedNetwork) throws -> [String] {
    let known = network.sites.map(\.id)
    guard !known.isEmpty else {
      throw ValidationError("The run has no quantized sites whose w could be varied.")
    }
    guard let sites else { return known }
    let wanted = sites.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    guard !wanted.isEmpty else { throw ValidationError("--sites names no site.") }
    for site in wanted where !known.contains(site) {
      throw ValidationError("--sites: " + Messages.unknown("site", site, known: known))
    }
    return known.filter(wanted.contains)
  }

  private func grid(for network: TrainedNetwork, _ swept: [String]) -> SweepPlan.Grid {
    let isOne = swept.count == 1
    guard let from, let to else {
      guard isOne || points != nil else { return .standard }
      let values =
        points.map { SweepPlan.Grid.geometric(SweepPlan.Grid.standardRange, count: $0) }
        ?? SweepPlan.Grid.standardFactors
      guard isOne, let trained = network.sites.first(where: { $0.id == swept[0] })?.w else {
        return .multiples(values)
      }
      return .resolutions(values.map { $0 * (trained.isFinite ? trained : 1) })
    }
    let values = SweepPlan.Grid.geometric(from...to, count: points ?? Self.standardPoints)
    return isOne ? .resolutions(values) : .multiples(values)
  }

  private static let standardPoints = 9
}
