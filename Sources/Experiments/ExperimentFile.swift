import Documents
import Engine

/// Values that options of the command line give, over those of the file and of `--set`.
package struct ExperimentOverrides: Sendable, Equatable {
  package var seed: UInt64?
  package var epochs: Int?
  /// Path of a file of weights.
  package var from: String?

  package init(seed: UInt64? = nil, epochs: Int? = nil, from: String? = nil) {
    self.seed = seed
    self.epochs = epochs
    self.from = from
  }
}

/// Loads experiments from files and presets.
package enum ExperimentFile {
  /// The experiment that `PRESET|FILE.toml` means, changed by the arguments of `--set` and by
  /// options.
  ///
  /// A name with neither `/` nor the ending `.toml` is a preset. Keys that a file leaves out are
  /// those of the preset that it names, or of the standard one.
  /// - Throws: all mistakes of the file and of the arguments.
  package static func load(
    _ reference: String = Presets.standard.name, sets: [String] = [],
    overrides: ExperimentOverrides = .init()
  ) throws(ExperimentFailure) -> Experiment {
    let arguments = Layer(sets: sets)
    guard isFile(reference) else {
      guard let preset = Presets.preset(named: reference) else {
        throw ExperimentFailure([unknownPreset(reference)] + arguments.errors)
      }
      return try read([arguments], overrides, on: preset, source: .preset(reference))
    }
    let text: String
    do {
      text = try TextFile.read(reference)
    } catch {
      throw ExperimentFailure([.file(error)] + arguments.errors)
    }
    var file = Layer(document: text, file: reference)
    file.setName(fromFile: reference)
    return try read([file, arguments], overrides, source: .file(reference, line: nil))
  }

  /// The experiment that the text of a file describes; `file` is its name in messages.
  package static func decode(
    _ text: String, file: String
  ) throws(ExperimentFailure) -> Experiment {
    try read([Layer(document: text, file: file)], source: .file(file, line: nil))
  }

  static func isFile(_ reference: String) -> Bool {
    reference.contains("/") || reference.hasSuffix(".toml")
  }

  /// Applies layers to the preset that they name, or else to `preset`.
  private static func read(
    _ layers: [Layer], _ overrides: ExperimentOverrides = .init(),
    on preset: Preset = Presets.standard,
    source: ExperimentError.Origin
  ) throws(ExperimentFailure) -> Experiment {
    let named = layers.compactMap { $0.assignments[KeyTable.presetPath]?.value }.last
    var base = preset
    if case .text(let name)? = named { base = Presets.preset(named: name) ?? preset }
    var reader = ExperimentReader(base: base.experiment, source: source)
    for layer in layers { reader.apply(layer) }
    var options = Layer(sets: [])
    options.apply(overrides, to: reader.draft.experiment)
    reader.apply(options)
    return try reader.finish()
  }

  private static func unknownPreset(_ name: String) -> ExperimentError {
    let all = Presets.all.map(\.name)
    return .unknownPreset(name, nearest: Suggestion.nearest(to: name, in: all), all: all)
  }
}

extension Layer {
  /// All kinds of experiments have a seed and epochs; of a network without time those with quantized
  /// activations are meant, where there are any.
  fileprivate mutating func apply(_ overrides: ExperimentOverrides, to experiment: Experiment) {
    let kind = experiment.kind
    if let seed = overrides.seed {
      let value = Int(exactly: seed).map(DocumentValue.integer) ?? .number(Double(seed))
      set("\(kind.rawValue).seed", to: value, argument: "--seed \(seed)")
    }
    if let epochs = overrides.epochs {
      let steps = epochs.multipliedReportingOverflow(by: CoarseTheoryConfiguration.stepsPerEpoch)
      let lengths = epochs.multipliedReportingOverflow(by: InhibitoryConfiguration.epochLength)
      let (key, count) =
        switch kind {
        case .training: ("training.epochs", epochs)
        case .theory: ("theory.steps", steps.overflow ? .max : steps.partialValue)
        case .feedForward where !experiment.feedForward.isQuantized:
          ("feedforward.fullPrecisionEpochs", epochs)
        case .feedForward: ("feedforward.quantizedEpochs", epochs)
        case .kolmogorov: ("kolmogorov.passes", epochs)
        case .inhibitory: ("inhibitory.duration", lengths.overflow ? .max : lengths.partialValue)
        case .spiking: ("spiking.passes", epochs)
        }
      set(key, to: .integer(count), argument: "--epochs \(epochs)")
    }
    if let from = overrides.from {
      let path = FilePath.absolute(from, in: "")
      set("training.from", to: .text(path), argument: "--from \(from)")
    }
  }

  /// A file that gives no name is named by its own, where that makes a name.
  fileprivate mutating func setName(fromFile path: String) {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let name = last.hasSuffix(".toml") ? String(last.dropLast(5)) : last
    if assignments["name"] == nil, ExperimentKey.Kind.isName(name) {
      set("name", to: .text(name), argument: path)
    }
  }
}
