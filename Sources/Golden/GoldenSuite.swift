package import Foundation

/// Runs golden files: finds them, picks the check by base name, and turns whatever happens into
/// an outcome.
package struct GoldenSuite: Sendable {
  package var checks: [any GoldenCheck]

  package init(checks: [any GoldenCheck]) { self.checks = checks }

  /// The checks of all formats that are known.
  package static let all = GoldenSuite(
    checks: hybridChecks(routes: [ReferenceRoute(), EngineRoute()]) + coarseGradientChecks
      + surrogateChecks + [InstabilityCheck()] + gaussianProcessChecks + selfLearnableChecks
      + inhibitoryTheoryChecks + inhibitorySimulationChecks + spikingSpeechChecks
      + spikingChecks)

  /// The checks of the hybrid-spiking system over the given routes.
  package static func hybridChecks(routes: [any HybridRoute]) -> [any GoldenCheck] {
    [
      QuantizerScalarCheck(routes: routes), QuantizerRandomCheck(routes: routes),
      QuantizerGradientCheck(routes: routes), QuantizerStochasticCheck(routes: routes),
      LMUMatricesCheck(), LMUCellCheck(routes: routes), HybridCellCheck(routes: routes),
      BaselineCellsCheck(routes: routes),
      SchedulesCheck(), MetricsCheck(routes: routes), EnergyModelCheck(), MNISTOrderCheck(),
    ]
  }

  /// Checks one file, never failing otherwise than in its outcome.
  package func check(contentsOf url: URL) -> GoldenOutcome {
    let name = url.deletingPathExtension().lastPathComponent
    guard let check = checks.first(where: { $0.covers(name) }) else { return .skipped(name: name) }
    do {
      return .checked(self.check(try GoldenValue(contentsOf: url), as: name, with: check))
    } catch {
      return .checked(GoldenResult(name: name, failure: "\(error)"))
    }
  }

  /// Checks JSON text as a file of the family `name`.
  package func check(_ data: Data, name: String) -> GoldenOutcome {
    guard let check = checks.first(where: { $0.covers(name) }) else { return .skipped(name: name) }
    do {
      return .checked(self.check(try GoldenValue(parsing: data, file: name), as: name, with: check))
    } catch {
      return .checked(GoldenResult(name: name, failure: "\(error)"))
    }
  }

  /// Checks a document as a file of the family `name`.
  package func check(_ json: GoldenJSON, name: String) -> GoldenOutcome {
    guard let check = checks.first(where: { $0.covers(name) }) else { return .skipped(name: name) }
    return .checked(self.check(GoldenValue(json, file: name), as: name, with: check))
  }

  private func check(
    _ file: GoldenValue, as name: String, with check: any GoldenCheck
  ) -> GoldenResult {
    var tally = GoldenTally()
    do {
      try check.check(file, into: &tally)
    } catch {
      return GoldenResult(name: name, failure: "\(error)")
    }
    return tally.result(name: name)
  }

  /// The files that a path stands for: itself, or every .json file below a folder, in order of
  /// their paths.
  package static func files(at url: URL) throws(GoldenError) -> [URL] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .unreadable(file: url.path, reason: "there is no such file or folder")
    }
    guard isFolder.boolValue else { return [url] }
    guard let names = FileManager.default.enumerator(atPath: url.path) else {
      throw .unreadable(file: url.path, reason: "the folder cannot be listed")
    }
    return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
      .map { url.appendingPathComponent($0) }
  }
}
