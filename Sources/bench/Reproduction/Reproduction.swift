import ArgumentParser

/// What can be reproduced.
enum Reproduction {
  enum Task: String, ExpressibleByArgument, CaseIterable {
    /// A task of the hybrid-spiking specification, section 5.
    case psmnist
    /// Straight-through estimators in LeNet-5, see ``EstimatorReproduction``.
    case steMNIST = "ste-mnist"
    /// Self-learnable activations in a convolutional network, see ``LearnedReproduction``.
    case slafMNIST = "slaf-mnist"
    /// Networks of spike trains, see ``SpikingReproduction``.
    case rsbpFashion = "rsbp-fashion"
    case rsbpMNIST = "rsbp-mnist"
    case rsbpFSDD = "rsbp-fsdd"
    case rsbpFSDD200 = "rsbp-fsdd-200"
    /// Inhibitory networks, see ``InhibitoryReproduction``.
    case inhibitory

    static let names = allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// A row of the table.
  enum Model: String, ExpressibleByArgument, CaseIterable {
    /// The hybrid-spiking LMU with all its recurrent connections.
    case hslmu
    /// The one whose memory is a convolution and whose hidden units have no recurrence.
    case feedforward
    case lmu, lstm, gru, nru, rnn

    static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// The preset that is trained.
    func preset(for task: Task) -> String {
      switch self {
      case .hslmu: "\(task.rawValue)-hybrid"
      case .feedforward: "\(task.rawValue)-feedforward"
      case .lmu: task.rawValue
      case .lstm, .gru, .nru, .rnn: "\(task.rawValue)-\(rawValue)"
      }
    }
  }
}
