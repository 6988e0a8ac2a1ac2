import ArgumentParser
import Downloads
import Engine
import Foundation

/// `interspike data`: lists the data sets, or fetches one.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Say what each data set is and whether it is here, or fetch one.",
    subcommands: [DataListCommand.self, DataFetchCommand.self],
    defaultSubcommand: DataListCommand.self)
}

/// The option that names the directory of the data sets.
struct DataDirectoryOption: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Directory of the data sets, looked in before $INTERSPIKE_DATA and the cache.",
      valueName: "dir"))
  var directory: String?

  /// Where to look, by this option and the environment of the process.
  var locations: DataLocations {
    DataLocations(option: directory, environment: ProcessInfo.processInfo.environment)
  }
}

/// `interspike data list`
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the data sets: what each is, its licence, and whether it is here.")

  @OptionGroup var data: DataDirectoryOption

  func run() {
    print(DataListing.text(of: DataCatalogue.entries, in: data.locations))
  }
}

/// `interspike data fetch NAME`
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a data set and check it; an interrupted download goes on.")

  @Argument(
    help: "Data set: \(DataCatalogue.published.map(\.id).joined(separator: ", ")).",
    completion: .list(DataCatalogue.published.map(\.id)))
  var name: String

  @Option(
    help: ArgumentHelp(
      "Folder that holds the files, in place of the public address.", valueName: "url"))
  var mirror: String?

  @OptionGroup var data: DataDirectoryOption

  func validate() throws {
    guard !DataCatalogue.published.contains(where: { $0.id == name }) else { return }
    let known = DataCatalogue.published.map(\.id).joined(separator: ", ")
    throw ValidationError("No data set is called '\(name)'; expected one of: \(known)")
  }

  func run() throws {
    guard let entry = DataCatalogue.entry(named: name) else { return }
    do throws(DownloadError) {
      let fetch = try DataSetFetch(entry, mirror: mirror, locations: data.locations)
      let display = FetchDisplay()
      defer { display.end() }
      try fetch.run { display.show($0) }
      print("\(entry.id) is in \(fetch.directory)")
    } catch {
      FileHandle.standardError.write(Data("interspike: \(description(of: error))\n".utf8))
      throw ExitCode(Self.exitCode(for: error))
    }
  }

  /// 2 for what the command line asked wrongly, 3 for bad data, 1 for all else.
  private static func exitCode(for error: DownloadError) -> Int32 {
    switch error {
    case .badAddress, .noAddress, .noDestination: 2
    default: error.isBadData ? 3 : 1
    }
  }
}
