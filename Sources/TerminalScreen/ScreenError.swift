/// Why a dashboard cannot be shown.
package enum ScreenError: Error, Equatable {
  case notATerminal
  /// Nothing can be read from the terminal.
  case noKeyboard
  /// The terminal database has no such entry.
  case unknownTerminal(name: String)
  /// The terminal cannot place its cursor.
  case noCursorAddressing(name: String)
  /// A call of the operating system failed where it never should.
  case system(call: String, number: Int32)
}
