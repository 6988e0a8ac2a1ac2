import Terminal

/// A grid of panels and the smallest body that it suits.
struct Arrangement: Sendable, Equatable {
  var width: Int
  var height: Int
  var grid: Grid

  init(_ width: Int, _ height: Int, _ grid: Grid) {
    self.width = width
    self.height = height
    self.grid = grid
  }

  func suits(_ size: Size) -> Bool { size.width >= width && size.height >= height }
}

extension Page {
  /// All panels of the page in the order of Tab. Those that a small terminal has no room for are
  /// still reached: the focused panel is always shown, in the place of the first one if need be.
  var candidates: [PanelName] {
    switch self {
    case .train: [.loss, .accuracy, .rate, .bits, .raster, .resolution]
    case .raster: [.raster, .population, .neuron]
    case .schedule: [.resolution, .learningRate, .coupling, .allowedBits, .numbers]
    case .layers: [.activations, .inputs, .sites, .levels, .weights, .operations, .energy]
    case .log: [.log]
    case .sweep: [.sweep, .sweepTable]
    case .stability: [.stability, .stabilityTable]
    case .runs: [.runs, .comparison, .differences]
    case .theory:
      [.descentLoss, .landscape, .angle, .split, .boundRatio, .race, .batch, .residual, .descent]
    case .curves: Self.curvesCandidates
    case .dynamics: [.spikes, .field, .observables, .plane, .portrait, .rates]
    }
  }

  /// The arrangements of the page; the first that suits the body is used, and where none does, the
  /// focused panel alone.
  ///
  /// On the Train page smaller bodies lose first the raster, then rates and bits, the schedule of
  /// w, and at last the accuracy; narrow ones, with the panels one above another, lose the bits
  /// before the rates. Panels that the run has no values for, such as rate, bits, raster and w of
  /// a run without quantized sites, take no room: those beside them get it, and the learning rate
  /// stands where w would. No body is too small for a panel.
  var arrangements: [Arrangement] {
    switch self {
    case .train: Self.trainArrangements
    case .raster:
      Self.rasterArrangements
    case .schedule: Self.scheduleArrangements
    case .layers: Self.layersArrangements
    case .log: []
    case .sweep: Self.sweepArrangements
    case .stability: Self.stabilityArrangements
    case .runs: Self.runsArrangements
    case .theory: Self.theoryArrangements
    case .curves: Self.curvesArrangements
    case .dynamics: Self.dynamicsArrangements
    }
  }

  private static let trainArrangements: [Arrangement] = {
    let curves = Grid.beside(.loss, .accuracy)
    let sites = Grid.beside(.rate, .bits)
    let live = Grid.beside(.rate, .bits, .raster)
    return [
      Arrangement(
        150, 36,
        .rows([
          Grid.Part(
            .rest,
            .columns([
              Grid.Part(.share(2), .rows([Grid.Part(.rest, curves), Grid.Part(.rest, sites)])),
              Grid.Part(.share(1), .panel(.raster)),
            ])), schedule(8),
        ])),
      Arrangement(
        72, 30, .rows([Grid.Part(.share(1), curves), Grid.Part(.share(1), live), schedule(6)])),
      Arrangement(
        72, 18, .rows([Grid.Part(.share(1), curves), Grid.Part(.share(1), live), schedule(5)])),
      Arrangement(60, 15, .rows([Grid.Part(.rest, curves), Grid.Part(.rest, sites), schedule(4)])),
      Arrangement(60, 9, .rows([Grid.Part(.rest, curves), schedule(4)])),
      Arrangement(60, 1, curves),
      Arrangement(
        20, 26,
        .rows([whole(.loss), whole(.accuracy), whole(.rate), whole(.bits), schedule(4)])),
      Arrangement(20, 20, .rows([whole(.loss), whole(.accuracy), whole(.rate), schedule(4)])),
      Arrangement(20, 14, .rows([whole(.loss), whole(.accuracy), schedule(4)])),
      Arrangement(20, 10, .rows([whole(.loss), whole(.accuracy)])),
    ]
  }()

