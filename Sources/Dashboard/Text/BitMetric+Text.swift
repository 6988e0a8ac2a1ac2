import Engine

extension BitMetric {
  /// A short name for titles.
  var title: String {
    switch self {
    case .bitsRange: "range"
    case .bitsDistinct: "distinct"
    case .bitsEntropy: "entropy"
    case .bitsCapacity: "capacity"
    case .significantBits: "significant"
    case .significantBitsSigned: "significant, signed"
    case .popcount: "one-bits"
    case .spikeRate: "spike rate"
    case .zeroFraction: "zero share"
    }
  }

  /// What is measured on the counts n of a unit; hybrid-spiking specification, section 6.1.
  var explanation: String {
    switch self {
    case .bitsRange: "log2(max n - min n + 1)"
    case .bitsDistinct: "log2 of the distinct values"
    case .bitsEntropy: "entropy of the values"
    case .bitsCapacity: "log2 of the levels that w allows"
    case .significantBits: "mean bit length of |n|"
    case .significantBitsSigned: "mean bit length of |n| and a sign"
    case .popcount: "mean one-bits of |n|"
    case .spikeRate: "mean |n| a step"
    case .zeroFraction: "share of n = 0"
    }
  }
}
