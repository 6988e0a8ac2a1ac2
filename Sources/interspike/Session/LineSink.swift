import Runs

/// Where the lines of a run without a screen go.
enum LineSink {
  case standardOutput
  /// The events' file in the run's folder, as nobody reads standard output any more.
  case file(EventFile)
  /// Nothing can be written anywhere; the run is saved at its end all the same.
  case nowhere

  /// The events' file of a run.
  init(fileOf live: LiveRun) {
    do throws(FileError) {
      let folder = try live.folder.get().prepare()
      self = .file(try EventFile(at: RunLocation.eventsFile(in: folder)))
    } catch {
      self = .nowhere
    }
  }
}
