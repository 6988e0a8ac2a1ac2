package import Terminal

extension NcursesScreen {
  /// What was typed since the last call.
  package struct Typing {
    package var keys: [Key] = []
    /// Whether text was pasted: it is no sequence of keys, and left out.
    package var hasPasted = false
  }

  /// Longest pause within a pasted text: its end may be lost on the way.
  private static let pastePause = Duration.seconds(1)

  package func readKeys() -> Typing {
    let now = ContinuousClock.now
    if let end = pasteEnd { pasteEnd = now < end ? now + Self.pastePause : nil }
    var typing = Typing()
    for input in KeyReader.readAll() {
      switch input {
      case .key(let key): if pasteEnd == nil { typing.keys.append(key) }
      case .synchronizes(let does): extensions.synchronizes = does
      case .pasteBegan:
        typing.hasPasted = true
        pasteEnd = now + Self.pastePause
      case .pasteEnded: pasteEnd = nil
      }
    }
    return typing
  }

  /// Lines that were written past the screen since the last call.
  package func takeHeldLines() -> [String] { held.take() }
}
