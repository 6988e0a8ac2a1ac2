import Foundation

/// Looks into a training run, and its saved state.
extension TrainingStudy {
  package func probe(_ request: Probe.Request) -> Probe? {
    switch request {
    case .raster(let site, let sample): raster(site: site, sample: sample).map(Probe.raster)
    }
  }

  private func raster(site id: String, sample: Int) -> Raster? {
    guard let site = signals.firstIndex(where: { $0.id == id }),
      let place = trainer.place(ofRow: sample), place.row < place.pass.recurrent.signalRows
    else { return nil }
    let (units, steps) = (signals[site].units, trainer.problem.steps)
    let signal = place.pass.recurrent.signal(site)
    let rows = place.pass.recurrent.signalRows
    let w = trainer.presentResolutions[site]
    let factor = w.isFinite ? w : 1
    var values = [Float](repeating: 0, count: units * steps)
    for t in 0..<steps {
      let row = signal.base + (t * rows + place.row) * units
      for unit in 0..<units {
        let value = row[unit] * factor
        values[unit * steps + t] = w.isFinite ? value.rounded() : value
      }
    }
    return Raster(
      site: id, sample: sample, label: Int(place.pass.labels[place.row]),
      prediction: Int(place.pass.predictions[place.row]), step: step, steps: steps, units: units,
      resolution: Double(w), values: values)
  }

  package func snapshot() -> Checkpoint {
    var tensors: [Checkpoint.Tensor] = []
    for (name, slab) in slabs {
      for (index, entry) in trainer.network.layout.entries.enumerated() {
        tensors.append(
          Checkpoint.Tensor(
            name: name + entry.name, shape: [entry.rows, entry.columns],
            values: slab[ParameterHandle(index: index)].array))
      }
    }
    return Checkpoint(
      tensors: tensors,
      metadata: [
        "step": String(step), "epoch": String(epoch), "samples": String(samples),
        "seed": String(configuration.seed), "updates": String(trainer.optimizer.updates),
        "edits": editsText,
      ].merging(useMetadata) { first, _ in first })
  }

  package func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let numbers = try Counters(checkpoint, seed: configuration.seed)
    var found: [(Matrix, [Float])] = []
    for (name, slab) in slabs {
      for (index, entry) in trainer.network.layout.entries.enumerated() {
        let values = try checkpoint.values(name + entry.name, shape: [entry.rows, entry.columns])
        found.append((slab[ParameterHandle(index: index)], values))
      }
    }
    guard numbers.epoch <= configuration.epochs, numbers.step / stepsPerEpoch == numbers.epoch
    else {
      throw .wrongMetadata(
        key: "epoch", found: "\(numbers.epoch) with step \(numbers.step)",
        expected: "at most \(configuration.epochs), of \(stepsPerEpoch) steps each")
    }
    for (matrix, values) in found { matrix.set(values) }
    scales = checkpoint.scales(of: signals) ?? scales
    lastEvaluation = [:]
    trainer.resetMeters()
    trainer.optimizer.restore(updates: numbers.updates)
    (step, epoch, samples) = (numbers.step, numbers.epoch, numbers.samples)
    phase = .training
    beginEpoch()
  }

  /// The edits as JSON, so that a steered run can be repeated from what was saved of it.
  private var editsText: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = (try? encoder.encode(edits)) ?? Data("[]".utf8)
    return String(decoding: data, as: UTF8.self)
  }

  /// What is saved, with the prefix of its tensors' names.
  private var slabs: [(String, ParameterSlab)] {
    [("", trainer.weights), ("optimizer.first.", trainer.optimizer.firstMoment)]
      + (trainer.optimizer.secondMoment.map { [("optimizer.second.", $0)] } ?? [])
  }

  private struct Counters {
    var step, epoch, samples, updates: Int

    init(_ checkpoint: Checkpoint, seed: UInt64) throws(CheckpointError) {
      guard let found = checkpoint.metadata["seed"] else { throw .missingMetadata("seed") }
      guard found == String(seed) else {
        throw .wrongMetadata(key: "seed", found: found, expected: String(seed))
      }
      step = try checkpoint.count("step")
      epoch = try checkpoint.count("epoch")
      samples = try checkpoint.count("samples")
      updates = try checkpoint.count("updates")
    }
  }
}

extension Checkpoint {
  /// The numbers of a tensor that must have this shape.
  func values(_ name: String, shape: [Int]) throws(CheckpointError) -> [Float] {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      throw .missingTensor(name)
    }
    guard tensor.shape == shape, tensor.values.count == shape.reduce(1, *) else {
      throw .wrongShape(tensor: name, expected: shape, found: tensor.shape)
    }
    return tensor.values
  }

  /// A number from 0 on in the metadata.
  func count(_ key: String) throws(CheckpointError) -> Int {
    guard let text = metadata[key] else { throw .missingMetadata(key) }
    guard let value = Int(text), value >= 0 else {
      throw .wrongMetadata(key: key, found: text, expected: "a number from 0 on")
    }
    return value
  }
}
