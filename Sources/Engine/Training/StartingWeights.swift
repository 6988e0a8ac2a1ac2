/// Why arrays are not the weights of a network: everything that is wrong with them.
package struct WeightMismatch: Error, Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var name: String
    package var shape: [Int]

    package init(name: String, shape: [Int]) {
      self.name = name
      self.shape = shape
    }
  }

  /// Arrays of the network that are not there.
  package var missing: [Entry] = []
  /// Arrays that the network has not.
  package var unexpected: [Entry] = []
  /// Arrays of another shape than the network's, with the one that is expected.
  package var misshapen: [(found: Entry, expected: [Int])] = []
  /// Arrays with a value that is not finite.
  package var notFinite: [String] = []

  package var isEmpty: Bool {
    missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty && notFinite.isEmpty
  }

  package static func == (left: WeightMismatch, right: WeightMismatch) -> Bool {
    left.missing == right.missing && left.unexpected == right.unexpected
      && left.misshapen.elementsEqual(right.misshapen) { $0 == $1 }
      && left.notFinite == right.notFinite
  }
}

extension ParameterSlab {
  /// Begin the names of arrays that belong to the state of a training, not to the network.
  private static let otherPrefixes = ["optimizer.", TrainingStudy.meterPrefix]

  /// Overwrites all parameters with the arrays of their names. A parameter of one row or column may
  /// come as a vector; the moments of an optimizer are left.
  ///
  /// - Throws: all that does not fit; nothing has changed then
  package func take(_ checkpoint: Checkpoint) throws(WeightMismatch) {
    var mismatch = WeightMismatch()
    var found: [(ParameterHandle, [Float])] = []
    let tensors = checkpoint.tensors.filter { tensor in
      !Self.otherPrefixes.contains { tensor.name.hasPrefix($0) }
    }
    let byName = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    for (index, entry) in layout.entries.enumerated() {
      let shape = [entry.rows, entry.columns]
      guard let tensor = byName[entry.name] else {
        mismatch.missing.append(.init(name: entry.name, shape: shape))
        continue
      }
      guard entry.takes(tensor.shape), tensor.values.count == entry.count else {
        mismatch.misshapen.append((.init(name: tensor.name, shape: tensor.shape), shape))
        continue
      }
      if !tensor.values.allSatisfy(\.isFinite) { mismatch.notFinite.append(entry.name) }
      found.append((ParameterHandle(index: index), tensor.values))
    }
    let known = Set(layout.entries.map(\.name))
    mismatch.unexpected = tensors.filter { !known.contains($0.name) }.map {
      .init(name: $0.name, shape: $0.shape)
    }
    guard mismatch.isEmpty else { throw mismatch }
    for (handle, values) in found { self[handle].set(values) }
  }
}

extension ParameterLayout.Entry {
  fileprivate func takes(_ shape: [Int]) -> Bool {
    shape == [rows, columns] || (rows == 1 && shape == [columns])
      || (columns == 1 && shape == [rows])
  }
}
