import Documents
import Engine

extension KeyTable {
  private static let onlySpiking = ExperimentKey.Condition(
    selector: kindPath, values: .names([Experiment.Kind.spiking.rawValue]))

  private typealias Configuration = SpikingConfiguration

  static let spiking: [ExperimentKey] = network + gradient + course

  private static let network: [ExperimentKey] = [
    ExperimentKey(
      "spiking.dataSet", Choices.spikeData, "The data", when: onlySpiking, at: \.spiking.dataSet),
    ExperimentKey(
      "spiking.hiddenLayers", .line,
      "Neurons of the hidden layers, R for recurrent ones: \"400-R400\"",
      when: onlySpiking
    ) {
      .text($0.experiment.spiking.hidden.joined(separator: "-"))
    } write: { draft, value in
      guard case .text(let text) = value else { return }
      draft.experiment.spiking.hidden =
        text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    },
    ExperimentKey(
      "spiking.thresholds",
      .numbers(.init(Configuration.allowedThresholds), minimumCount: 1),
      "Thresholds of the hidden layers and of the output", when: onlySpiking
    ) {
      .list($0.experiment.spiking.thresholds.map { .number($0) })
    } write: { draft, value in
      guard case .list(let entries) = value else { return }
      draft.experiment.spiking.thresholds = entries.compactMap {
        if case .number(let number) = $0 { number } else { nil }
      }
    },
    ExperimentKey(
      "spiking.graph", Choices.graphs, "How neurons of a recurrent layer are joined",
      when: onlySpiking, at: \.spiking.graph),
    number(
      "lateral", Configuration.allowedLateral, "What a spike of an output takes from all others",
      \.lateral),
    number(
      "membrane", SpikeResponse.allowedTimeConstants, "Time constant of membranes, in steps",
      \.response.membrane),
    number(
      "synapse", SpikeResponse.allowedTimeConstants, "Time constant of synapses, in steps",
      \.response.synapse),
    count(
      "refractory", SpikeResponse.allowedRefractory, "Steps of rest after a spike",
      \.response.refractory),
    count("steps", SpikeResponse.allowedSteps, "T, time steps of a trial", \.response.steps),
  ]

  private static let gradient: [ExperimentKey] = [
    ExperimentKey(
      "spiking.method", Choices.spikeMethods, "How errors of counts become gradients",
      when: onlySpiking, at: \.spiking.training.rule.method),
    ExperimentKey(
      "spiking.postDerivative", Choices.postDerivatives,
      "Derivative of potentials by the count behind the synapse", when: onlySpiking,
      at: \.spiking.training.rule.postDerivative),
    ExperimentKey(
      "spiking.weightRule", Choices.weightRules,
      "Whose adjoint changes a recurrent layer's weights",
      when: onlySpiking, at: \.spiking.training.rule.weightRule),
    number(
      "silentRatio", 0...1, "Potential by count of pairs with a silent neuron",
      \.training.rule.silentRatio),
    count(
      "desired", SpikingDials.allowedCounts, "Spikes wanted of the right class",
      \.training.rule.desired),
    count(
      "undesired", SpikingDials.allowedCounts, "Spikes wanted of all others",
      \.training.rule.undesired),
    count(
      "margin", SpikingDials.allowedCounts, "Counts so near to these give no error",
      \.training.rule.margin),
    number(
      "penalty", SpikingDials.allowedPenalties, "Times the penalty on weights; 0 for none",
      \.training.penalty),
    ExperimentKey(
      "spiking.weighsSamples", .flag, "Whether samples told wrong weigh more in the next epoch",
      when: onlySpiking
    ) {
      .flag($0.experiment.spiking.training.weighsSamples)
    } write: { draft, value in
      if case .flag(let flag) = value { draft.experiment.spiking.training.weighsSamples = flag }
    },
  ]

  private static let course: [ExperimentKey] = [
    count("passes", 1...100_000, "Passes over the training data", \.epochs),
    count("batch", 1...65536, "Samples of one optimizer step", \.training.batch),
    count(
      "shards", 1...256, "Parts of a batch of several samples; results depend on it",
      \.training.shards),
    number(
      "rate", OptimizerConfiguration.allowedLearningRate,
      "Learning rate of Adam in the first epoch, by sqrt(n) in the n-th", \.rate),
    count("trainingSamples", 0...10_000_000, "Samples that train; 0 for all", \.trainingSamples),
    count(
      "evaluationSamples", 0...10_000_000, "Samples that validate and test; 0 for all",
      \.evaluationSamples),
    count(
      "heldOut", 0...10_000_000,
      "Samples held out to validate; 0 to validate on those that test", \.heldOut),
    count("everyEpochs", 1...1_000_000, "Validate after every so many epochs", \.everyEpochs),
    seed("spiking", when: onlySpiking),
  ]

  private typealias Target<Value> = any WritableKeyPath<SpikingConfiguration, Value> & Sendable

  private static func number(
    _ name: String, _ range: ClosedRange<Double>, _ meaning: String, _ target: Target<Double>
  ) -> ExperimentKey {
    ExperimentKey("spiking.\(name)", .number(.init(range)), meaning, when: onlySpiking) {
      .number($0.experiment.spiking[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value { draft.experiment.spiking[keyPath: target] = number }
    }
  }

  private static func count(
    _ name: String, _ range: ClosedRange<Int>, _ meaning: String, _ target: Target<Int>
  ) -> ExperimentKey {
    ExperimentKey("spiking.\(name)", .integer(range), meaning, when: onlySpiking) {
      .integer($0.experiment.spiking[keyPath: target])
    } write: { draft, value in
      if case .integer(let count) = value { draft.experiment.spiking[keyPath: target] = count }
    }
  }
}
