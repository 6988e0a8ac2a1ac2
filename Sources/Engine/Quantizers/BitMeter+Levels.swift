/// What the histograms say of levels and of single units.
extension BitMeter {
  /// A unit is saturated where one count other than 0 has this share of its steps.
  private static let saturation = 0.95

  /// The lowest level seen, the shares of all levels from there to the highest over all units, and
  /// how many units are dead or saturated; `nil` where nothing was seen.
  var levels: (lowest: Int, shares: [Double], dead: Int, saturated: Int)? {
    guard observations > 0, units > 0 else { return nil }
    let contents = contents
    let bins = contents.count / units
    var totals = [Double](repeating: 0, count: bins)
    var (dead, saturated) = (0, 0)
    for unit in 0..<units {
      var largest: Float = 0
      for bin in 0..<bins {
        let count = contents[unit * bins + bin]
        totals[bin] += Double(count)
        if bin != bins / 2 { largest = max(largest, count) }
      }
      if largest == 0 { dead += 1 }
      if Double(largest) >= Self.saturation * Double(observations) { saturated += 1 }
    }
    guard let first = totals.firstIndex(where: { $0 > 0 }),
      let last = totals.lastIndex(where: { $0 > 0 })
    else { return nil }
    let sum = Double(observations) * Double(units)
    return (first - bins / 2, totals[first...last].map { $0 / sum }, dead, saturated)
  }
}
