extension [Double] {
  /// The first index from `start` on whose value fulfils a condition that holds for all later ones
  /// too. The search begins around `guess`: long lists are not in the processor's
  /// caches.
  func lowerBound(
    from start: Int = 0, near guess: Int? = nil, where condition: (Double) -> Bool
  ) -> Int {
    withUnsafeBufferPointer { values in
      var range = Swift.min(Swift.max(0, start), values.count)..<values.count
      if let guess, range.contains(guess) {
        range = Array.bracket(values, range, around: guess, where: condition)
      }
      var lower = range.lowerBound
      var upper = range.upperBound
      while lower < upper {
        let middle = lower + (upper - lower) / 2
        if condition(values[middle]) { upper = middle } else { lower = middle + 1 }
      }
      return lower
    }
  }

  /// Narrows a search by steps of growing length away from `guess`.
  private static func bracket(
    _ values: UnsafeBufferPointer<Double>, _ range: Range<Int>, around guess: Int,
    where condition: (Double) -> Bool
  ) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    var step = 1
    if condition(values[guess]) {
      upper = guess
      while upper - step >= lower, condition(values[upper - step]) {
        upper -= step
        step *= 2
      }
      return Swift.max(lower, upper - step + 1)..<upper
    }
    lower = guess + 1
    while lower + step < upper, !condition(values[lower + step]) {
      lower += step + 1
      step *= 2
    }
    return lower..<Swift.min(upper, lower + step)
  }
}
