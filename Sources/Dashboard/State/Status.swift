/// What the status line says for a while.
package struct Status: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case notice
    /// An order to the run that is not done yet.
    case asked
    case warning, error

    /// Seconds that a status stays when nothing replaces it.
    var lifetime: Double {
      switch self {
      case .notice: 6
      case .asked: 60
      case .warning: 12
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
    case run, edit, result, save, program, warning, error
  }

  package var seconds: Double
  package var step: Int
  package var kind: Kind
  package var text: String
}

/// Something that the program, rather than the run, has to say.
package struct Notice: Sendable, Equatable {
  package var text: String
  package var kind: Status.Kind

  package init(_ text: String, _ kind: Status.Kind) {
    self.text = text
    self.kind = kind
  }
}
