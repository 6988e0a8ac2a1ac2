/// Spike trains that have been made once and are kept packed in memory.
package struct StoredSpikes: SpikeData, Equatable {
  package let title: String
  package let classNames: [String]
  /// Of all samples, in the order in which they were made.
  let packed: PackedTrains
  /// The class and part of each.
  let members: [Member]
  private var training: [Int]
  private var validation: [Int] = []
  private let test: [Int]

  package struct Member: Sendable, Equatable {
    package var label: Int
    /// Whether the sample tests; it trains otherwise.
    package var tests: Bool

    package init(label: Int, tests: Bool) {
      self.label = label
      self.tests = tests
    }
  }

  /// - Precondition: a member for each sample, with a label of a class.
  package init(title: String, classNames: [String], packed: PackedTrains, members: [Member]) {
    precondition(packed.count == members.count, "a label a sample")
    precondition(members.allSatisfy { classNames.indices.contains($0.label) }, "labels of classes")
    self.title = title
    self.classNames = classNames
    self.packed = packed
    self.members = members
    training = members.indices.filter { !members[$0].tests }
    test = members.indices.filter { members[$0].tests }
  }

  /// The same data with `count` of the training samples, drawn by `seed`, in the validation part.
  package func validating(_ count: Int, seed: UInt64) -> StoredSpikes {
    var result = self
    var order = (training + validation).sorted()
    var stream = RandomStream(seed: seed, purpose: .partition)
    order.shuffle(with: &stream)
    let held = min(max(count, 0), order.count)
    result.validation = order.prefix(held).sorted()
    result.training = order.dropFirst(held).sorted()
    return result
  }

  package var channels: Int { packed.channels }
  package var steps: Int { packed.steps }

  package func count(in split: Gauge.Split) -> Int { indices(split).count }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    members[indices(split)[index]].label
  }

  package func trains(
    _ index: Int, in split: Gauge.Split, presentation: Int
  ) -> SpikeTrains {
    packed[indices(split)[index]]
  }

  private func indices(_ split: Gauge.Split) -> [Int] {
    switch split {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }
}