  /// A unit is shown close to at the right or, where the terminal is narrow, below.
  private static let rasterArrangements: [Arrangement] = {
    let population = Grid.Part(.fixed(8), .panel(.population))
    return [
      Arrangement(
        90, 20,
        .columns([
          Grid.Part(.rest, .rows([whole(.raster), population])),
          Grid.Part(.fixed(38), .panel(.neuron)),
        ])),
      Arrangement(
        40, 30, .rows([whole(.raster), Grid.Part(.fixed(22), .panel(.neuron))])),
      Arrangement(40, 24, .rows([whole(.raster), population])),
    ]
  }()

  private static let scheduleArrangements: [Arrangement] = [
    Arrangement(
      150, 16,
      .rows([
        Grid.Part(.share(3), .panel(.resolution)),
        Grid.Part(
          .share(2),
          .columns([
            whole(.learningRate), whole(.allowedBits), Grid.Part(.fixed(60), .panel(.numbers)),
          ])),
      ])),
    Arrangement(
      90, 28,
      .rows([
        Grid.Part(.share(3), .panel(.resolution)),
        Grid.Part(.share(2), .columns([whole(.learningRate), whole(.allowedBits)])),
        Grid.Part(.fixed(9), .panel(.numbers)),
      ])),
    Arrangement(
      90, 16,
      .rows([
        Grid.Part(.share(3), .panel(.resolution)),
        Grid.Part(
          .share(2), .columns([whole(.learningRate), Grid.Part(.fixed(60), .panel(.numbers))])),
      ])),
    Arrangement(40, 18, .rows([whole(.resolution), whole(.learningRate), whole(.numbers)])),
    Arrangement(40, 10, .rows([whole(.resolution), whole(.learningRate)])),
  ]

  /// Networks without time have the activations and their inputs, others what is below them.
  private static let layersArrangements: [Arrangement] = [
    Arrangement(
      100, 30,
      .rows([
        Grid.Part(.share(3), .panel(.activations)), Grid.Part(.share(4), .panel(.inputs)),
        Grid.Part(
          .fixed(14),
          .columns([whole(.sites), whole(.operations)])),
        Grid.Part(
          .share(3),
          .columns([whole(.levels), whole(.weights), whole(.energy)])),
      ])),
    Arrangement(72, 31, layers(top: 14)), Arrangement(72, 17, layers(top: 8)),
    Arrangement(
      36, 22,
      .rows([
        whole(.activations), whole(.inputs),
        Grid.Part(.fixed(6), .panel(.sites)), Grid.Part(.fixed(7), .panel(.operations)),
        whole(.energy),
      ])),
  ]

  /// Bits and operations beside one another, energy below them.
  private static func layers(top height: Int) -> Grid {
    let top = Grid.columns([
      Grid.Part(.share(8), .panel(.sites)), Grid.Part(.share(5), .panel(.operations)),
    ])
    return .rows([
      whole(.activations), whole(.inputs), Grid.Part(.fixed(height), top), whole(.energy),
    ])
  }

  /// The table has room for a grid of the usual length.
  private static let sweepArrangements: [Arrangement] = [
    Arrangement(
      150, 16, .columns([whole(.sweep), Grid.Part(.fixed(92), .panel(.sweepTable))])),
    Arrangement(40, 20, .rows([whole(.sweep), Grid.Part(.fixed(13), .panel(.sweepTable))])),
  ]

  private static let stabilityArrangements: [Arrangement] = [
    Arrangement(
      130, 16, .columns([whole(.stability), Grid.Part(.fixed(60), .panel(.stabilityTable))])),
    Arrangement(
      40, 30, .rows([whole(.stability), Grid.Part(.share(1), .panel(.stabilityTable))])),
    Arrangement(40, 18, .rows([whole(.stability), Grid.Part(.fixed(7), .panel(.stabilityTable))])),
  ]

  private static let runsArrangements: [Arrangement] = {
    let below = Grid.columns([
      Grid.Part(.share(3), .panel(.comparison)), Grid.Part(.share(2), .panel(.differences)),
    ])
    return [
      Arrangement(
        90, 18, .rows([Grid.Part(.share(1), .panel(.runs)), Grid.Part(.share(1), below)])),
      Arrangement(40, 16, .rows([whole(.runs), whole(.comparison)])),
    ]
  }()

  private static func schedule(_ height: Int) -> Grid.Part {
    Grid.Part(.fixed(height), .panel(.resolution))
  }

  private static func whole(_ panel: PanelName) -> Grid.Part { Grid.Part(.rest, .panel(panel)) }
  private func whole(_ panel: PanelName) -> Grid.Part { Self.whole(panel) }
}
