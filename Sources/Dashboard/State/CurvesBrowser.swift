import Engine

/// What is looked at of learned activations: the looks that came, and what of them is chosen.
package struct CurvesBrowser: Sendable, Equatable {
  /// The last look of each epoch, the oldest first; of long runs every second one, and so on.
  private(set) var looks: [CurvesReport] = []
  /// How many looks before the newest one is shown.
  private(set) var back = 0
  /// Which curve is chosen, by its id; the first one where there is no such.
  private var selected: String?
  /// Whether the chosen curve is shown alone.
  var isAlone = false
  /// The row of the data to explain.
  var example = CurvesRequest.ExampleChoice.row(0)
  /// Which known function is the next to begin like.
  var knownIndex = 0
  /// The control point that is held.
  package internal(set) var grip: CurveGrip?

  static let mostLooks = 200
  private static let leastLooks = 10
  private static let keptCurves = 20_000

  /// A new look; it takes the place of the last one of the same epoch.
  mutating func take(_ look: CurvesReport) {
    let before = looks.count
    // After a step back to a checkpoint what came later is none of the run.
    looks.removeAll { $0.step > look.step }
    // The very first look stays.
    if let last = looks.last, last.step == look.step || last.epoch == look.epoch && looks.count > 1
    {
      looks.removeLast()
    }
    looks.append(look)
    if back > 0 { back = min(max(0, back + looks.count - before), looks.count - 1) }
    // So that all of them together have about as many curves, however large a network is.
    let most = min(Self.mostLooks, max(Self.leastLooks, Self.keptCurves / (look.curves.count + 1)))
    guard looks.count > most else { return }
    let last = looks.count - 1
    looks = looks.enumerated().filter { $0.offset % 2 == 0 || $0.offset == last }.map(\.element)
    back = min(back / 2, looks.count - 1)
  }

  mutating func forget() { self = CurvesBrowser() }

  /// The look that is shown.
  var shown: CurvesReport? {
    looks.isEmpty ? nil : looks[looks.count - 1 - min(back, looks.count - 1)]
  }

  /// Goes so many looks further back; `false` where there are none.
  mutating func goBack(by distance: Int) -> Bool {
    let next = min(max(back + distance, 0), max(0, looks.count - 1))
    defer { back = next }
    return next != back
  }

  /// The place of the chosen curve among those shown.
  var place: Int {
    guard let shown, let selected else { return 0 }
    return shown.curves.firstIndex { $0.id == selected } ?? 0
  }

  var curve: CurveReport? {
    guard let shown, shown.curves.indices.contains(place) else { return nil }
    return shown.curves[place]
  }

  /// The layer of the chosen curve: its id begins with that of the layer.
  var layer: CurveLayerReport? {
    guard let shown, let curve else { return nil }
    return shown.layers.first { curve.id == $0.id || curve.id.hasPrefix($0.id + ".") }
      ?? shown.layers.first
  }

  /// Chooses a curve by its place; `false` where there is none.
  mutating func choose(_ place: Int) -> Bool {
    guard let shown, shown.curves.indices.contains(place), place != self.place else {
      return false
    }
    selected = shown.curves[place].id
    return true
  }

  /// What each look had of a number, the oldest first.
  func course(_ number: (CurvesReport) -> Double?) -> [Double] { looks.compactMap(number) }
}

/// A control point that is held and moved by keys.
package struct CurveGrip: Sendable, Equatable {
  package let curve: String
  package var point: Int
  /// Its height now, and when it was grabbed.
  package var height: Double
  package var original: Double
  /// What one notch moves it by.
  let notch: Double
  /// Whether the run went on before it was grabbed: it goes on when it is let go.
  let wasRunning: Bool
}
