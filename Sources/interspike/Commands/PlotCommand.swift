import ArgumentParser
import Foundation
import Runs
import Terminal

/// `interspike plot RUN...`: curves of stored runs as a vector picture.
struct PlotCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw curves of stored runs as an SVG picture.",
    discussion: """
      Gauges are named as in events.jsonl and the columns of `export --format csv`: loss, w.h, \
      validation.spiking.accuracy, ... Accuracies are drawn in percent.
      """)

  enum Axis: String, ExpressibleByArgument, CaseIterable { case epoch, step, seconds }

  @Argument(
    help: ArgumentHelp(
      "Folders of runs, names in the folder of all runs, or 'latest'.", valueName: "run"),
    completion: .directory)
  var runs: [String]

  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: ArgumentHelp(
      "What to draw; validation accuracies without it. May be repeated.", valueName: "gauge"))
  var gauge: [String] = []

  @Option(
    help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  @Option(help: "What the curves stand over.") var axis = Axis.epoch
  @Flag(help: "A logarithmic axis of values.") var log = false
  @Flag(help: "A logarithmic axis below.") var logX = false
  @Option(help: "Words above the picture.") var title = ""
  @Option(help: "Pixels.") var width = 640
  @Option(help: "Pixels, without the names of the lines.") var height = 400
  @OptionGroup var look: LookOptions
  @Flag(help: "Write over a file that is there.") var force = false

  func validate() throws {
    if runs.isEmpty { throw ValidationError("Expected the name of a run.") }
    for (name, value) in [("width", width), ("height", height)] where !(100...10_000 ~= value) {
      throw ValidationError("--\(name) \(value) is not from 100 to 10000.")
    }
  }

  func perform() throws -> Ending {
    var plot = SVGPlot(theme: try Look(look).theme)
    (plot.title, plot.width, plot.height) = (title, width, height)
    plot.horizontalTitle = axis == .seconds ? "seconds of work" : axis.rawValue
    plot.horizontalScale = logX ? .logarithmic : .linear
    plot.verticalScale = log ? .logarithmic : .linear
    for run in runs {
      let stored = try RunLibrary.ofProcess().find(run)
      let curves = try RunCurves(run: stored.folder, settings: [:])
      let name = URL(fileURLWithPath: stored.folder).lastPathComponent
      plot.lines += try lines(of: curves, named: name)
    }
    plot.height += plot.legendHeight
    try PictureTarget(svg, force: force).write(plot.text)
    return .success
  }

  private static let standard = ["validation.spiking.accuracy", "validation.nonSpiking.accuracy"]

  private func lines(of curves: RunCurves, named run: String) throws -> [SVGPlot.Line] {
    guard !curves.curves.isEmpty else { throw RunError.noRecord(folder: curves.folder) }
    let wanted =
      gauge.isEmpty ? Self.standard.filter { curves.curves[$0] != nil } : gauge
    guard !wanted.isEmpty else {
      throw ValidationError(
        "\(run): no validation is recorded; --gauge may be one of: "
          + curves.curves.keys.sorted().joined(separator: ", "))
    }
    return try wanted.map { gauge in
      guard let points = curves.curves[gauge] else {
        throw ValidationError(
          "\(run): " + Messages.unknown("gauge", gauge, known: curves.curves.keys.sorted()))
      }
      let factor = gauge.hasSuffix("accuracy") ? 100.0 : 1
      let series = Series(points.map { (x: place($0.step, in: curves), y: $0.value * factor) })
      let name = gauge + (factor > 1 ? " %" : "")
      return SVGPlot.Line(runs.count > 1 ? "\(run)  \(name)" : name, series)
    }
  }

  private func place(_ step: Int, in curves: RunCurves) -> Double {
    switch axis {
    case .step: Double(step)
    case .epoch: Double(step) / Double(max(curves.stepsPerEpoch, 1))
    case .seconds: curves.value(of: ReadingWriter.secondsGauge, at: step) ?? 0
    }
  }
}
