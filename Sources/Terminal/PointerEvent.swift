/// What the pointer of a mouse did over the screen. Only its left button and its wheel count.
package struct PointerEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The button went down, moved while it was down, and was let go.
    case press, drag, release
    /// The wheel turned by so many notches, downwards above 0.
    case wheel(Int)
  }

  package var kind: Kind
  /// The cell under the pointer.
  package var place: Point

  package init(_ kind: Kind, at place: Point) {
    self.kind = kind
    self.place = place
  }

  /// The one event that does the same as this one and then another; `nil` when there is none.
  package func merged(with next: PointerEvent) -> PointerEvent? {
    switch (kind, next.kind) {
    case (.drag, .drag): next
    case (.wheel(let first), .wheel(let second)) where place == next.place:
      PointerEvent(.wheel(first + second), at: place)
    default: nil
    }
  }
}
