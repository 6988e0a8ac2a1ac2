import Engine
import Terminal

/// The keys of the Network screen. Small letters are more of something, capitals less.
extension KeyMap {
  static let dynamics: [KeyBinding] = [
    binding("g", "couplingup", hint: "coupling", "stronger coupling", .coupling(1)),
    binding("G", "couplingdown", hint: "coupling", "weaker coupling", .coupling(-1)),
    binding("d", "delayup", hint: "delay", "a longer delay", .delay(1)),
    binding("D", "delaydown", hint: "delay", "a shorter delay", .delay(-1)),
    binding("x", "silence", hint: "silence", "silence the chosen neurons", .silence),
    binding("z", "stimulate", hint: "stimulate", "stimulate the chosen neurons", .stimulate),
    binding("r", "freechosen", hint: "release", "release the chosen neurons", .release),
    binding("R", "freeall", hint: "release", "release all neurons", .releaseAll),
    binding("k", or: .up, "ranksup", hint: "choose", "choose neurons of higher ranks", .move(1)),
    binding(
      "j", or: .down, "ranksdown", hint: "choose", "choose neurons of lower ranks", .move(-1)),
    binding(
      "l", or: .right, "ranksmore", hint: "choose", "choose twice as many neurons", .widen(1)),
    binding("h", or: .left, "ranksless", hint: "choose", "choose half as many neurons", .widen(-1)),
    binding("n", "perturb", hint: "perturb", "perturb all potentials a little", .perturb),
    binding("i", "inputsup", hint: "in-degree", "more inputs: another network", .inDegree(1)),
    binding("I", "inputsdown", hint: "in-degree", "fewer inputs: another network", .inDegree(-1)),
    binding("e", "driveup", hint: "drive", "a higher largest excitability", .highest(1)),
    binding("E", "drivedown", hint: "drive", "a lower largest excitability", .highest(-1)),
    KeyBinding(
      .character("+"), .character("="), name: "spanless", hint: "span", scope: .pages([.dynamics]),
      "a shorter span of time", .dynamics(.span(-1))),
    binding("-", "spanmore", hint: "span", "a longer span of time", .span(1)),
    binding("*", "speedup", hint: "speed", "twice as much time a second", .speed(1)),
    binding("/", "speeddown", hint: "speed", "half as much time a second", .speed(-1)),
    binding("0", "restart", hint: "restart", "begin again with the same network", .restart),
    binding("N", "newnetwork", hint: "new", "begin with another network", .newNetwork),
  ]

  private static func binding(
    _ key: Character, or arrow: Key? = nil, _ name: String, hint: String, _ description: String,
    _ turn: DynamicsTurn
  ) -> KeyBinding {
    KeyBinding(key, or: arrow, name, on: .dynamics, hint: hint, description, .dynamics(turn))
  }
}

/// What a key does with a network that is simulated; numbers are notches, up where positive.
package enum DynamicsTurn: Sendable, Equatable {
  case coupling(Int), delay(Int), inDegree(Int), highest(Int), speed(Int)
  /// Of the view alone.
  case span(Int), move(Int), widen(Int)
  case silence, stimulate, release, releaseAll, perturb, restart, newNetwork

  /// Whether it changes the run.
  var isEdit: Bool {
    switch self {
    case .span, .move, .widen: false
    default: true
    }
  }

  /// The turn that does the same as so many of this one; `nil` where there is none.
  func repeated(_ count: Int) -> DynamicsTurn? {
    switch self {
    case .coupling(let notches): .coupling(notches * count)
    case .delay(let notches): .delay(notches * count)
    case .inDegree(let notches): .inDegree(notches * count)
    case .highest(let notches): .highest(notches * count)
    case .speed(let notches): .speed(notches * count)
    case .span(let notches): .span(notches * count)
    case .move(let notches): .move(notches * count)
    case .widen(let notches): .widen(notches * count)
    default: nil
    }
  }

  /// The action of the study that it asks for, if it is one.
  var action: String? {
    switch self {
    case .silence: InhibitoryKnobs.silence
    case .stimulate: InhibitoryKnobs.stimulate
    case .release: InhibitoryKnobs.release
    case .releaseAll: InhibitoryKnobs.releaseAll
    case .perturb: InhibitoryKnobs.perturb
    case .restart: InhibitoryKnobs.restart
    case .newNetwork: InhibitoryKnobs.newNetwork
    default: nil
    }
  }

  /// Whether what it does is done to the chosen neurons.
  var isOnChosen: Bool { [.silence, .stimulate, .release].contains(self) }
}
