/// Repeatable pseudo-random numbers for tests.
struct TestRandom {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// 0..<1.
  mutating func unit() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 24)
  }

  mutating func below(_ bound: Int) -> Int {
    min(Int(unit() * Double(bound)), bound - 1)
  }
}
