import Terminal

/// Reads control sequences, `ESC [` and what follows, that ncurses does not take for keys: those of
/// the mouse become events, and all others are left out, so that no part of them is taken for keys.
///
/// A mouse says `ESC [ < button ; column ; row M`, with `m` when the button is let go (mode 1006 of
/// xterm). Terminals without that form say `ESC [ M` and three characters, which do not reach far and
/// are left out.
struct SequenceReader {
  private enum State {
    case idle
    /// Within a sequence, after so much of it; `nil` where it has become too long for one of a mouse.
    case sequence([UInt8]?)
    /// Within the old form, before so many characters.
    case oldForm(left: Int)
  }

  /// What became of a character.
  enum Outcome: Equatable {
    /// It belongs to no sequence.
    case key
    case swallowed
    case event(PointerEvent)
  }

  private var state = State.idle
  /// Until when the rest of a sequence is waited for.
  private var end: ContinuousClock.Instant?

  /// The rest of a sequence may be late, or lost on the way.
  private static let patience = Duration.seconds(1)
  private static let longest = 32

  /// Begins with what follows `ESC [`, or with what follows `ESC [ <` where ncurses knew that.
  mutating func begin(after start: String = "", at now: ContinuousClock.Instant) {
    state = .sequence(Array(start.utf8))
    end = now + Self.patience
  }

  /// Begins with what follows `ESC [ M`.
  mutating func beginOldForm(at now: ContinuousClock.Instant) {
    state = .oldForm(left: 3)
    end = now + Self.patience
  }

  /// Gives up a sequence: of one that another key interrupts, or whose rest did not come.
  mutating func abandon() { (state, end) = (.idle, nil) }

  mutating func abandonIfLate(at now: ContinuousClock.Instant) {
    if let end, now >= end { abandon() }
  }

  /// Takes the next character.
  mutating func take(_ character: UInt32) -> Outcome {
    switch state {
    case .idle: return .key
    case .oldForm(let left):
      if left > 1 { state = .oldForm(left: left - 1) } else { abandon() }
      return .swallowed
    case .sequence(let body):
      guard let byte = UInt8(exactly: character), (0x20...0x7E).contains(byte) else {
        abandon()
        return .key
      }
      guard byte >= 0x40 else {
        state = .sequence(body.flatMap { $0.count < Self.longest ? $0 + [byte] : nil })
        return .swallowed
      }
      abandon()
      return body.flatMap { Self.event($0, final: byte) }.map(Outcome.event) ?? .swallowed
    }
  }

  // MARK: The mouse

  /// Bits of the number of a button.
  private enum Bits {
    static let button = 0b1100_0011
    static let motion = 0b10_0000
    static let wheelUp = 64
    static let wheelDown = 65
  }

  /// The event that `< button ; column ; row` and a final `M` or `m` stand for; `nil` for anything
  /// else, and for what the program has no use for.
  private static func event(_ body: [UInt8], final: UInt8) -> PointerEvent? {
    guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m"),
      body.first == UInt8(ascii: "<")
    else { return nil }
    let parts = String(decoding: body.dropFirst(), as: UTF8.self)
      .split(separator: ";", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 3, numbers.count == 3, (0...255).contains(numbers[0]),
      (1...farthest).contains(numbers[1]), (1...farthest).contains(numbers[2])
    else { return nil }
    let place = Point(column: numbers[1] - 1, row: numbers[2] - 1)
    let isReleased = final == UInt8(ascii: "m")
    let isMoving = numbers[0] & Bits.motion != 0
    switch numbers[0] & Bits.button {
    case 0: return PointerEvent(isReleased ? .release : isMoving ? .drag : .press, at: place)
    case Bits.wheelUp where !isReleased: return PointerEvent(.wheel(-1), at: place)
    case Bits.wheelDown where !isReleased: return PointerEvent(.wheel(1), at: place)
    default: return nil
    }
  }

  /// No screen is wider or higher.
  private static let farthest = 10_000
}
