import Engine
import Foundation
import Runs

/// Weights that are of no use, and the file they are in.
struct CheckpointFailure: Error {
  var path: String
  /// ``WeightMismatch`` or ``CheckpointError``
  var reason: any Error

  /// Adds the name of the file to what goes wrong with its weights.
  static func naming<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let reason where reason is WeightMismatch || reason is CheckpointError {
      throw CheckpointFailure(path: path, reason: reason)
    }
  }
}

/// Sentences about stored runs and files of weights.
extension Messages {
  static func sentence(_ error: RunError) -> String {
    switch error {
    case .unknown(let reference, let runs, let nearest):
      return "no run '\(reference)': neither a folder nor the name of a run"
        + (runs.map { " in \($0)" } ?? "") + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .nothingSaved(let runs):
      return "no run is stored" + (runs.map { " in \($0)" } ?? "")
        + " yet; `interspike run --save` stores one"
    case .notARun(let folder):
      return "\(folder): not the folder of a run: it has no experiment.toml"
    case .noCheckpoints(let folder):
      return "\(folder): no checkpoint was saved (checkpoints/step-*.safetensors)"
    case .noCheckpoint(let folder, let step, let available):
      let steps = available.map { String($0) }.joined(separator: ", ")
      return "\(folder): no checkpoint of step \(step), expected one of: "
        + (steps.isEmpty ? "none was saved" : steps)
    case .noRecord(let folder):
      return "\(folder): nothing was recorded there: no events.jsonl that begins with a run"
    case .notTraining(let folder):
      let name = URL(fileURLWithPath: folder).lastPathComponent
      return "\(folder): no process trains this run; `interspike run --resume \(name)` goes on with"
        + " it, `interspike replay \(name)` shows it"
    case .nothingLeft(let folder, let step, let epochs):
      return
        "\(folder): at step \(step) all \(epochs) epochs are done: name an earlier step (RUN@STEP) or"
        + " more epochs (--epochs)"
    case .completed(let folder):
      let name = URL(fileURLWithPath: folder).lastPathComponent
      return "\(folder): all epochs are done; `interspike run --fork \(name) --epochs N` goes on in"
        + " another run"
    case .noFile(let path): return "\(path): there is no such file"
    }
  }

  /// What is not as it should be with the checkpoint that a run goes on from.
  static func warnings(about resumption: RunResumption) -> [String] {
    var warnings = resumption.skipped.map { sentence($0) + "; an older checkpoint is used" }
    if let other = resumption.otherEnvironment {
      let here = ComputeEnvironment.current
      warnings.append(
        "\(resumption.path): written on \(other.processor) with \(other.products), this is "
          + "\(here.processor) with \(here.products): results may differ in their last bits")
    }
    return warnings
  }

  /// A file that cannot be opened was named wrongly; else its contents are bad.
  static func ending(_ error: SafetensorsError) -> Ending {
    if case .file = error { .usage } else { .badData }
  }

  static func sentence(_ error: SafetensorsError) -> String {
    switch error {
    case .file(let error): return sentence(error)
    case .truncatedHeader(let path, let announced, let found):
      return "\(path): ends within its header: found \(found) bytes, expected \(announced)"
    case .headerTooLarge(let path, let size, let limit):
      return "\(path): not a safetensors file: found a header of \(size) bytes, expected at most "
        + "\(limit)"
    case .header(let path, let error):
      return "\(path): not a safetensors file: its header is no JSON: \(sentence(error))"
    case .malformed(let path, let tensor, let field, let expected):
      return "\(path): \(tensor.map { "\($0): " } ?? "")\(field): expected \(expected)"
    case .unsupportedType(let path, let tensor, let found, let supported):
      return "\(path): \(tensor): found numbers of type \(found), expected "
        + supported.joined(separator: ", ")
    case .wrongSize(let path, let tensor, let expected, let found):
      return "\(path): \(tensor): found \(found) bytes, expected the \(expected) of its shape"
    case .notContiguous(let path, let tensor, let expected, let begin):
      return "\(path): \(tensor): begins at byte \(begin) of the data, expected \(expected)"
    case .wrongLength(let path, let expected, let found):
      return "\(path): found \(found) bytes of data, expected \(expected)"
    case .wrongDigest(let path, let expected, let found):
      return "\(path): damaged: found contents with SHA-256 \(found.prefix(12))..., expected "
        + "\(expected.prefix(12))..."
    case .noDigest(let path):
      return "\(path): has no 'sha256' in its metadata, as checkpoints of runs have"
    }
  }

  private static func sentence(_ error: JSONError) -> String {
    switch error {
    case .unexpected(let byte, let offset):
      "found 0x\(String(byte, radix: 16)) at byte \(offset) of it"
    case .endsEarly: "it ends too early"
    case .duplicateKey(let key): "found the key '\(key)' twice"
    case .nestedTooDeeply(let offset): "nested too deeply at byte \(offset) of it"
    case .notUnicode(let offset): "not UTF-8 at byte \(offset) of it"
    }
  }

  static func sentence(_ failure: CheckpointFailure) -> String {
    switch failure.reason {
    case let mismatch as WeightMismatch: "\(failure.path): \(sentence(mismatch))"
    case let error as CheckpointError: "\(failure.path): \(sentence(error))"
    default: "\(failure.path): cannot be used"
    }
  }

  /// Most arrays that are named of those with one mistake.
  private static let mostNamed = 12

  private static func sentence(_ mismatch: WeightMismatch) -> String {
    let named = { (entry: WeightMismatch.Entry) in "\(entry.name) (\(shape(entry.shape)))" }
    let lines =
      list(mismatch.missing.map { "missing: \(named($0))" })
      + list(mismatch.unexpected.map { "not expected: \(named($0))" })
      + list(
        mismatch.misshapen.map {
          "\($0.found.name): found \(shape($0.found.shape)), expected \(shape($0.expected))"
        })
      + list(mismatch.notFinite.map { "\($0): found a value that is not a finite number" })
    return (["not the weights of this model"] + lines).joined(separator: "\n  ")
  }

  private static func list(_ lines: [String]) -> [String] {
    guard lines.count > mostNamed else { return lines }
    return lines.prefix(mostNamed) + ["and \(lines.count - mostNamed) more of these"]
  }

  private static func shape(_ sizes: [Int]) -> String {
    sizes.isEmpty ? "a single number" : sizes.map { String($0) }.joined(separator: " x ")
  }

  private static func sentence(_ error: CheckpointError) -> String {
    switch error {
    case .missingTensor(let name): "\(name) is missing"
    case .wrongShape(let tensor, let expected, let found):
      "\(tensor): found \(shape(found)), expected \(shape(expected))"
    case .missingMetadata(let key): "the metadata have no '\(key)'"
    case .wrongMetadata(let key, let found, let expected):
      "\(key) in the metadata: found '\(found)', expected \(expected)"
    case .otherData(let field, let found, let expected):
      "trained on other data: \(field): found \(found), expected \(expected)"
    }
  }
}
