import Glibc
package import Runs

/// What people wrote about a run: `about.json` in its folder. Members that are not known are kept.
package struct AboutFile: Sendable, Equatable {
  private var members = JSONObject()

  package init() {}

  package var note: String {
    get { RunSummary.shortened(members["note"]?.string ?? "", to: Self.longestNote) }
    set { members["note"] = newValue.isEmpty ? nil : .string(newValue) }
  }

  /// Without doubles, in the order in which they were given.
  package var tags: [String] {
    get {
      guard case .array(let entries)? = members["tags"] else { return [] }
      var tags: [String] = []
      for case .string(let tag) in entries.prefix(Self.mostTags)
      where Self.isTag(tag) && !tags.contains(tag) { tags.append(tag) }
      return tags
    }
    set { members["tags"] = newValue.isEmpty ? nil : .array(newValue.map(JSONValue.string)) }
  }

  /// Bytes of the largest file that is read, and of the longest note; most tags of a run.
  private static let largest = 1 << 20
  package static let longestNote = 1 << 16
  package static let mostTags = 200

  /// Whether a text can be a tag: up to 64 visible characters without spaces and commas.
  package static func isTag(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.unicodeScalars.allSatisfy { scalar in
        !scalar.properties.isWhitespace && scalar != ","
          && scalar.properties.generalCategory != .control
          && scalar.properties.generalCategory != .format
      }
  }

  package static func path(in folder: String) -> String { folder + "/about.json" }

  /// What is written there; nothing where there is no file.
  package static func read(in folder: String) throws(AboutError) -> AboutFile {
    let path = path(in: folder)
    guard let stamp = FileStamp(path) else { return AboutFile() }
    guard stamp.size <= largest else { throw .damaged(path: path) }
    let bytes: [UInt8]
    do {
      bytes = try DurableFile.read(path)
    } catch .failed(_, _, ENOENT) {
      return AboutFile()
    } catch {
      throw .file(error)
    }
    return try AboutFile(bytes, path: path)
  }

  package init(_ bytes: [UInt8], path: String) throws(AboutError) {
    guard let object = (try? JSONParser.parse(bytes))?.object else { throw .damaged(path: path) }
    members = object
  }

  /// Reads, changes and writes the file while no other process does. A damaged file is put aside
  /// first; its new name is returned.
  @discardableResult
  package static func update(
    in folder: String, _ change: (inout AboutFile) -> Void
  ) throws(AboutError) -> String? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(.failed(.open, path: folder, errno: errno)) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    var about = AboutFile()
    var setAside: String?
    do throws(AboutError) {
      about = try read(in: folder)
    } catch {
      guard case .damaged(let path) = error else { throw error }
      let name = FreeName.path(path + ".damaged-" + FreeName.date())
      guard rename(path, name) == 0 else {
        throw .file(.failed(.rename, path: path, errno: errno))
      }
      setAside = name
    }
    change(&about)
    do {
      try DurableFile.write(
        Array((JSONValue.object(about.members).text + "\n").utf8), to: path(in: folder))
    } catch {
      throw .file(error)
    }
    return setAside
  }
}

/// Why the note and the tags of a run cannot be read or written.
package enum AboutError: Error, Sendable, Equatable {
  case damaged(path: String)
  case file(FileError)
}
