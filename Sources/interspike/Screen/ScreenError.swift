/// Why a dashboard cannot be shown.
enum ScreenError: Error, Equatable {
  case notATerminal
  /// The terminal database has no such entry.
  case unknownTerminal(name: String)
  /// The terminal cannot place its cursor.
  case noCursorAddressing(name: String)
}
