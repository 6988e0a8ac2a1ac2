package import Engine
package import Terminal

/// The whole dashboard as a value: everything it shows follows from it.
///
/// It changes only in ``update(_:)``, which answers with the effects that the program has to carry
/// out, and is drawn by ``draw(on:)``, which changes nothing.
package struct Dashboard: Sendable, Equatable {
  package internal(set) var size: Size
  package internal(set) var glyphs: Glyphs
  package internal(set) var theme: String
  /// Name of the experiment, shown until the run has described itself.
  package internal(set) var experiment: String

  /// The keys in use.
  let keys: KeyTable
  /// What it shows: a run of its own, or the record of one.
  package let mode: Mode
  /// Whether the terminal tells what the mouse does.
  let hasMouse: Bool

  package internal(set) var run = Run()
  package internal(set) var history = History()
  package internal(set) var log = EventLog()
  /// The rasters that came.
  package internal(set) var browser = RasterBrowser()
  /// The last look into all layers.
  package internal(set) var layers: LayerReport?
  /// The last look into the descents of a theory study.
  package internal(set) var theory: TheoryReport?
  /// The last look into a network that is simulated, and the span that is asked for.
  package internal(set) var dynamics: DynamicsReport?
  var dynamicsSpan = DynamicsRequest().span
  /// Ranks of neurons that were chosen here and are not yet known to the run.
  var dynamicsChosen: ClosedRange<Int>?
  /// The looks at learned activations.
  package internal(set) var curves = CurvesBrowser()
  /// Steps that were done before the present start of a theory study.
  var theoryStart = 0
  /// How it went there.
  var theoryCourse = TheoryCourse()
  /// Whether its curves stand over a logarithmic axis of steps.
  var theoryIsLogarithmic = true
  /// The units of the raster shown, row by row.
  var unitRows: [Int] = []
  var unitsAreArranged = false
  /// The stored runs.
  package internal(set) var runs = RunsList()
  /// The last sweep of the weights over resolutions.
  package internal(set) var sweep: ResolutionSweep?
  /// The last test of stability, as far as it has come; how far in percent while it goes on here; and
  /// what the next one is asked for with.
  package internal(set) var stability: StabilityReport?
  package internal(set) var stabilityShare: Int?
  var stabilityPlan = StabilityPlan()

  package internal(set) var page = Page.train
  package internal(set) var overlay: Overlay?
  package internal(set) var status: Status?
  package internal(set) var bitMetric = BitMetric.bitsRange
  /// Panels whose values are drawn on a logarithmic axis.
  package internal(set) var logarithmic: Set<PanelName> = [
    .loss, .rate, .resolution, .learningRate, .coupling, .descentLoss, .boundRatio, .stability,
  ]
  /// Panels that show all values, outliers too.
  var wholeRange: Set<PanelName> = []
  /// What part of the run the curves show.
  package internal(set) var window = ChartWindow()
  /// How much the curves of a panel are smoothed: a place among ``smoothingShares``.
  var smoothing: [PanelName: Int] = [.loss: 2]
  /// Words that the names of the gauges shown in a grid must contain; empty for the usual panels.
  var gaugeFilter = ""
  /// First row of that grid.
  var gridRow = 0
  /// A schedule that is drawn and not yet in force, and which quantity is chosen for that.
  package internal(set) var draft: ScheduleDraft?
  var scheduleIndex = 0
  var draftPreset = 0
  package internal(set) var zoomed: PanelName?
  /// The panel chosen last on each page.
  var focus: [Page: PanelName] = [:]

  /// The site and the sample of the batch that rasters show.
  var rasterSite = 0
  var rasterSample = 0
  /// Samples, from that one on, whose mean the Raster screen shows.
  var rasterSamples = 1
  /// Time steps that the Raster screen shows; as many as columns when nil.
  var rasterSpan: Int?
  /// First unit and first time step that rasters show.
  var rasterRow = 0
  var rasterColumn = 0
  /// Log lines below the last one shown; 0 follows the end.
  var logScroll = 0
  /// Words that the lines of the log must contain.
  var logFilter = ""
  /// First row of the sweep's table that is shown.
  var sweepRow = 0
  /// The row of it that was chosen with the mouse.
  var sweepSelection: Int?
  /// Rows of the test's table below the last one shown; 0 follows the end.
  var stabilityScroll = 0
  /// The line of the log that was chosen with the mouse.
  var chosenLogEntry: LogEntry?
  /// What the button of the mouse was pressed on, until it is let go.
  var grip: ChartGrip?

  /// What the curves were last shown over, until the run is known or another axis is chosen.
  var rememberedAxis: ChartWindow.Axis?
  /// Commands that were typed, the latest last.
  var commandHistory: [String] = []

  /// Lines of the Layers screen's panels above the first one shown.
  var layerScrolls: [PanelName: Int] = [:]

  /// Seconds on the clock of the program.
  package internal(set) var now = 0.0
  /// Whether the program leaves as soon as the run is over.
  package internal(set) var isQuitting = false
  /// Whether a run is saved at its end without being asked.
  let savesAtEnd: Bool
  /// The probe that the runner was last asked for.
  var watched: Probe.Request?
  var watchedEvery = Duration.zero

  /// A dashboard that has heard nothing yet.
  package init(
    size: Size, glyphs: Glyphs = .unicode, theme: String = "", experiment: String = "",
    savesAtEnd: Bool = false, mode: Mode = .run, keys: KeyTable = .standard,
    hasMouse: Bool = false, view: ViewState = ViewState()
  ) {
    self.keys = keys
    self.hasMouse = hasMouse
    self.size = size
    self.glyphs = glyphs
    self.theme = theme
    self.experiment = experiment
    self.savesAtEnd = savesAtEnd
    self.mode = mode
    restore(view)
  }

  /// Whether the run is a study of theory.
  var isTheory: Bool { run.summary?.theory != nil }

  /// Whether the run is a simulation of a network.
  var isSimulation: Bool { run.summary?.dynamics != nil }

  /// Simulated time, of a simulation that has begun; it may have begun again since.
  var simulated: Double? {
    guard let network = run.summary?.dynamics, let progress = run.progress else { return nil }
    let end = max(network.end, 0)
    // A record tells no new end, but the time of its latest reading.
    if mode == .replay, let time = history.gauges.first(where: { $0.id == Self.timeGauge }),
      let latest = history.latest(time)
    {
      return min(latest, end)
    }
    // The last step lies as many steps after the latest beginning as there are to the end.
    let begun = max(0, Double(progress.steps) - (end / network.interval).rounded(.up))
    return min(max(0, Double(progress.step) - begun) * network.interval, end)
  }

  private static let timeGauge = "time"

  /// The screens that the run has something for, in the order of the line of screens.
  package var pages: [Page] {
    if isTheory { return [.theory, .train, .schedule, .runs, .log] }
    if isSimulation { return [.dynamics, .train, .schedule, .runs, .log] }
    return Page.allCases.filter { page in
      switch page {
      case .theory, .dynamics: false
      case .curves: run.summary?.curves != nil
      case .raster: run.summary.map { !$0.sites.isEmpty } ?? true
      case .sweep: hasSites
      case .stability: run.summary?.surrogates.isEmpty == false
      default: true
      }
    }
  }

  /// Whether something is quantized at some w, as far as is known.
  var hasSites: Bool { run.summary?.hasResolutions ?? true }

  /// The screen to come back to.
  var homePage: Page { isTheory ? .theory : isSimulation && mode != .replay ? .dynamics : .train }

  /// The site whose raster is shown, once the run has named its sites.
  var shownSite: StudySummary.Site? {
    let sites = run.sites
    return sites.isEmpty ? nil : sites[min(rasterSite, sites.count - 1)]
  }

  /// The raster to draw: the last one of the shown site, whatever its sample.
  var shownRaster: Raster? { shownSite.flatMap { browser.shown($0.id) } }
}
