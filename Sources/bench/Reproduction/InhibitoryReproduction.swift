import ArgumentParser
import Engine
import Foundation
import Golden
import Runs

/// The experiments of inhibitory networks, one for each claim of Luccioli, Angulo-Garcia and Torcini
/// 2019, beside what others found with other random numbers. Goes on with the network where it was
/// stopped.
struct InhibitoryReproduction {
  private let experiments: [InhibitoryExperiment]
  private let ensembles: GoldenValue
  private let seed: UInt64
  private let folder: String
  private let limit: Double?

  /// - Parameters:
  ///   - ensembles: path of the golden file.
  ///   - minutes: after which no network is begun any more.
  init(
    _ experiments: [InhibitoryExperiment], ensembles: String, seed: UInt64, folder: String,
    minutes: Double?
  ) throws {
    self.experiments = experiments
    do {
      self.ensembles = try GoldenValue(contentsOf: URL(fileURLWithPath: ensembles))
    } catch {
      throw ValidationError("\(ensembles) \(error)")
    }
    (self.seed, self.folder) = (seed, folder)
    limit = minutes.map { $0 * 60 }
  }

  /// Every network of every experiment, and the tables; ends early where time is up.
  func run() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var records = try InhibitoryRecords(at: folder + "/networks.tsv")
    var spent = 0.0
    for experiment in experiments {
      let points = try experiment.points(in: ensembles)
      for (number, point) in points.enumerated() {
        for network in 0..<point.networks where !records.has(point, network, seed: seed) {
          if let limit, spent > limit {
            print("stopped at \(experiment.rawValue), \(number) of \(points.count) settings done")
            return print("the same command goes on")
          }
          var found: [EnsemblePoint.Quantity: Double] = [:]
          let seconds = try Measurement.seconds {
            let drawn = point.network(network, seed: seed)
            var simulation = try InhibitorySimulation(
              drawn, coupling: point.coupling, delay: point.delay)
            found = point.measure(drawn, &simulation)
          }
          spent += seconds
          try records.add(found, point, network, seed: seed, seconds: seconds)
          print(
            "\(experiment.rawValue) \(number + 1)/\(points.count) network \(network + 1)",
            "\(point.id)  \(seconds.fixed(1)) s")
          fflush(nil)
        }
      }
      try report(experiment, points, records)
    }
  }

  private func report(
    _ experiment: InhibitoryExperiment, _ points: [EnsemblePoint], _ records: InhibitoryRecords
  ) throws {
    let table = InhibitoryTable(
      experiment: experiment,
      rows: points.map { InhibitoryTable.Row(point: $0, found: records.found($0, seed: seed)) })
    print(table.text)
    try DurableFile.write(
      Array((table.text + "\n").utf8), to: "\(folder)/\(experiment.rawValue).md")
  }
}
