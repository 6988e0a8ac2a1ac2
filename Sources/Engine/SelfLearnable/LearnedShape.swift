/// What was done to the self-learnable activations of a network since it was made.
struct LearnedShape: Sendable, Equatable, Codable {
  /// Those that are no longer what the recipe makes them, by their numbers.
  var changed: [Int: SelfLearnableConfiguration] = [:]
  /// Of each activation the rows that stay as they are; none where nothing is frozen.
  var frozen: [FrozenRows] = []
  /// What can be undone, and done again.
  var undoable: [Turn] = []
  var redoable: [Turn] = []

  /// One activation before and after a change.
  struct Turn: Sendable, Equatable, Codable {
    var layer: Int
    var before: State
    var after: State
  }

  /// All of one activation.
  struct State: Sendable, Equatable, Codable {
    /// `nil` for that of the recipe.
    var configuration: SelfLearnableConfiguration?
    var frozen: FrozenRows
    /// Its numbers, by the names of its parameters.
    var numbers: [String: [Float]]
  }

  private static let most = 20

  mutating func note(_ turn: Turn) {
    undoable.append(turn)
    if undoable.count > Self.most { undoable.removeFirst() }
    redoable.removeAll()
  }

  func frozen(_ layer: Int) -> FrozenRows {
    frozen.indices.contains(layer) ? frozen[layer] : FrozenRows()
  }

  /// The rows of all of so many activations.
  func frozen(of count: Int) -> [FrozenRows] { (0..<count).map(frozen) }
}
