import ArgumentParser
import RunStore
import Runs

/// `interspike tag RUN TAG...`: words to find runs by.
struct TagCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Add tags to a stored run or remove them; without tags, print those it has.",
    discussion: "Tags are kept in about.json in the run's folder.")

  @OptionGroup var reference: RunReference

  @Argument(help: "Words without spaces and commas.")
  var tags: [String] = []

  @Flag(help: "Remove these tags.")
  var remove = false

  func validate() throws {
    if remove && tags.isEmpty { throw ValidationError("--remove needs tags.") }
    for tag in tags where !AboutFile.isTag(tag) {
      throw ValidationError(Messages.noTag(tag))
    }
  }

  func perform() throws -> Ending {
    let run = try reference.find()
    if tags.isEmpty {
      let tags = try AboutFile.read(in: run.folder).tags
      try StandardOutput.write(tags.map { $0 + "\n" }.joined())
      return .success
    }
    let present = (try? AboutFile.read(in: run.folder).tags) ?? []
    if remove, let missing = tags.first(where: { !present.contains($0) }) {
      throw ValidationError(Messages.noTag(missing, of: run, present: present))
    }
    guard remove || present.count + tags.count <= AboutFile.mostTags else {
      throw ValidationError("A run has at most \(AboutFile.mostTags) tags.")
    }
    try AboutFile.change(in: run) { about in
      if remove {
        about.tags.removeAll { tags.contains($0) }
      } else {
        about.tags += tags
      }
    }
    return .success
  }
}
