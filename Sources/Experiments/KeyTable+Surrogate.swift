import Documents
import Engine

extension KeyTable {
  /// Keys that set the surrogates of all quantizers at once.
  static let surrogateOfAllSites = surrogate(
    "quantizer", "all quantizers",
    [
      \.training.model.fields.h, \.training.model.fields.m, \.training.model.fields.lmu.u,
    ])

  /// The keys of what stands for the derivative of quantizers on the way back; those of several
  /// show the first that is not straight-through.
  static func surrogate(
    _ table: String, _ title: String, when condition: ExperimentKey.Condition? = nil,
    _ targets: [ExperimentPath<QuantizerSite>]
  ) -> [ExperimentKey] {
    let read = { @Sendable (draft: ExperimentDraft) in
      let all = targets.map { draft.experiment[keyPath: $0].surrogate }
      return all.first { $0.curve.kind != .identity } ?? .straightThrough
    }
    let write = { @Sendable (draft: inout ExperimentDraft, change: (inout SiteSurrogate) -> Void) in
      for target in targets { change(&draft.experiment[keyPath: target].surrogate) }
    }
    let isOther = ExperimentKey.Condition(
      selector: "\(table).surrogate", values: .other(than: Surrogate.Kind.identity.rawValue))
    return [
      ExperimentKey(
        "\(table).surrogate", .surrogate, "Derivative of \(title) on the way back",
        when: condition
      ) {
        .text(read($0).curve.text)
      } write: { draft, value in
        guard case .text(let text) = value, let curve = try? Surrogate(text: text) else { return }
        write(&draft) { $0 = $0.with(curve) }
      },
      ExperimentKey(
        "\(table).surrogateNormalization", .choice(Choices.surrogateNormalizations),
        "How that is scaled", when: isOther
      ) {
        .text(read($0).normalization.rawValue)
      } write: { draft, value in
        guard case .text(let text) = value, let scale = Surrogate.Normalization(rawValue: text)
        else { return }
        write(&draft) { $0.normalization = scale }
      },
      ExperimentKey(
        "\(table).surrogatePlacement", .choice(Choices.surrogatePlacements), "Where it lies",
        when: isOther
      ) {
        .text(read($0).placement.rawValue)
      } write: { draft, value in
        guard case .text(let text) = value,
          let placement = SiteSurrogate.Placement(rawValue: text)
        else { return }
        write(&draft) { $0.placement = placement }
      },
    ]
  }
}
