import Engine
import Experiments
import Foundation
import ProgramSupport
import RunStore
import Runs
import Synchronization

/// Where the parts of the program meet: from a plan to a study on a thread of its own.
enum Wiring {
  /// Makes the study of an experiment, with its data where it has any. Called on the thread of the
  /// study.
  static func makeStudy(_ plan: RunPlan, isWatched: Bool) throws -> any Study {
    switch plan.experiment.kind {
    case .training:
      try makeStudy(
        plan.experiment, problem: plan.experiment.loadProblem(from: plan.locations),
        threads: plan.threads, from: plan.origin)
    case .theory: try makeTheory(plan.experiment, from: plan.origin, isWatched: isWatched)
    case .feedForward: try makeFeedForward(plan, isWatched: isWatched)
    case .kolmogorov: try makeKolmogorov(plan, isWatched: isWatched)
    case .inhibitory: try makeInhibitory(plan, isWatched: isWatched)
    case .spiking: try makeSpiking(plan)
    }
  }

  private static func makeKolmogorov(_ plan: RunPlan, isWatched: Bool) throws -> any Study {
    Products.confineToThisThread()
    let experiment = plan.experiment
    let study = try KolmogorovStudy(
      name: experiment.name, configuration: experiment.kolmogorov,
      table: experiment.kolmogorov.load(from: plan.locations, seed: experiment.seed),
      seed: experiment.seed, isPaced: isWatched)
    return try goingOn(study, from: plan.origin)
  }

  private static func makeSpiking(_ plan: RunPlan) throws -> any Study {
    let experiment = plan.experiment
    let study = try SpikingStudy(
      name: experiment.name, configuration: experiment.spiking,
      data: experiment.spiking.loadData(from: plan.locations, seed: experiment.seed),
      seed: experiment.seed, threads: plan.threads)
    return try goingOn(study, from: plan.origin)
  }

  private static func makeInhibitory(_ plan: RunPlan, isWatched: Bool) throws -> any Study {
    let experiment = plan.experiment
    let study = try InhibitoryStudy(
      name: experiment.name, configuration: experiment.inhibitory, seed: experiment.seed,
      threads: plan.threads, isPaced: isWatched)
    let begun = try goingOn(study, from: plan.origin)
    if let origin = plan.origin, origin.kind == .forked,
      begun.progress.step >= begun.progress.steps
    {
      throw RunError.nothingLeft(
        folder: origin.run.folder, step: begun.progress.step, epochs: begun.progress.epochs)
    }
    return begun
  }

  private static func makeFeedForward(
    _ plan: RunPlan, isWatched: Bool
  ) throws -> any Study {
    let experiment = plan.experiment
    let configuration = experiment.feedForward
    let images = try configuration.loadImages(from: plan.locations, seed: experiment.seed)
    let study = try FeedForwardStudy(
      name: experiment.name, configuration: configuration, images: images, seed: experiment.seed,
      threads: plan.threads, isPaced: isWatched)
    return try goingOn(study, from: plan.origin)
  }

  private static func makeTheory(
    _ experiment: Experiment, from origin: RunOrigin?, isWatched: Bool
  ) throws -> any Study {
    let study = try CoarseTheoryStudy(
      name: experiment.name, configuration: experiment.theory, seed: experiment.seed,
      isPaced: isWatched)
    return try goingOn(study, from: origin)
  }

  /// A new study, or as it goes on from where its run comes from.
  private static func goingOn(
    _ study: any Study, from origin: RunOrigin?
  ) throws -> any Study {
    guard let origin else { return study }
    var study = study
    try CheckpointFailure.naming(origin.resumption.path) {
      switch origin.kind {
      case .resumed: try study.restore(origin.resumption.checkpoint)
      case .forked: try study.branch(from: origin.resumption.checkpoint)
      }
    }
    return study
  }

  /// Makes the study of a training.
  static func makeStudy(
    _ experiment: Experiment, problem: any Problem, threads: Int, from origin: RunOrigin? = nil
  ) throws -> any Study {
    let study = try TrainingStudy(
      name: experiment.name, configuration: experiment.training(on: problem), problem: problem,
      threads: threads)
    if origin != nil { return try goingOn(study, from: origin) }
    let path = experiment.from
    guard !path.isEmpty else { return study }
    let checkpoint = try CheckpointFile.read(path)
    try CheckpointFailure.naming(path) { try study.begin(with: checkpoint, from: path) }
    return study
  }

  /// Starts the thread that loads the data, makes the study and trains it. `wake` is called when
  /// reports are waiting; a theory that is watched takes its time.
  static func start(
    _ plan: RunPlan, paused: Bool, isWatched: Bool = false, wake: @escaping @Sendable () -> Void
  ) -> LiveRun {
    let failure = FailureBox()
    let folder = plan.folder
    let surroundings = Runner.Surroundings(
      wake: wake,
      save: { checkpoint, progress, reason in
        try folder.get().save(
          checkpoint, step: progress.step, isSynchronized: reason.waitsForDisk)
      },
      makeRecorder: { recorder(of: plan) }, past: plan.origin?.past,
      secondsBefore: plan.origin?.resumption.seconds ?? 0,
      describe: { Messages.sentence(for: $0) })
    let runner = SignalInbox.withoutSignals {
      Runner(paused: paused, surroundings: surroundings) {
        program_faults_prepare_thread()
        Misbehaviour.inStudyIfAskedFor()
        do {
          return try makeStudy(plan, isWatched: isWatched)
        } catch {
          failure.put(error)
          throw error
        }
      }
    }
    return LiveRun(runner: runner, failure: failure, plan: plan)
  }

