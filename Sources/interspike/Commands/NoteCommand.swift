import ArgumentParser
import RunStore
import Runs

/// `interspike note RUN [TEXT]`: what people have to say about a run.
struct NoteCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Write a note about a stored run; without a text, print it.",
    discussion: "The note is kept in about.json in the run's folder. A new one replaces the old.")

  @OptionGroup var reference: RunReference

  @Argument(help: "The note; several words become one text.")
  var text: [String] = []

  @Flag(help: "Remove the note.")
  var clear = false

  func validate() throws {
    if clear && !text.isEmpty { throw ValidationError("--clear and a text exclude each other.") }
    if text.joined(separator: " ").utf8.count > AboutFile.longestNote {
      throw ValidationError("The note is longer than \(AboutFile.longestNote) bytes.")
    }
  }

  func perform() throws -> Ending {
    let run = try reference.find()
    if text.isEmpty && !clear {
      let note = try AboutFile.read(in: run.folder).note
      try StandardOutput.write(note.isEmpty ? "" : note + "\n")
      return .success
    }
    let note = text.joined(separator: " ")
    try AboutFile.change(in: run) { $0.note = note }
    return .success
  }
}

extension AboutFile {
  /// Changes what is written about a run, says so if a damaged file had to be put aside, and has
  /// the index follow.
  static func change(in run: StoredRun, _ change: (inout AboutFile) -> Void) throws {
    if let setAside = try update(in: run.folder, change) {
      StandardError.write(
        "interspike: \(Messages.aboutSetAside(path(in: run.folder), setAside))\n")
    }
    _ = try RunIndex.ofProcess(with: run)
  }
}
