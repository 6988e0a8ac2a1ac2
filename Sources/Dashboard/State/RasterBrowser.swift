import Engine
import Terminal

/// The rasters that came, and how the Raster screen looks into them.
package struct RasterBrowser: Sendable, Equatable {
  /// What the units are sorted by.
  enum Order: String, Sendable, Equatable, CaseIterable {
    case index, rate, firstSpike, variation, similarity

    var title: String {
      switch self {
      case .index: "index"
      case .rate: "rate"
      case .firstSpike: "first spike"
      case .variation: "variation of intervals"
      case .similarity: "likeness to the chosen unit"
      }
    }
  }

  /// Which units are shown.
  enum Selection: String, Sendable, Equatable, CaseIterable {
    case all, active, dead, saturated, watched
  }

  /// The latest rasters of each site, the newest last.
  private(set) var captures: [String: [Raster]] = [:]
  /// How many captures ago the one shown came.
  var back = 0
  /// Whether those that come are left out, so that one can be looked at.
  var isFrozen = false
  var order = Order.index
  var selection = Selection.all
  /// The chosen unit of each site.
  private(set) var units: [String: Int] = [:]
  /// Units to keep watching, by site, with their rates over the steps of the training.
  private(set) var watched: [String: [Int: Series]] = [:]
  var isDetailed = false

  /// Most captures of a site, and most bytes of them.
  private static let mostCaptures = 64
  private static let mostBytes = 16 << 20

  mutating func take(_ raster: Raster) {
    // What was never seen is let in even so.
    let last = captures[raster.site]?.last
    guard
      !isFrozen || last == nil || last?.sample != raster.sample || last?.samples != raster.samples
    else { return }
    let size = raster.values.count * 4
    let most = max(2, min(Self.mostCaptures, Self.mostBytes / max(size, 1)))
    captures[raster.site, default: []].append(raster)
    let surplus = max(0, captures[raster.site, default: []].count - most)
    captures[raster.site]?.removeFirst(surplus)
    // Whoever looks back keeps looking at the same one while it is there.
    if back > 0 { back = min(back + 1, most - 1) }
    for unit in (watched[raster.site] ?? [:]).keys {
      let rate = UnitStatistics(raster.values(of: unit)).rate
      watched[raster.site]?[unit]?.append(x: Double(raster.step), y: rate)
    }
  }

  /// The raster of a site that is looked at.
  func shown(_ site: String) -> Raster? {
    let all = captures[site] ?? []
    return all.isEmpty ? nil : all[max(0, all.count - 1 - back)]
  }

  func count(of site: String) -> Int { captures[site]?.count ?? 0 }

  func unit(of site: String) -> Int { units[site] ?? 0 }

  mutating func choose(_ unit: Int, of site: String) { units[site] = unit }

  func isWatched(_ unit: Int, of site: String) -> Bool { watched[site]?[unit] != nil }

  /// Begins to watch the chosen unit, from the captures that are there on, or ends it.
  mutating func toggleWatch(of site: String) -> Bool {
    let unit = unit(of: site)
    if watched[site]?.removeValue(forKey: unit) != nil { return false }
    watched[site, default: [:]][unit] = rates(of: unit, site)
    return true
  }

  /// The rate of a unit over the steps at which it was captured.
  func rates(of unit: Int, _ site: String) -> Series {
    if let series = watched[site]?[unit] { return series }
    return Series(
      (captures[site] ?? []).map {
        (x: Double($0.step), y: UnitStatistics($0.values(of: unit)).rate)
      })
  }

  /// The units of a raster that are shown, in their order.
  func rows(of raster: Raster) -> [Int] {
    if order == .index && selection == .all { return Array(0..<raster.units) }
    let statistics = UnitStatistics.all(of: raster)
    let kept = statistics.indices.filter { unit in
      switch selection {
      case .all: true
      case .active: !statistics[unit].isDead
      case .dead: statistics[unit].isDead
      case .saturated: statistics[unit].isSaturated
      case .watched: isWatched(unit, of: raster.site)
      }
    }
    let rising = { (key: (Int) -> Double) in
      kept.map { (unit: $0, key: key($0)) }
        .sorted { ($0.key, $0.unit) < ($1.key, $1.unit) }.map(\.unit)
    }
    switch order {
    case .index: return kept
    case .rate: return rising { -statistics[$0].rate }
    case .firstSpike: return rising { Double(statistics[$0].firstSpike ?? raster.steps) }
    case .variation: return rising { -(statistics[$0].intervalVariation ?? -1) }
    case .similarity:
      let chosen = raster.values(of: unit(of: raster.site))
      return rising { -Self.correlation(raster.values(of: $0), chosen) }
    }
  }

  /// Pearson's correlation; 0 where one of both never changes.
  static func correlation(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Double {
    let count = Double(max(1, min(left.count, right.count)))
    var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (x, y) in zip(left, right) {
      let (x, y) = (Double(x), Double(y))
      (a, b, aa, bb, ab) = (a + x, b + y, aa + x * x, bb + y * y, ab + x * y)
    }
    let spread = (aa - a * a / count) * (bb - b * b / count)
    return spread > 0 ? (ab - a * b / count) / spread.squareRoot() : 0
  }
}

extension Raster {
  /// What a unit emits, step by step; nothing for one that there is not.
  func values(of unit: Int) -> ArraySlice<Float> {
    let start = unit * steps
    guard unit >= 0, steps > 0, start + steps <= values.count else { return [] }
    return values[start..<start + steps]
  }
}
