import Engine
import Experiments
import Foundation
import Testing

/// The real data, where a developer has them: in `INTERSPIKE_DATA` or beside the package.
private let realData = DataLocations(
  option: URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../shared/data")
    .standardizedFileURL.path,
  environment: ["INTERSPIKE_DATA": ProcessInfo.processInfo.environment["INTERSPIKE_DATA"] ?? ""])

@Suite(
  .enabled(
    if: (try? realData.find(DataCatalogue.banknote)) != nil,
    "SKIPPED: no banknote.csv in INTERSPIKE_DATA or ../shared/data"))
struct BanknoteTests {
  /// 100 % on the fixed split by the specification of self-learnable activations, 7.
  @Test func `nine units with learned activations tell all banknotes apart`() throws {
    let experiment = try ExperimentFile.load(
      "slaf-banknote", overrides: .init(seed: 1, epochs: nil))
    let study = try FeedForwardStudy(
      name: experiment.name, configuration: experiment.feedForward,
      images: experiment.feedForward.loadImages(from: realData, seed: experiment.seed),
      seed: experiment.seed, threads: 1)
    var end: Conclusion?
    while end == nil {
      for case .ended(let conclusion) in try study.advance(within: .seconds(1)) {
        end = conclusion
      }
    }
    let score = end?.metrics.first { $0.gauge == "test.nonSpiking.accuracy" }
    #expect(end?.outcome == .completed)
    #expect(try #require(score).last >= 0.996)
  }
}
