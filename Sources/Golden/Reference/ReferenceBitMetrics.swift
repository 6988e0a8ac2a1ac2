import Foundation

/// The bit metrics of one unit's integer counts (hybrid-spiking specification, section 6.1).
package struct ReferenceBitMetrics: Sendable, Equatable {
  /// n of each step; at least one.
  package let counts: [Int]

  package init(_ counts: [Int]) { self.counts = counts }

  /// max n - min n + 1
  package var levelsRange: Double {
    Double(counts.max() ?? 0) - Double(counts.min() ?? 0) + 1
  }
  package var levelsDistinct: Double { Double(Set(counts).count) }
  package var bitsRange: Double { log2(levelsRange) }
  package var bitsDistinct: Double { log2(levelsDistinct) }

  /// -sum p log2 p of the empirical distribution.
  package var bitsEntropy: Double {
    let occurrences = Dictionary(counts.map { ($0, 1.0) }, uniquingKeysWith: +)
    return occurrences.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
      let p = entry.value / Double(counts.count)
      return sum - p * log2(p)
    }
  }

  /// Mean bit length of |n|.
  package var significantBits: Double { mean(Self.bitLength) }

  /// The same plus one for every non-zero n if any n is negative.
  package var significantBitsSigned: Double {
    guard counts.contains(where: { $0 < 0 }) else { return significantBits }
    return mean { Self.bitLength($0) + ($0 == 0 ? 0 : 1) }
  }

  /// Mean number of one-bits of |n|: additions of a shift-and-add product.
  package var popcount: Double { mean { Double($0.magnitude.nonzeroBitCount) } }
  package var log2OnePlus: Double { mean { log2(Double($0.magnitude) + 1) } }
  /// Mean |n|.
  package var spikeRate: Double { mean { Double($0.magnitude) } }
  package var zeroFraction: Double { mean { $0 == 0 ? 1 : 0 } }

  /// 0 for 0, 1 for 1, 2 for 2 and 3, 3 for 4 to 7, ...
  package static func bitLength(_ count: Int) -> Double {
    Double(UInt.bitWidth - count.magnitude.leadingZeroBitCount)
  }

  private func mean(_ value: (Int) -> Double) -> Double {
    counts.reduce(0) { $0 + value($1) } / Double(counts.count)
  }
}

/// Operations that units cause downstream, summed over units and steps (section 6.1).
package struct ReferenceOperations: Sendable, Equatable {
  /// Weights met by a non-zero count.
  package var events = 0.0
  /// Additions if every spike of a count is sent alone.
  package var unitOps = 0.0
  /// Additions if a count is multiplied by shift and add.
  package var shiftAdds = 0.0
  /// Products of a dense layer that looks at no counts.
  package var dense = 0.0

  package init(events: Double, unitOps: Double, shiftAdds: Double, dense: Double) {
    self.events = events
    self.unitOps = unitOps
    self.shiftAdds = shiftAdds
    self.dense = dense
  }

  /// `units` are the counts of each unit over the steps, `fanOut` the weights each one meets.
  package init(units: [[Int]], fanOut: [Double]) {
    for (counts, fanOut) in zip(units, fanOut) {
      for count in counts {
        events += count == 0 ? 0 : fanOut
        unitOps += fanOut * Double(count.magnitude)
        shiftAdds += fanOut * Double(count.magnitude.nonzeroBitCount)
        dense += fanOut
      }
    }
  }
}
