import Testing

extension PseudoTerminal {
  /// The private modes of the alternate screen, of the visible cursor, of marked pastes and of frames
  /// shown at once.
  static let alternateScreen = 1049
  static let cursor = 25
  static let markedPastes = 2004
  static let frameAtOnce = 2026
  /// Buttons and wheel of the mouse, movements while a button is held, places without a limit.
  static let mouse = [1000, 1002, 1006]

  /// The dashboard on the default experiment, in the middle of a run that does not end by itself
  /// unless it is given few epochs.
  static func training(
    epochs: Int = 5000, seed: Int = 1, _ arguments: [String] = [],
    environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["--epochs", "\(epochs)", "--seed", "\(seed)"] + arguments, environment: environment,
      columns: columns, rows: rows)
    try #require(terminal.waits(for: "/\(epochs)"), "\(terminal.screen)")
    return terminal
  }

  /// The modes of a terminal that nobody has touched.
  private static func untouchedModes() throws -> [UInt32] {
    let terminal = try PseudoTerminal(["--version"])
    #expect(terminal.waitForEnd() == .exited(0))
    return terminal.modes
  }

  /// Whether the terminal is as it was found.
  func expectRestored(at location: SourceLocation = #_sourceLocation) throws {
    let left = [Self.alternateScreen, Self.markedPastes, Self.frameAtOnce, 1] + Self.mouse
    #expect(emulator.modes.isDisjoint(with: left), sourceLocation: location)
    #expect(emulator.modes.contains(Self.cursor), sourceLocation: location)
    let untouched = try Self.untouchedModes()
    #expect(wait { $0.modes == untouched }, sourceLocation: location)
  }

  var writtenText: String { String(decoding: bytes, as: UTF8.self) }
}
