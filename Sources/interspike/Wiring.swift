import Engine
import Experiments
import Foundation
import Runs
import Synchronization

/// Where the parts of the program meet: from a plan to a study on a thread of its own.
enum Wiring {
  /// Makes the study of an experiment. Called on the thread of the study.
  static func makeStudy(
    _ experiment: Experiment, problem: any Problem, threads: Int
  ) throws -> any Study {
    throw WiringError.noTrainer(experiment: experiment.name)
  }

  /// Starts the thread that loads the data, makes the study and trains it. `wake` is called when
  /// reports are waiting; an error that ends the run is left in `failure` as well.
  static func startRunner(
    _ plan: RunPlan, paused: Bool, failure: FailureBox, wake: @escaping @Sendable () -> Void
  ) throws -> Runner {
    let surroundings = Runner.Surroundings(
      wake: wake,
      save: { _, _ in throw WiringError.noTrainer(experiment: "") },
      describe: { error in
        failure.put(error)
        return Messages.sentence(for: error)
      })
    return SignalInbox.withoutSignals {
      Runner(paused: paused, surroundings: surroundings) {
        let problem = try plan.experiment.problem.load(from: plan.locations)
        return try makeStudy(plan.experiment, problem: problem, threads: plan.threads)
      }
    }
  }
}

/// Why a study cannot be made.
enum WiringError: Error, Equatable {
  case noTrainer(experiment: String)
}

/// The error that ended a run, kept for the end of the program.
final class FailureBox: Sendable {
  private let kept = Mutex<(any Error)?>(nil)

  var error: (any Error)? { kept.withLock { $0 } }

  func put(_ error: any Error) {
    kept.withLock { $0 = $0 ?? error }
  }
}
