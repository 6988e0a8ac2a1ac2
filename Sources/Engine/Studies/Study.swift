/// Something that advances by one unit of work, shows named numbers, and has knobs that may be
/// turned between two units. The dashboard knows only this.
///
/// A study is made and used on one thread.
package protocol Study {
  var summary: StudySummary { get }
  var gauges: [Gauge] { get }
  var knobs: [Knob] { get }
  var progress: StudyProgress { get }
  /// Whether all resolutions have come to where they will end, so that results compare from now on.
  var isAnnealed: Bool { get }

  /// Turns a knob; takes effect before the next unit of work.
  mutating func apply(_ edit: Edit) throws(EditError) -> EditRecord

  /// Works until `budget` is spent or one unit of work is done, whichever is later. A long
  /// evaluation comes in chunks, and a call returns after a result, so that what was measured can
  /// be saved as it is. After `.ended` further calls return nothing.
  mutating func advance(within budget: Duration) throws(StudyError) -> [StudyEvent]

  /// Waits up to `budget` for what goes on beside the work, such as a sweep, and tells of it; `[]`
  /// where nothing does. `advance` tells of it too.
  mutating func wait(within budget: Duration) -> [StudyEvent]

  /// Begins to test the present weights for stability, beside the work and in the place of a test
  /// that goes on; `nil` ends that one alone.
  mutating func testStability(_ plan: StabilityPlan?) throws(StabilityRefusal)

  /// Ends the study where it is: the next `advance` reports `.ended` with what was measured last.
  mutating func stop(reason: String)

  /// A copy of what the view has asked for, or `nil` where there is nothing to show yet.
  ///
  /// - Parameter isStill: whether the study stays where it is, so that a look may take its time;
  ///   else a study may answer with what it saw before
  func probe(_ request: Probe.Request, isStill: Bool) -> Probe?

  /// The named arrays that make up the trained state, for saving.
  func snapshot() -> Checkpoint
  /// Goes on where the same experiment was saved.
  mutating func restore(_ checkpoint: Checkpoint) throws(CheckpointError)
  /// Goes on from a checkpoint of an experiment with other settings.
  mutating func branch(from checkpoint: Checkpoint) throws(CheckpointError)
}

extension Study {
  /// Most studies have nothing to test.
  package mutating func testStability(_ plan: StabilityPlan?) throws(StabilityRefusal) {
    if plan != nil { throw .nothingQuantized }
  }
}

/// What a study is, for titles and for the first event of a run.
package struct StudySummary: Sendable, Equatable {
  /// Name of the experiment, e.g. `digits`.
  package var name: String
  /// One line on the model, e.g. `hybrid LMU 128/64 exactState`.
  package var model: String
  package var seed: UInt64
  /// Trained numbers.
  package var parameters: Int
  /// State variables per sequence.
  package var state: Int
  /// How the network is computed: `stepwise`, `chunked` or `parallel` (see ``LMU/Form``);
  /// `feedforward` where it has no time, `theory` where there is none, `spike trains` of a network
  /// whose units fire or do not.
  package var form: String
  /// Sites that carry quantizers, in drawing order, with their number of units.
  package var sites: [Site]
  /// Samples of a step, but for the last one of an epoch, where the study says.
  package var batch: Int?
  /// The surrogates that weights can be tested for stability with; none where nothing is quantized.
  package var surrogates: [String] = []
  /// Where the weights came from that training began with; `nil` where they were drawn.
  package var origin: String?
  /// The model of a theory study; `nil` where a network is trained.
  package var theory: TheoryOutline?
  /// Which kind of activations learns; `nil` where none does.
  package var curves: LearnedActivations?
  /// The network of a simulation; `nil` where none is simulated.
  package var dynamics: DynamicsOutline?
  /// What curves through control points are rounded to; `nil` where they are not.
  package var rounding: CurveRounding?
  /// Of the quantized activations of a network without time.
  package var thresholds: QuantizedReLU.Thresholds?

  package struct Site: Sendable, Equatable, Codable {
    package var id: String
    package var title: String
    package var units: Int
    /// Weights that each unit meets at every step, where the study says.
    package var fanOut: Int?

    package init(id: String, title: String, units: Int, fanOut: Int? = nil) {
      self.id = id
      self.title = title
      self.units = units
      self.fanOut = fanOut
    }
  }

  package init(
    name: String, model: String, seed: UInt64, parameters: Int, state: Int,
    form: String = "stepwise", sites: [Site]
  ) {
    self.name = name
    self.model = model
    self.seed = seed
    self.parameters = parameters
    self.state = state
    self.form = form
    self.sites = sites
  }
}

extension StudySummary {
  package static let feedForwardForm = "feedforward"
  package static let simulationForm = "simulation"
  package static let spikeTrainForm = "spike trains"

  /// Whether units are quantized at some w; those of spike trains fire or do not.
  package var hasResolutions: Bool { !sites.isEmpty && form != Self.spikeTrainForm }

  /// Whether the network takes sequences; one without time counts no operations either.
  package var hasTime: Bool { form != Self.feedForwardForm }

  /// What results with quantizers and without them are called.
  package var regimeNames: (spiking: String, nonSpiking: String) {
    if curves == .gaussianProcess {
      switch rounding ?? .none {
      case .none: return ("tables", "curves")
      case .uniform, .binary: return ("quantized", "full precision")
      case .spiking: return ("spiking", "full precision")
      }
    }
    return hasTime ? ("spiking", "non-spiking") : ("quantized", "full precision")
  }
}

/// Where a study is in its planned work.
package struct StudyProgress: Sendable, Equatable {
  /// Units of work (optimizer steps) done and planned.
  package var step: Int
  package var steps: Int
  /// Epochs completed and planned.
  package var epoch: Int
  package var epochs: Int
  /// Units of work in one epoch.
  package var stepsPerEpoch: Int
  package var samples: Int

  package init(
    step: Int, steps: Int, epoch: Int, epochs: Int, stepsPerEpoch: Int, samples: Int
  ) {
    self.step = step
    self.steps = steps
    self.epoch = epoch
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.samples = samples
  }
}

/// Why a study could not go on.
package enum StudyError: Error, Sendable, Equatable {
  /// Something the study needs while it runs has gone; `reason` says what.
  case interrupted(reason: String)
}

extension Study {
  /// A look that may take its time.
  package func probe(_ request: Probe.Request) -> Probe? { probe(request, isStill: true) }
}
