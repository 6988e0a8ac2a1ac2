import ArgumentParser
import Runs

/// `interspike merge FOLDER...`: the tables of all shards of a scan as one.
struct MergeCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge the tables of a scan into one, sorted by point.",
    discussion: """
      Rows that are there more than once have to agree in all columns but 'seconds', of which the \
      first is kept. Where points are missing the table is written without them, and the status is 1.
      """)

  @Argument(
    help: ArgumentHelp("Folders of one scan.", valueName: "folder"), completion: .directory)
  var folders: [String]

  @Option(
    help: ArgumentHelp("Write to this file.", valueName: "file.csv"),
    completion: .file(extensions: ["csv"]))
  var out: String?

  @Flag(help: "Write over a file that is there.") var force = false

  private static let mostRanges = 20

  func perform() throws -> Ending {
    let target = PictureTarget(out, force: force)
    try target.check()
    let merge = try ScanMerge(folders: folders.map(ScanFolder.init))
    try target.write(merge.text)
    StandardError.write(
      "\(merge.rows.count) of \(merge.points) points"
        + (merge.duplicates > 0 ? "; \(merge.duplicates) rows were there twice" : "") + "\n")
    for (path, line) in merge.damagedLines.prefix(Self.mostRanges) {
      StandardError.write("interspike: \(path):\(line): no whole row, passed over\n")
    }
    let missing = merge.missing
    guard !missing.isEmpty else { return .success }
    StandardError.write(
      "interspike: \(missing.count) points are missing: "
        + ScanMerge.ranges(missing, most: Self.mostRanges) + "\n")
    return .failedRun
  }
}
