extension Theme {
  /// No colours at all: attributes, markers and line styles tell things apart. Also what is left
  /// where no theme can be read.
  package static let mono = Theme(
    name: "mono", variant: .dark, roles: [:], series: [], gradients: [:])
}
