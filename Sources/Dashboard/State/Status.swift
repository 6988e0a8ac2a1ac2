/// What the status line says for a while.
package struct Status: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case notice, error

    /// Seconds that a status stays when nothing replaces it.
    var lifetime: Double {
      switch self {
      case .notice: 6
      case .error: 30
      }
    }
  }

  package var text: String
  package var kind: Kind
  /// When it was said, on the dashboard's clock.
  package var since: Double
}

/// One line of the log page.
package struct LogEntry: Sendable, Equatable {
  package enum Kind: String, Sendable, Equatable {
    case run, edit, result, save, error
  }

  package var seconds: Double
  package var step: Int
  package var kind: Kind
  package var text: String
}
