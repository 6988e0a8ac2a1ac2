import Documents
import Engine

/// All keys of experiment files, in the order in which they are written and applied: a key that
/// decides on others comes before them.
package enum KeyTable {
  package static let keys: [ExperimentKey] =
    general + theory + feedForward + kolmogorov + inhibitory + spiking
    + ofTraining(
      problem + model + learnedHidden + readout + surrogateOfAllSites
        + site("h", "hidden state", \.training.model.fields.h)
        + site("m", "memory", when: withMemory, \.training.model.fields.m)
        + site("u", "memory's input", when: onlyLMU, \.training.model.fields.lmu.u)
        + optimizer + plateau + [stop] + training + evaluation + energy)

  private static let byPath = Dictionary(uniqueKeysWithValues: keys.map { ($0.path, $0) })

  package static func key(at path: String) -> ExperimentKey? { byPath[path] }

  /// The tables that keys stand in, with the tables around those, in the order of the keys.
  package static let sections: [String] = {
    var sections: [String] = []
    for key in keys {
      var section = ""
      for part in key.section.split(separator: ".") {
        section += (section.isEmpty ? "" : ".") + part
        if !sections.contains(section) { sections.append(section) }
      }
    }
    return sections
  }()

  /// Path of the key that names the preset to start from; it is no part of the experiment itself.
  static let presetPath = "preset"

  private static let general: [ExperimentKey] = [
    ExperimentKey(presetPath, .choice(Choices.presets), "The preset to start from") { _ in
      .text(Presets.standard.name)
    } write: { _, _ in
    },
    ExperimentKey("name", .name, "Short name, also part of the name of a run's folder") {
      .text($0.experiment.name)
    } write: { draft, value in
      if case .text(let name) = value { draft.experiment.name = name }
    },
    ExperimentKey("title", .line, "One line for people") {
      .text($0.experiment.title)
    } write: { draft, value in
      if case .text(let title) = value { draft.experiment.title = title }
    },
    experimentKind,
  ]

  private static let training: [ExperimentKey] = [
    ExperimentKey(
      "training.epochs", integer: 1...100_000, "Passes over the training data",
      at: \.training.epochs),
    ExperimentKey(
      "training.batch", integer: 1...65536, "Samples of one optimizer step", at: \.training.batch),
    ExperimentKey(
      "training.shards", integer: 1...256,
      "Parts that a batch is divided into; results depend on it, not on the number of threads",
      at: \.training.shards),
    seed("training"), from,
  ]

  private static let from = ExperimentKey(
    "training.from", .path(isOptional: true),
    "Weights to begin with, a safetensors file; \"\" for drawn ones"
  ) {
    .text($0.experiment.from)
  } write: { draft, value in
    if case .text(let path) = value { draft.experiment.from = path }
  }

  private static let stop = ExperimentKey(
    "stop.when", .stopRules,
    "End before the last epoch, such as \"spiking.accuracy >= 0.98 or spiking.loss stalls 5\""
  ) {
    .text($0.experiment.training.stop.text)
  } write: { draft, value in
    if case .text(let text) = value, let rules = StopRules(text) {
      draft.experiment.training.stop = rules
    }
  }

  private static let evaluation: [ExperimentKey] = [
    ExperimentKey(
      "evaluation.everyEpochs", integer: 1...100_000, "Validate after every so many epochs",
      at: \.training.evaluation.everyEpochs),
    ExperimentKey(
      "evaluation.draws", integer: 1...1000,
      "Draws of the initial voltages that a validation averages over",
      at: \.training.evaluation.draws),
    ExperimentKey(
      "evaluation.testDraws", integer: 1...1000, "The same for the final test",
      at: \.training.evaluation.testDraws),
  ]

  private static let energy: [ExperimentKey] = [
    energyKey("weightRead", "Picojoules to read a weight from memory on the chip", \.weightRead),
    energyKey("stateRead", "Picojoules to read a state variable", \.stateRead),
    energyKey("stateWrite", "Picojoules to write a state variable", \.stateWrite),
    energyKey("add", "Picojoules of an addition", \.add),
    energyKey("multiply", "Picojoules of a multiplication", \.multiply),
  ]

  /// A constant of the estimate of energy that counts memory.
  private static func energyKey(
    _ name: String, _ meaning: String,
    _ target: any WritableKeyPath<EnergyConstants, Double> & Sendable
  ) -> ExperimentKey {
    ExperimentKey(
      "energy.\(name)", .number(.init(EnergyConstants.allowed)),
      "\(meaning), in the estimate withMemory"
    ) { draft in
      .number(draft.experiment.training.evaluation.energy[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.training.evaluation.energy[keyPath: target] = number
      }
    }
  }

  /// What a TOML integer can hold.
  static let seeds = 0...Int.max

  /// The seed in the section of a kind of experiment; all kinds have theirs in one place.
  static func seed(
    _ section: String, when condition: ExperimentKey.Condition? = nil
  ) -> ExperimentKey {
    ExperimentKey(
      "\(section).seed", .integer(seeds), "Decides all random numbers", when: condition
    ) {
      .integer(Int(clamping: $0.experiment.training.seed))
    } write: { draft, value in
      if case .integer(let seed) = value {
        draft.experiment.training.seed = UInt64(clamping: seed)
      }
    }
  }
}
