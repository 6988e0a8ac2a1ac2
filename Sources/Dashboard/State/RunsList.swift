import Runs

/// The stored runs as the Runs screen lists and compares them.
package struct RunsList: Sendable, Equatable {
  /// What the list is sorted by.
  package enum Order: String, Sendable, Equatable, CaseIterable {
    case newest, spiking, nonSpiking, bits, name

    var title: String {
      switch self {
      case .newest: "newest"
      case .spiking: "spiking accuracy"
      case .nonSpiking: "accuracy at w = infinity"
      case .bits: "fewest bits"
      case .name: "name"
      }
    }
  }

  /// What is compared.
  package enum Metric: String, Sendable, Equatable, CaseIterable {
    case spiking = "validation.spiking.accuracy"
    case nonSpiking = "validation.nonSpiking.accuracy"
    case loss = "loss"
    case bits = "validation.weighted.bitsRange"
    case significantBits = "validation.weighted.significantBits"
    case rate = "validation.weighted.spikeRate"

    var title: String {
      switch self {
      case .spiking: "spiking accuracy %"
      case .nonSpiking: "accuracy % at w = infinity"
      case .loss: "training loss"
      case .bits: "bits (range)"
      case .significantBits: "significant bits"
      case .rate: "spike rate"
      }
    }

    /// What values are multiplied by.
    var factor: Double {
      switch self {
      case .spiking, .nonSpiking: 100
      default: 1
      }
    }
  }

  /// What the curves stand over.
  package enum Axis: String, Sendable, Equatable, CaseIterable {
    case step, epoch, seconds, w
  }

  /// Most runs that are compared at once: as many as are still told apart.
  static let mostMarked = 6

  /// All runs, the newest first; `nil` before they were read.
  private(set) var entries: [RunEntry]?
  /// The folder of the chosen run.
  private(set) var selected: String?
  /// The folders of the runs that are compared, in the order in which they were marked.
  private(set) var marked: [String] = []
  private(set) var curves: [String: RunCurves] = [:]
  var order = Order.newest
  var metric = Metric.spiking
  var axis = Axis.step
  /// The first run in view, as far as the chosen one is in view then.
  var firstRow = 0
  /// Words that the runs shown must contain.
  var filter = ""

  /// The runs to show, in their order.
  var shown: [RunEntry] {
    let words = filter.lowercased().split(separator: " ")
    let found = (entries ?? []).filter { entry in
      let text = ([entry.name, entry.experiment, entry.state, entry.note] + entry.tags)
        .joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    let falling = { (value: (RunEntry) -> Double?) in
      found.sorted { (value($0) ?? -.infinity) > (value($1) ?? -.infinity) }
    }
    switch order {
    case .newest: return found
    case .spiking: return falling(\.spiking)
    case .nonSpiking: return falling(\.nonSpiking)
    case .bits: return falling { $0.bits.map { -$0 } }
    case .name: return found.sorted { $0.name < $1.name }
    }
  }

  /// The place of the chosen run among those shown.
  var selectedIndex: Int? {
    let shown = shown
    guard !shown.isEmpty else { return nil }
    return shown.firstIndex { $0.folder == selected } ?? 0
  }

  var selectedEntry: RunEntry? { selectedIndex.map { shown[$0] } }

  mutating func list(_ entries: [RunEntry]) {
    self.entries = entries
    let folders = Set(entries.map(\.folder))
    marked.removeAll { !folders.contains($0) }
    curves = curves.filter { folders.contains($0.key) }
  }

  mutating func select(_ index: Int) {
    let shown = shown
    selected = shown.isEmpty ? nil : shown[min(max(index, 0), shown.count - 1)].folder
  }

  /// Marks a run or takes the mark from it; `false` where there are too many.
  mutating func toggleMark(_ folder: String) -> Bool {
    if let index = marked.firstIndex(of: folder) {
      marked.remove(at: index)
      return true
    }
    guard marked.count < Self.mostMarked else { return false }
    marked.append(folder)
    return true
  }

  mutating func take(_ curves: RunCurves) { self.curves[curves.folder] = curves }

  /// Settings in which the marked runs differ, with the value of each; those that have not been
  /// read have none.
  var differences: [(key: String, values: [String])] {
    let settings = marked.map { curves[$0]?.settings ?? [:] }
    let keys = Set(settings.flatMap(\.keys)).sorted()
    return keys.compactMap { key in
      let values = settings.map { $0[key] ?? "-" }
      return Set(values).count > 1 ? (key, values) : nil
    }
  }
}
