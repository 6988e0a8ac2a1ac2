import Engine
import Experiments
import Foundation
import ProgramSupport
import Runs
import Synchronization

/// Where the parts of the program meet: from a plan to a study on a thread of its own.
enum Wiring {
  /// Makes the study of an experiment. Called on the thread of the study.
  static func makeStudy(
    _ experiment: Experiment, problem: any Problem, threads: Int
  ) throws -> any Study {
    let study = try TrainingStudy(
      name: experiment.name, configuration: experiment.training(on: problem), problem: problem,
      threads: threads)
    let path = experiment.from
    guard !path.isEmpty else { return study }
    let checkpoint = try SafetensorsReader.read(path)
    try CheckpointFailure.naming(path) { try study.begin(with: checkpoint, from: path) }
    return study
  }

  /// Starts the thread that loads the data, makes the study and trains it. `wake` is called when
  /// reports are waiting.
  static func start(
    _ plan: RunPlan, paused: Bool, wake: @escaping @Sendable () -> Void
  ) -> LiveRun {
    let failure = FailureBox()
    let folder = plan.folder
    let surroundings = Runner.Surroundings(
      wake: wake,
      save: { checkpoint, progress in
        try folder.get().save(checkpoint, step: progress.step)
      },
      describe: { Messages.sentence(for: $0) })
    let runner = SignalInbox.withoutSignals {
      Runner(paused: paused, surroundings: surroundings) {
        program_faults_prepare_thread()
        Misbehaviour.inStudyIfAskedFor()
        do {
          let problem = try plan.experiment.loadProblem(from: plan.locations)
          return try makeStudy(plan.experiment, problem: problem, threads: plan.threads)
        } catch {
          failure.put(error)
          throw error
        }
      }
    }
    return LiveRun(runner: runner, folder: folder, failure: failure)
  }
}

/// A run that has been started.
struct LiveRun {
  let runner: Runner
  /// Where it is saved, or why it cannot be.
  let folder: Result<RunFolder, FileError>
  /// The error that kept it from beginning, if one did.
  let failure: FailureBox
}

/// The error that kept a run from beginning, kept for the end of the program.
final class FailureBox: Sendable {
  private let kept = Mutex<(any Error)?>(nil)

  var error: (any Error)? { kept.withLock { $0 } }

  func put(_ error: any Error) {
    kept.withLock { $0 = $0 ?? error }
  }
}
