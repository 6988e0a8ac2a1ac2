/// Which data set a run trains on, and in which form its images become sequences.
package struct ProblemConfiguration: Sendable, Equatable, Codable {
  package enum DataSet: String, Sendable, Codable, CaseIterable {
    /// 8x8 digits, embedded in the program: 64 steps.
    case digits
    case mnist
    case fashionMNIST = "fashion-mnist"
    /// The user's own files.
    case sequences
  }

  package enum Order: String, Sendable, Codable, CaseIterable {
    /// Row by row, top left first.
    case rows
    /// One fixed permutation of the positions for all images.
    case permuted
  }

  /// Which published permutation and split the MNIST family uses (specification, section 5).
  package enum Convention: String, Sendable, Codable, CaseIterable {
    /// RandomState(50), as the NRU code and the LMU paper of 2019: images shuffled before the
    /// split.
    case nru
    /// RandomState(0), as the KerasLMU example: the last 10,000 training images validate.
    case kerasLMU
  }

  package var dataSet: DataSet
  package var order: Order
  package var convention: Convention
  /// Side of the image in pixels after block averaging: 28, 14 or 7 (MNIST family), 8 (digits).
  package var side: Int
  /// What the data set `sequences` consists of; no other uses it.
  package var sequences = SequenceConfiguration()

  package init(dataSet: DataSet, order: Order, convention: Convention = .nru, side: Int) {
    self.dataSet = dataSet
    self.order = order
    self.convention = convention
    self.side = side
  }

  /// Length of the sequences; `nil` where only the files tell.
  package var steps: Int? { dataSet == .sequences ? nil : side * side }

  /// The sides that a data set of images can be given in, largest first; none for another.
  package static func allowedSides(of dataSet: DataSet) -> [Int] {
    switch dataSet {
    case .digits: [8]
    case .mnist, .fashionMNIST: [28, 14, 7]
    case .sequences: []
    }
  }
}
