import Documents
import Glibc
import Runs

extension RunSummary {
  /// Reads a run's folder. Whatever is damaged or missing is left out; nothing is refused.
  package static func read(folder: String) -> RunSummary {
    var summary = readEvents(folder)
    let experiment = RunLocation.experimentFile(in: folder)
    if summary.settings.isEmpty, let text = try? TextFile.read(experiment),
      let document = try? TOMLDocument(text)
    {
      summary.settings = Flattening.settings(document.fields)
    }
    if case .text(let name)? = summary.setting("name") {
      summary.experiment = summary.experiment ?? name
    }
    if case .integer(let seed)? = summary.setting("training.seed") {
      summary.seed = summary.seed ?? seed
    }
    if summary.created == nil {
      summary.created = FileStamp(experiment)?.modified
    }
    do {
      let about = try AboutFile.read(in: folder)
      (summary.note, summary.tags) = (about.note, about.tags)
    } catch {
      summary.isAboutDamaged = true
    }
    return summary
  }

  /// What is known from the bytes of `events.jsonl` alone.
  package static func read(events bytes: [UInt8], folder: String) -> RunSummary {
    summarize(folder) { body in
      var reader = LineReader()
      reader.take(bytes[...], body)
      reader.finish(body)
      return reader.leftOut
    }
  }

  private static func readEvents(_ folder: String) -> RunSummary {
    let descriptor = open(RunLocation.eventsFile(in: folder), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return RunSummary(folder: folder) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return RunSummary(folder: folder)
    }
    let size = Int(status.st_size)
    return summarize(folder) { LineReader.read(descriptor, size: size, $0) }
  }

  /// Goes over the lines twice: what was given up is known only from what comes after it.
  private static func summarize(
    _ folder: String, _ lines: (LineReader.Body) -> Int
  ) -> RunSummary {
    var abandonment = Abandonment()
    _ = lines { line, _ in abandonment.take(line) }
    var history = EventHistory(folder: folder, abandonment: abandonment)
    let leftOut = lines { line, isEnded in history.take(line, isEnded: isEnded) }
    return history.finished(leftOut: leftOut)
  }
}
