import Terminal

extension Page {
  /// The raster as the largest, with the field below it in line; smaller bodies lose the rates, then
  /// the portrait and the plane, the numbers, and at last the field.
  static let dynamicsArrangements: [Arrangement] = [
    Arrangement(
      110, 44,
      .columns([
        Grid.Part(.share(2), .rows([part(1, .spikes), fixed(15, .field)])),
        Grid.Part(
          .share(1),
          .rows([fixed(13, .observables), part(1, .plane), part(1, .portrait), part(1, .rates)])),
      ])),
    Arrangement(
      110, 30,
      .columns([
        Grid.Part(.share(5), .rows([part(1, .spikes), fixed(11, .field)])),
        Grid.Part(
          .share(3), .rows([fixed(11, .observables), part(1, .plane), part(1, .portrait)])),
      ])),
    Arrangement(
      72, 18,
      .columns([
        Grid.Part(.share(1), .rows([part(1, .spikes), fixed(8, .field)])),
        Grid.Part(.fixed(29), .rows([fixed(11, .observables), part(1, .plane)])),
      ])),
    Arrangement(36, 24, .rows([part(1, .spikes), fixed(8, .field), fixed(8, .observables)])),
    Arrangement(36, 15, .rows([part(1, .spikes), fixed(6, .field)])),
  ]

  private static func fixed(_ height: Int, _ panel: PanelName) -> Grid.Part {
    Grid.Part(.fixed(height), .panel(panel))
  }

  private static func part(_ share: Int, _ panel: PanelName) -> Grid.Part {
    Grid.Part(.share(share), .panel(panel))
  }
}
