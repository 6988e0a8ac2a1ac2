import Foundation

/// The self-learnable activations of a checkpoint as the plain curves that they are in evaluation, for
/// other programs (specification of self-learnable activations, 1.5 and 8).
package enum FoldedCurves {
  /// What activations are, by their names, as JSON in the metadata of checkpoints.
  package static let key = "learned"

  /// Of each activation `NAME.folded`, a row of coefficients for each channel, for elements of z =
  /// scale x, within ends where inputs are clipped: `NAME.folded.scale` and `NAME.folded.ends`. The
  /// constant comes first. Empty where the checkpoint has none.
  package static func tensors(of checkpoint: Checkpoint) -> [Checkpoint.Tensor] {
    guard let text = checkpoint.metadata[key],
      let known = try? JSONDecoder().decode(
        [String: SelfLearnableConfiguration].self, from: Data(text.utf8))
    else { return [] }
    return known.sorted { $0.key < $1.key }.flatMap { tensors(of: $0.key, $0.value, checkpoint) }
  }

  static func text(_ configurations: [String: SelfLearnableConfiguration]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: (try? encoder.encode(configurations)) ?? Data(), as: UTF8.self)
  }

  private static func tensors(
    of name: String, _ configuration: SelfLearnableConfiguration, _ checkpoint: Checkpoint
  ) -> [Checkpoint.Tensor] {
    let own = checkpoint.tensors.filter { $0.name.hasPrefix(name + ".") }
    let channels = own.map { $0.shape.first ?? 1 }.max() ?? 1
    var layout = ParameterLayout()
    guard channels > 0,
      let layer = try? SelfLearnableActivation(
        name, input: ImageShape(channels: channels), configuration: configuration, layout: &layout)
    else { return [] }
    let slab = ParameterSlab(layout)
    for (index, entry) in layout.entries.enumerated() {
      guard let tensor = own.first(where: { $0.name == entry.name }),
        tensor.values.count == entry.count
      else { return [] }
      slab[ParameterHandle(index: index)].set(tensor.values)
    }
    return tensors(name, (0..<channels).map { layer.curve(ofChannel: $0, slab) })
  }

  private static func tensors(_ name: String, _ curves: [LearnedCurve]) -> [Checkpoint.Tensor] {
    let rows = curves.map { curve in
      let own = curve.curve.coefficients
      return curve.curve.basis.isPolynomial ? own : [curve.offset] + own
    }
    let tensor = { (part: String, columns: Int, values: [Double]) in
      Checkpoint.Tensor(
        name: "\(name).folded\(part)", shape: [curves.count, columns],
        values: values.map { Float($0) })
    }
    let folded = [
      tensor("", rows[0].count, rows.flatMap { $0 }), tensor(".scale", 1, curves.map(\.scale)),
    ]
    guard curves.allSatisfy({ $0.ends.lowerBound.isFinite && $0.ends.upperBound.isFinite })
    else { return folded }
    let ends = curves.flatMap { [$0.ends.lowerBound, $0.ends.upperBound] }
    return folded + [tensor(".ends", 2, ends)]
  }
}
