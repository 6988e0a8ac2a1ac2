package import Terminal

extension NcursesScreen {
  /// What was typed, and done with the mouse, since the last call.
  package struct Typing {
    package var inputs: [Input] = []
    /// Whether text was pasted: it is no sequence of keys, and left out.
    package var hasPasted = false

    package enum Input: Equatable {
      /// Keys with nothing between them.
      case keys([Key])
      case pointer(PointerEvent)
    }

    mutating func append(_ key: Key) {
      if case .keys(let keys) = inputs.last {
        inputs[inputs.count - 1] = .keys(keys + [key])
      } else {
        inputs.append(.keys([key]))
      }
    }

    /// A fast movement makes more events than a frame can show: those that go on are taken as one.
    mutating func append(_ event: PointerEvent) {
      if case .pointer(let last) = inputs.last, let merged = last.merged(with: event) {
        inputs[inputs.count - 1] = .pointer(merged)
      } else {
        inputs.append(.pointer(event))
      }
    }
  }

  /// Longest pause within a pasted text: its end may be lost on the way.
  private static let pastePause = Duration.seconds(1)

  package func readKeys() -> Typing {
    let now = ContinuousClock.now
    if let end = pasteEnd { pasteEnd = now < end ? now + Self.pastePause : nil }
    var typing = Typing()
    for input in KeyReader.readAll(&sequences, at: now) {
      switch input {
      case .key(let key): if pasteEnd == nil { typing.append(key) }
      case .pointer(let event): if pasteEnd == nil && hasMouse { typing.append(event) }
      case .synchronizes(let does): extensions.synchronizes = does
      case .pasteBegan:
        typing.hasPasted = true
        pasteEnd = now + Self.pastePause
      case .pasteEnded: pasteEnd = nil
      }
    }
    return typing
  }

  /// Whether the terminal tells what the mouse does.
  package var hasMouse: Bool { extensions.tracksMouse }

  /// Lines that were written past the screen since the last call.
  package func takeHeldLines() -> [String] { held.take() }
}
