import Engine
import Experiments
import Exports

extension OpenedRun {
  /// The network of the checkpoint as a graph of NIR. The run's data are read only where the
  /// checkpoint does not say what the network takes in.
  func graph() throws -> NIRTranslation {
    let inputs = try inputs() ?? problem(from: nil).inputs
    return try CheckpointFailure.naming(checkpointPath) {
      try NIRTranslation(
        NetworkDescription(
          experiment.training(steps: inputs.steps), inputs: inputs, checkpoint: checkpoint))
    }
  }
}
