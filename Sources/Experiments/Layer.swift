import Documents

/// Values for keys that are given together: by a file, or by the arguments of a command.
struct Layer {
  struct Assignment {
    var value: DocumentValue
    var origin: ExperimentError.Origin
  }

  /// By path of the key. All paths are keys of ``KeyTable``.
  private(set) var assignments: [String: Assignment] = [:]
  private(set) var errors: [ExperimentError] = []

  /// The layer of a whole document. `file` is its name in messages.
  init(document text: String, file: String) {
    defer { resolvePaths(in: FilePath.folder(of: file)) }
    do {
      let document = try TOMLDocument(text)
      collect(document.fields, in: []) { .file(file, line: document.line(of: $0)) }
    } catch {
      errors = [
        .syntax(.file(file, line: error.line, column: error.column), reason: error.reason)
      ]
    }
  }

  /// The layer of the arguments of `--set`, each `key=value`; of two for one key the last counts.
  init(sets: [String]) {
    defer { resolvePaths(in: "") }
    for argument in sets {
      guard let equals = argument.firstIndex(of: "=") else {
        errors.append(.malformedAssignment(argument))
        continue
      }
      let path = argument[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        .map { String($0.filter { !$0.isWhitespace }) }
      let origin = ExperimentError.Origin.argument("--set \(argument)")
      do {
        let value = try Self.value(of: String(argument[argument.index(after: equals)...]))
        collect(nest(value, in: path), in: []) { _ in origin }
      } catch {
        errors.append(.syntax(origin, reason: error.reason))
      }
    }
  }

  /// Adds a value that an option of the command line has given; `argument` is the option.
  mutating func set(_ key: String, to value: DocumentValue, argument: String) {
    assignments[key] = Assignment(value: value, origin: .argument(argument))
  }

  /// Makes the paths that are relative to a folder absolute, so that they mean the same in a copy
  /// of the experiment elsewhere.
  private mutating func resolvePaths(in folder: String) {
    for (key, assignment) in assignments {
      guard case .path? = KeyTable.key(at: key)?.kind, case .text(let path) = assignment.value
      else { continue }
      assignments[key]?.value = .text(FilePath.absolute(path, in: folder))
    }
  }

  /// The text after `=` of a `--set`: a TOML value, or else a text without quotes.
  private static func value(
    of text: String
  ) throws(TOMLSyntaxError) -> DocumentValue {
    let text = String(text.drop(while: \.isWhitespace))
    do {
      let fields = try TOMLDocument("value = \(text)").fields
      if fields.count == 1, !text.contains(where: \.isNewline) { return fields[0].value }
    } catch {
      if let first = text.first, "\"'[{".contains(first) { throw error }
    }
    return .text(text)
  }

  private func nest(_ value: DocumentValue, in path: [String]) -> [DocumentValue.Field] {
    var value = value
    for part in path.dropFirst().reversed() {
      value = .table([DocumentValue.Field(name: part, value: value)])
    }
    return [DocumentValue.Field(name: path.first ?? "", value: value)]
  }

  /// Takes the fields of a table that are keys, and refuses all others.
  private mutating func collect(
    _ fields: [DocumentValue.Field], in table: [String],
    origin: ([String]) -> ExperimentError.Origin
  ) {
    for field in fields {
      let parts = table + [field.name]
      let path = TOMLText.path(parts)
      if KeyTable.key(at: path) != nil {
        assignments[path] = Assignment(value: field.value, origin: origin(parts))
      } else if !KeyTable.sections.contains(path) {
        errors.append(unknown(path, value: field.value, origin: origin(parts)))
      } else if case .table(let inner) = field.value {
        collect(inner, in: parts, origin: origin)
      } else {
        errors.append(.notTable(origin(parts), key: path, found: field.value))
      }
    }
  }

  private func unknown(
    _ path: String, value: DocumentValue, origin: ExperimentError.Origin
  ) -> ExperimentError {
    let keys = KeyTable.keys.map(\.path)
    let candidates = if case .table = value { KeyTable.sections + keys } else { keys }
    return .unknownKey(
      origin, key: path, nearest: Suggestion.nearestKey(to: path, in: candidates))
  }
}
