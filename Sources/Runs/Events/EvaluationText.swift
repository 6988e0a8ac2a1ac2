package import Engine

/// The results of measuring a stored run once more, printed for reading or as JSON.
package struct EvaluationText {
  private let evaluation: Evaluation
  private let samples: Int
  private let sites: [(id: String, w: Double)]
  private let run: String
  private let checkpoint: String
  /// What was measured, where it is a file of the user's own.
  private let file: String?
  private let regimeNames: (spiking: String, nonSpiking: String)

  package static let standardNames = (spiking: "spiking", nonSpiking: "non-spiking")

  /// - Parameters:
  ///   - sites: the quantized sites with their w
  ///   - run: the folder of the run
  ///   - file: the values that were measured, where they are no part of the run's own data
  ///   - regimeNames: what the results are called
  package init(
    _ evaluation: Evaluation, samples: Int, sites: [(id: String, w: Double)], run: String,
    checkpoint: String, file: String?,
    regimeNames: (spiking: String, nonSpiking: String) = EvaluationText.standardNames
  ) {
    self.evaluation = evaluation
    self.samples = samples
    self.sites = sites
    self.run = run
    self.checkpoint = checkpoint
    self.file = file
    self.regimeNames = regimeNames
  }

  /// One object: the event `evaluated` with what it was measured on at its end.
  package var json: String {
    var object = EventEncoder.object(evaluated: evaluation)
    var resolutions = JSONObject()
    for site in sites { resolutions[site.id] = .number(site.w) }
    object["w"] = .object(resolutions)
    object["samples"] = .integer(samples)
    object["step"] = .integer(evaluation.step)
    object["run"] = .string(run)
    object["checkpoint"] = .string(checkpoint)
    object["values"] = file.map(JSONValue.string)
    return JSONValue.object(object).text
  }

  /// Lines without their ends.
  package func lines(colour: Bool) -> [String] {
    let style = PlainStyle(colour: colour)
    let name = file == nil ? evaluation.split.rawValue : "file"
    let resolutions = sites.map { "w \($0.id) \(PlainText.significant($0.w))" }
    var lines = [
      style.title(run), "checkpoint \(checkpoint)",
      ([
        "epoch \(evaluation.epoch)", "step \(evaluation.step)",
      ] + resolutions + ["\(samples) samples of \(file ?? "the \(name) part")"])
      .joined(separator: ", "),
    ]
    let results = PlainResults(
      style: style,
      sites: sites.map { StudySummary.Site(id: $0.id, title: $0.id, units: 0) },
      width: PlainPrinter.width, regimeNames: regimeNames, title: name)
    lines += results.tables(
      evaluation.metrics.map {
        Reading("test.\($0.gauge)", $0.last)
      })
    return lines
  }
}
