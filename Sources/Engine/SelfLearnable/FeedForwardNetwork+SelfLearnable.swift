extension FeedForwardNetwork {
  /// Its self-learnable activations, in order.
  package var selfLearnableLayers: [SelfLearnableActivation] {
    nodes.compactMap { node in
      guard case .layer(let layer) = node.work else { return nil }
      return layer as? SelfLearnableActivation
    }
  }

  /// Throws where training needs statistics for which a batch of so many samples has too few
  /// numbers of a channel.
  package func requireRows(_ samples: Int) throws(SelfLearnableError) {
    for layer in selfLearnableLayers {
      try layer.configuration.requireRows(samples * layer.input.area)
    }
  }
}

extension SelfLearnableActivation {
  /// All its trained numbers.
  var trained: [ParameterHandle] {
    [coefficients, constant] + [gate, maximum?.multiplier].compactMap { $0 }
  }

  /// Places of its trained numbers in a slab of `layout`, but for those of frozen rows.
  func ranges(_ layout: ParameterLayout, besides frozen: FrozenRows) -> [Range<Int>] {
    if frozen.isWhole { return [] }
    return trained.flatMap { handle -> [Range<Int>] in
      let entry = layout.entries[handle.index]
      let hasRows = handle == coefficients || handle == constant
      guard hasRows, !frozen.rows.isEmpty else {
        return [entry.offset..<entry.offset + entry.count]
      }
      return (0..<entry.rows).filter { !frozen.rows.contains($0) }.map {
        let first = entry.offset + $0 * entry.columns
        return first..<first + entry.columns
      }
    }
  }
}
