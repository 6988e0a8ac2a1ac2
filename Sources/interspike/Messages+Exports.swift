import Exports

/// Sentences about exports.
extension Messages {
  static func sentence(_ error: NIRError) -> String {
    switch error {
    case .file(let error): sentence(error)
    case .hdf5(let path, let error): "\(path): \(sentence(error))"
    case .malformed(let path, let part, let expected):
      "\(path): not a graph of NIR: \(part): expected \(expected)"
    case .unsupportedType(let path, let node, let found, let supported):
      "\(path): node '\(node)': found type '\(found)', expected one of:"
        + " \(supported.joined(separator: ", "))"
    case .unknownNode(let path, let edge, let node):
      "\(path): edge \(edge): there is no node '\(node)'"
    case .mismatch(let path, let edge, let emitted, let expected):
      "\(path): edge \(edge): found \(emitted) numbers, expected \(expected)"
    case .notAsWritten(let path): "\(path): does not read back as it was written"
    }
  }

  static func ending(_ error: NIRError) -> Ending {
    switch error {
    case .file, .notAsWritten: .failedRun
    default: .badData
    }
  }

  private static func sentence(_ error: HDF5Error) -> String {
    switch error {
    case .failed(let action, let name): "\(name): HDF5 cannot \(verb(action))"
    case .unexpected(let name, let expected): "\(name): expected \(expected)"
    case .tooLarge(let name): "\(name): larger than the file could hold"
    }
  }

  private static func verb(_ action: HDF5Error.Action) -> String {
    switch action {
    case .makeFile: "make the file"
    case .makeGroup: "make the group"
    case .makeArray: "make the array"
    case .writeArray: "write the array"
    case .openFile: "open the file"
    case .readGroup: "read the group"
    case .readArray: "read the array"
    }
  }
}
