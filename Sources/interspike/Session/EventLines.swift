import Engine
import Experiments
import Foundation
import Runs

/// The events of a run as lines of one of the two printed forms.
enum EventLines {
  case json(EventEncoder)
  case plain(PlainPrinter)

  init(_ form: HeadlessSession.Form, _ plan: RunPlan) {
    switch form {
    case .json:
      self = .json(Self.encoder(of: plan))
    case .plain:
      let isColored = StandardOutput.isTerminal && plan.look.hasColor
      self = .plain(
        PlainPrinter(colour: isColored, describe: { Messages.sentence(for: $0) }))
    }
  }

  /// Writes the events of a plan's run as JSON.
  static func encoder(of plan: RunPlan) -> EventEncoder {
    EventEncoder(
      version: Interspike.version, run: plan.runName, experiment: json(plan.experiment))
  }

  /// An experiment as the first event of a run carries it.
  static func json(_ experiment: Experiment) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let data = try? encoder.encode(experiment)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// The lines of a report, without their ends; often none.
  mutating func lines(for report: RunnerReport) -> [String] {
    switch self {
    case .json(var encoder):
      defer { self = .json(encoder) }
      return encoder.line(for: report).map { [$0] } ?? []
    case .plain(var printer):
      defer { self = .plain(printer) }
      return printer.lines(for: report)
    }
  }
}