  private static func recorder(of plan: RunPlan) -> RunRecorder? {
    guard plan.isRecorded, let folder = try? plan.folder.get() else { return nil }
    return RunRecorder(
      folder, encoder: EventLines.encoder(of: plan), origin: plan.origin?.recorded ?? .new,
      past: plan.origin?.past, rules: plan.savingRules)
  }
}

/// A run that has been started.
final class LiveRun: RunSource {
  let runner: Runner
  /// The error that kept it from beginning, if one did.
  let failure: FailureBox
  private let plan: RunPlan
  private let watching = Mutex(Watching())

  private struct Watching {
    /// Lets other processes watch and steer; there once the run has a folder.
    var server: ControlServer?
    var hasTried = false
    /// What was last reported of the state and the knobs.
    var latest: [RunnerReport] = []
    /// What the dashboard of this process wants to see.
    var probe = RunnerCommand.watch(nil)
    var log: TensorBoardLog?
    var hasLogFailed = false
  }

  init(runner: Runner, failure: FailureBox, plan: RunPlan) {
    self.runner = runner
    self.failure = failure
    self.plan = plan
  }

  deinit { watching.withLock { $0.server?.close() } }

  func send(_ command: RunnerCommand) {
    if case .watch = command { watching.withLock { $0.probe = command } }
    runner.send(command)
  }

  /// What a watcher in another process asks for. When it wants to see nothing any more, the
  /// dashboard here sees again what it wanted to.
  private func obey(_ command: RunnerCommand) {
    if case .watch(nil, _) = command {
      runner.send(watching.withLock { $0.probe })
    } else {
      runner.send(command)
    }
  }

  func drain() -> [RunnerReport] { told(runner.drain()) }

  func nextReports(timeout: Duration) -> [RunnerReport] {
    told(runner.nextReports(timeout: timeout))
  }

  /// Ends the study's thread after its present unit of work, and serves no watchers any more.
  func shutdown() {
    runner.shutdown()
    watching.withLock { $0.server?.close() }
  }

  private func told(_ reports: [RunnerReport]) -> [RunnerReport] {
    plan.alerts.note(reports, folder: try? plan.folder.get().path)
    let reports = reports + tensorBoardFailure(reports)
    guard plan.isRecorded, !reports.isEmpty else { return reports }
    watching.withLock { watching in
      if !watching.hasTried {
        watching.latest += reports.filter(Self.isLasting)
        guard let folder = try? plan.folder.get().path else { return }
        watching.hasTried = true
        watching.server = makeServer(for: folder)
        watching.server?.tell(watching.latest, describe: { Messages.sentence(for: $0) })
        watching.latest = []
      } else {
        watching.server?.tell(reports, describe: { Messages.sentence(for: $0) })
      }
    }
    return reports
  }

  /// Writes the curves for TensorBoard; what goes wrong with it is told once.
  private func tensorBoardFailure(_ reports: [RunnerReport]) -> [RunnerReport] {
    guard let folder = plan.tensorBoardFolder, !reports.isEmpty else { return [] }
    return watching.withLock { watching in
      do throws(FileError) {
        let log = if let log = watching.log { log } else { try TensorBoardLog(folder: folder) }
        watching.log = log
        try log.note(reports)
        return []
      } catch {
        defer { watching.hasLogFailed = true }
        return watching.hasLogFailed
          ? [] : [.saveFailed(reason: Messages.sentence(for: error))]
      }
    }
  }

  private static func isLasting(_ report: RunnerReport) -> Bool {
    switch report {
    case .state, .knobs: true
    default: false
    }
  }

  /// A run in a folder of the user's choice is known by the index alone.
  private static func list(_ folder: String) {
    Thread {
      let environment = ProcessInfo.processInfo.environment
      guard let location = try? RunStoreLocation(environment: environment) else { return }
      try? RunIndex(location, warn: { _ in }).record(folder: folder)
    }.start()
  }

  /// Without a socket nobody can steer the run from elsewhere; its record can be watched.
  private func makeServer(for folder: String) -> ControlServer? {
    let path = ControlSocket.path(
      ofRun: folder, environment: ProcessInfo.processInfo.environment)
    if plan.mustBeRecorded { Self.list(folder) }
    return try? ControlServer(at: path, version: Interspike.version) { [weak self] in
      self?.obey($0)
    }
  }
}

/// The error that kept a run from beginning, kept for the end of the program.
final class FailureBox: Sendable {
  private let kept = Mutex<(any Error)?>(nil)

  var error: (any Error)? { kept.withLock { $0 } }

  func put(_ error: any Error) {
    kept.withLock { $0 = $0 ?? error }
  }
}
