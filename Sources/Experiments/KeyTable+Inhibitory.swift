import Documents
import Engine

extension KeyTable {
  private static let onlyInhibitory = ExperimentKey.Condition(
    selector: kindPath, values: .names([Experiment.Kind.inhibitory.rawValue]))

  private static let onlySparse = ExperimentKey.Condition(
    selector: "inhibitory.topology",
    values: .names([InhibitoryConfiguration.Topology.sparse.rawValue]))

  private static let onlyClock = ExperimentKey.Condition(
    selector: "inhibitory.method",
    values: .names([InhibitoryConfiguration.Method.clock.rawValue]))

  static let inhibitory: [ExperimentKey] = network + course + coupling

  private typealias Configuration = InhibitoryConfiguration

  private static let network: [ExperimentKey] = [
    count("neurons", Configuration.allowedNeurons, "N, neurons", \.neurons),
    ExperimentKey(
      "inhibitory.topology", Choices.topologies, "Who inhibits whom", when: onlyInhibitory,
      at: \.inhibitory.topology),
    count(
      "inDegree", 1...Configuration.allowedNeurons.upperBound - 1,
      "K, neurons that each one is inhibited by", \.inDegree, when: onlySparse),
    number(
      "lowest", Configuration.allowedExcitabilities, "The least excitability, threshold is 1",
      \.lowest),
    number("highest", Configuration.allowedExcitabilities, "The largest excitability", \.highest),
    ExperimentKey(
      "inhibitory.spread", Choices.spreads, "How excitabilities lie between these",
      when: onlyInhibitory, at: \.inhibitory.spread),
    number(
      "delay", Configuration.allowedDelays, "Delay of all connections, in membrane time constants",
      \.delay),
  ]

  private static let coupling = schedule(
    "inhibitory.coupling", of: .coupling, when: onlyInhibitory,
    read: { $0.experiment.inhibitory.coupling },
    write: { $0.experiment.inhibitory.coupling = $1 })

  private static let course: [ExperimentKey] = [
    ExperimentKey(
      "inhibitory.method", Choices.simulations, "How spikes are found", when: onlyInhibitory,
      at: \.inhibitory.method),
    number(
      "clockStep", Configuration.allowedClockSteps, "Step of the grid", \.clockStep,
      when: onlyClock),
    number(
      "transient", Configuration.allowedTimes, "Time before which nothing is measured",
      \.transient),
    number("duration", Configuration.allowedTimes, "Time that is measured", \.duration),
    number(
      "sampling", Configuration.allowedSamplings,
      "Time between looks at all potentials, 0.5 or a part of it",
      \.sampling),
    number(
      "window", Configuration.allowedWindows, "Window that gauges look back, to the nearest 0.5",
      \.window),
    number(
      "speed", Configuration.allowedSpeeds,
      "Time units a second in the dashboard, the highest for no limit; changes no result",
      \.speed),
    seed("inhibitory", when: onlyInhibitory),
  ]

  private typealias Target<Value> =
    any WritableKeyPath<InhibitoryConfiguration, Value> & Sendable

  private static func number(
    _ name: String, _ range: ClosedRange<Double>, _ meaning: String, _ target: Target<Double>,
    when condition: ExperimentKey.Condition = onlyInhibitory
  ) -> ExperimentKey {
    ExperimentKey("inhibitory.\(name)", .number(.init(range)), meaning, when: condition) {
      .number($0.experiment.inhibitory[keyPath: target])
    } write: { draft, value in
      if case .number(let number) = value {
        draft.experiment.inhibitory[keyPath: target] = number
      }
    }
  }

  private static func count(
    _ name: String, _ range: ClosedRange<Int>, _ meaning: String, _ target: Target<Int>,
    when condition: ExperimentKey.Condition = onlyInhibitory
  ) -> ExperimentKey {
    ExperimentKey("inhibitory.\(name)", .integer(range), meaning, when: condition) {
      .integer($0.experiment.inhibitory[keyPath: target])
    } write: { draft, value in
      if case .integer(let count) = value {
        draft.experiment.inhibitory[keyPath: target] = count
      }
    }
  }
}
