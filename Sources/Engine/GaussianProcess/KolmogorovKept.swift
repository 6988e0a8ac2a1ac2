/// Curves of an earlier epoch, kept to be shown beside those of now.
struct KolmogorovKept: Sendable {
  var epoch: Int
  var network: KolmogorovNetwork

  /// What of them is no array of numbers.
  struct Outline: Sendable, Codable {
    var epoch: Int
    var inner, outer: KolmogorovGrid
    var constants: [[Double?]]
  }

  var outline: Outline {
    Outline(
      epoch: epoch, inner: KolmogorovGrid(.inner, network.inner),
      outer: KolmogorovGrid(.outer, network.outer), constants: network.constants)
  }
}

extension KolmogorovGrid {
  /// Control points alone.
  fileprivate init(_ kind: Kind, _ points: ControlPoints) {
    self.init(
      kind: kind, inputs: points.inputs, lengthScale: points.lengthScale, noise: points.noise,
      numbers: [])
  }
}

extension KolmogorovStudy {
  private static let prefixes = (past: "past.", kept: "kept.")

  /// Outlines of the curves that are kept, the older ones first.
  var keptOutlines: [KolmogorovKept.Outline?] { [past?.outline, kept?.outline] }

  /// Their numbers.
  var keptTensors: [Checkpoint.Tensor] {
    [(Self.prefixes.past, past), (Self.prefixes.kept, kept)].flatMap { prefix, kept in
      kept.map { tensors(of: $0.network, prefix: prefix) } ?? []
    }
  }

  private func tensors(of network: KolmogorovNetwork, prefix: String) -> [Checkpoint.Tensor] {
    let slab = ParameterSlab(trainer.parameters.layout)
    trainer.parameters.write(network, to: slab)
    return trainer.parameters.layout.entries.enumerated().map { index, entry in
      Checkpoint.Tensor(
        name: prefix + entry.name, shape: [entry.rows, entry.columns],
        values: slab[ParameterHandle(index: index)].array)
    }
  }

  /// Takes over the curves that a checkpoint keeps; none where it keeps none, or not such ones.
  func takeKept(_ outlines: [KolmogorovKept.Outline?]?, of checkpoint: Checkpoint) {
    let outlines = outlines?.count == 2 ? outlines ?? [] : [nil, nil]
    past = outlines[0].flatMap { kept($0, of: checkpoint, prefix: Self.prefixes.past) }
    kept = outlines[1].flatMap { kept($0, of: checkpoint, prefix: Self.prefixes.kept) }
  }

  private func kept(
    _ outline: KolmogorovKept.Outline, of checkpoint: Checkpoint, prefix: String
  ) -> KolmogorovKept? {
    let slab = ParameterSlab(trainer.parameters.layout)
    for (index, entry) in trainer.parameters.layout.entries.enumerated() {
      guard
        let values = try? checkpoint.values(
          prefix + entry.name, shape: [entry.rows, entry.columns])
      else { return nil }
      slab[ParameterHandle(index: index)].set(values)
    }
    guard let inner = outline.inner.points(like: start.inner),
      let outer = outline.outer.points(like: start.outer), outline.constants.count == start.units,
      outline.constants.allSatisfy({ $0.count == start.inputs })
    else { return nil }
    var network = start
    (network.inner, network.outer, network.constants) = (inner, outer, outline.constants)
    trainer.parameters.read(slab, into: &network)
    return KolmogorovKept(epoch: outline.epoch, network: network)
  }
}
