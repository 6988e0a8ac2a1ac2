package import Documents
import Engine

extension Experiment {
  /// Every key that has a place in this experiment, with its value, as a tree in the order of the
  /// key table. Encoding it gives the form that the first event of a run carries.
  package var document: DocumentValue {
    let draft = ExperimentDraft(experiment: self)
    var root: [DocumentValue.Field] = []
    for key in KeyTable.keys where key.isStored(in: draft) {
      Self.insert(key.read(draft), at: key.path.split(separator: ".").map(String.init), in: &root)
    }
    return .table(root)
  }

  private static func insert(
    _ value: DocumentValue, at path: [String], in fields: inout [DocumentValue.Field]
  ) {
    guard path.count > 1 else {
      fields.append(DocumentValue.Field(name: path[0], value: value))
      return
    }
    let index = fields.firstIndex { $0.name == path[0] } ?? fields.count
    if index == fields.count {
      fields.append(DocumentValue.Field(name: path[0], value: .table([])))
    }
    guard case .table(var inner) = fields[index].value else { return }
    insert(value, at: Array(path.dropFirst()), in: &inner)
    fields[index].value = .table(inner)
  }

  /// The experiment as a file that reads back as the same experiment.
  package var toml: String {
    let draft = ExperimentDraft(experiment: self)
    return Self.file { key in
      key.isStored(in: draft) ? ["\(key.name) = \(key.read(draft).toml)"] : []
    }
  }

  /// The experiment as a file that names and explains every key; those that have no place in it
  /// are comments.
  package var template: String {
    let draft = ExperimentDraft(experiment: self)
    let head = [
      "An experiment of interspike. Every key is here with its default and its meaning; all may",
      "be left out. `interspike check FILE` checks a file, `interspike run FILE` runs it.",
    ]
    let keys = Self.file { key in
      let isStored = key.isStored(in: draft)
      return Self.comment(key.explanation)
        + ["\(isStored ? "" : "# ")\(key.name) = \(key.read(draft).toml)", ""]
    }
    return head.map { "# \($0)\n" }.joined() + "\n" + keys
  }

  /// Lines for each key under the headers of their tables. Tables without lines have no header.
  private static func file(lines: (ExperimentKey) -> [String]) -> String {
    var text = ""
    var section = ""
    for key in KeyTable.keys {
      let lines = lines(key)
      guard !lines.isEmpty else { continue }
      if key.section != section {
        section = key.section
        text += (text.isEmpty || text.hasSuffix("\n\n") ? "" : "\n") + "[\(section)]\n"
      }
      text += lines.map { $0 + "\n" }.joined()
    }
    return text
  }

  /// Comment lines of at most 100 columns.
  private static func comment(_ text: String) -> [String] {
    var lines: [String] = []
    var line = "#"
    for word in text.split(separator: " ") {
      if line.count + 1 + word.count > 100 {
        lines.append(line)
        line = "#  "
      }
      line += " " + word
    }
    return lines + [line]
  }
}

extension Experiment: Encodable {
  package func encode(to encoder: any Encoder) throws {
    try document.encode(to: encoder)
  }
}

extension ExperimentKey {
  /// Whether the key is written for this experiment.
  fileprivate func isStored(in draft: ExperimentDraft) -> Bool {
    !isShorthand && (condition.map { KeyTable.holds($0, in: draft) } ?? true)
  }

  /// Meaning, allowed values, and when the key is used.
  fileprivate var explanation: String {
    var text = "\(meaning): \(kind.description)."
    if let condition, let selector = KeyTable.key(at: condition.selector) {
      switch (condition.values, selector.kind) {
      case (.names(let names), .choice(let words)) where names.count == words.count: break
      case (.names(let names), _)
      where condition.selector == KeyTable.kindPath
        && names == [Experiment.Kind.training.rawValue]:
        break
      case (.names(let names), _):
        let needed = Wording.enumeration(names.map(TOMLText.quoted), "or")
        text += " Only where \(condition.selectorName(beside: path)) is \(needed)."
      case (.number, _): text += " Only where \(condition.selectorName(beside: path)) is a number."
      case (.path, _): text += " Only where \(condition.selectorName(beside: path)) is a path."
      case (.other(let other), _):
        let selector = condition.selectorName(beside: path)
        text += " Only where \(selector) is not \(TOMLText.quoted(other))."
      }
    }
    return text
  }
}
