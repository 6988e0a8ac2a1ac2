import Terminal

extension Page {
  /// The state above, the loss and the landscape as the largest; smaller bodies lose first the
  /// ratio, the batch and the residual, then the numbers beside the curves.
  static let theoryArrangements: [Arrangement] = [
    Arrangement(
      110, 50,
      .rows([
        fixed(4, .descent),
        Grid.Part(.share(5), .columns([part(3, .descentLoss), part(3, .landscape)])),
        Grid.Part(.fixed(10), .columns([part(1, .angle), part(1, .split), part(1, .residual)])),
        Grid.Part(.share(3), .columns([part(1, .race), part(1, .boundRatio), part(1, .batch)])),
      ])),
    Arrangement(
      110, 30,
      .rows([
        fixed(4, .descent),
        Grid.Part(.rest, .columns([part(1, .descentLoss), part(1, .landscape)])),
        Grid.Part(.fixed(8), .columns([part(1, .angle), part(1, .split), part(1, .residual)])),
        Grid.Part(.fixed(9), .columns([part(4, .race), part(3, .boundRatio), part(3, .batch)])),
      ])),
    Arrangement(
      72, 19,
      .rows([
        fixed(4, .descent),
        Grid.Part(.rest, .columns([part(1, .descentLoss), part(1, .landscape)])),
        Grid.Part(.fixed(8), .columns([part(1, .angle), part(1, .race)])),
      ])),
    Arrangement(
      36, 28,
      .rows([
        fixed(6, .descent), part(1, .descentLoss), part(1, .landscape), fixed(8, .angle),
      ])),
    Arrangement(36, 18, .rows([part(1, .descentLoss), part(1, .landscape)])),
  ]

  private static func fixed(_ height: Int, _ panel: PanelName) -> Grid.Part {
    Grid.Part(.fixed(height), .panel(panel))
  }

  private static func part(_ share: Int, _ panel: PanelName) -> Grid.Part {
    Grid.Part(.share(share), .panel(panel))
  }
}
