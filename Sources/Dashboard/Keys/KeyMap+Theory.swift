import Terminal

/// The keys of the Theory screen; those of the step size are those of every learning rate.
extension KeyMap {
  static let theory: [KeyBinding] = [
    binding(
      "e", "estimatornext", hint: "estimator", "the leading estimator: the next", .estimator(1)),
    binding(
      "E", "estimatorback", hint: "estimator", "the leading estimator: the one before",
      .estimator(-1)),
    binding("r", "newstart", hint: "new start", "begin anew at the next random start", .newStart),
    binding("o", "otherstart", hint: "start", "begin anew at the next kind of start", .nextStart),
    binding("m", "mode", hint: "sampled", "exact gradients, or those of batches", .mode),
    binding("b", "batchup", hint: "batch", "a larger batch: 10, 50, 1000, 100000", .batch(1)),
    binding("B", "batchdown", hint: "batch", "a smaller batch", .batch(-1)),
    binding("n", "normalise", hint: "|w|", "keep the length of w, or let it drift", .normalisation),
    KeyBinding(
      .character("+"), .character("="), name: "quicker", hint: "speed", scope: .pages([.theory]),
      "twice as many steps a second", .theory(.speed(2))),
    binding("-", "calmer", hint: "speed", "half as many steps a second", .speed(0.5)),
  ]

  private static func binding(
    _ key: Character, _ name: String, hint: String, _ description: String, _ turn: TheoryTurn
  ) -> KeyBinding {
    KeyBinding(key, name, on: .theory, hint: hint, description, .theory(turn))
  }
}
