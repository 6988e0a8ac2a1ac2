import Terminal

extension Page {
  static let curvesCandidates: [PanelName] = [
    .curves, .coefficients, .decisions, .example, .shares, .health, .polynomial, .scale,
  ]

  /// The curves take most of the room, below them what they are made of and what comes of them.
  static let curvesArrangements: [Arrangement] = [
    Arrangement(
      150, 28,
      .rows([
        part(3, .curves),
        Grid.Part(
          .share(2),
          .columns([
            part(3, .decisions), part(3, .example), part(3, .coefficients), part(3, .shares),
            part(2, .polynomial), part(2, .health), part(3, .scale),
          ])),
      ])),
    Arrangement(
      110, 28,
      .rows([
        part(3, .curves),
        Grid.Part(
          .share(2),
          .columns([
            part(4, .decisions), part(5, .example), part(4, .coefficients), part(3, .shares),
            Grid.Part(.fixed(32), .panel(.health)),
          ])),
      ])),
    Arrangement(
      72, 30,
      .rows([
        part(3, .curves),
        Grid.Part(
          .share(2),
          .columns([
            part(1, .decisions), part(1, .example), part(1, .coefficients), part(1, .shares),
          ])),
      ])),
    Arrangement(
      72, 18,
      .rows([
        part(3, .curves),
        Grid.Part(
          .share(2),
          .columns([part(1, .decisions), part(1, .example), part(1, .coefficients)])),
      ])),
  ]

  private static func part(_ share: Int, _ panel: PanelName) -> Grid.Part {
    Grid.Part(.share(share), .panel(panel))
  }
}
