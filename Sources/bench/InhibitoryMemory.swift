import Engine
import Foundation

/// Time and memory of the largest networks.
enum InhibitoryMemory {
  static func measure(threads: Int) throws {
    let networks: [(neurons: Int, connectivity: InhibitoryNetwork.Connectivity)] = [
      (1_000_000, .global), (200_000, .sparse(inDegree: 100)),
    ]
    for (neurons, connectivity) in networks {
      var simulation: InhibitorySimulation?
      let built = try Measurement.seconds {
        let network = try InhibitoryNetwork.make(
          neurons: neurons, connectivity: connectivity, seed: 1)
        simulation = try InhibitorySimulation(
          network, coupling: 1, delay: 0.1, threads: threads)
      }
      guard let simulation else { continue }
      let length = 10.0
      let seconds = Measurement.seconds { simulation.advance(to: length) }
      print(
        "N \(neurons) K \(simulation.network.inDegree) threads \(simulation.threads):",
        "built in \(built.fixed(2)) s, a unit of time in \((seconds / length).fixed(4)) s,",
        "\(simulation.spikes) spikes, peak of the process \(peak()) MiB")
    }
  }

  /// Largest resident memory so far, in MiB.
  private static func peak() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) / 1024
  }
}
