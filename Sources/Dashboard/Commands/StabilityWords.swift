import Engine

/// What is typed to ask for a test of stability: `[NAME] [RATE] [EPOCHS]`, or `off`.
package enum StabilityWords: Sendable, Equatable {
  /// What is not said is as in the last test.
  case begin(surrogate: String?, rate: Double?, epochs: Int?)
  /// Give up the test that goes on.
  case end

  static let usage = "[NAME] [RATE] [EPOCHS], or off"
  static let endWord = "off"

  init(_ words: [String]) throws(CommandError) {
    if words == [Self.endWord] {
      self = .end
      return
    }
    guard words.count <= 3 else { throw .usage }
    var (rate, epochs): (Double?, Int?) = (nil, nil)
    if words.count > 1 {
      rate = Double(words[1])
      guard rate?.isFinite == true else { throw .notNumber(words[1]) }
    }
    if words.count > 2 {
      epochs = Int(words[2])
      guard epochs != nil else { throw .notNumber(words[2]) }
    }
    self = .begin(surrogate: words.first, rate: rate, epochs: epochs)
  }
}
