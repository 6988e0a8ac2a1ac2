/// Some of the samples of a set, and those that validate: held out from the ones that train, or, where
/// none are, the ones that test.
struct SpikingSamples: SpikeData {
  let base: any SpikeData
  /// Samples of `base` that train, at most; 0 for all. Likewise of the others.
  let training, evaluation, heldOut: Int

  var title: String { base.title }
  var channels: Int { base.channels }
  var steps: Int { base.steps }
  var classNames: [String] { base.classNames }

  private var own: Int { max(0, base.count(in: .training) - heldOut) }

  func count(in split: Gauge.Split) -> Int {
    let all =
      switch split {
      case .training: own
      case .validation: heldOut > 0 ? base.count(in: .training) - own : base.count(in: .test)
      case .test: base.count(in: .test)
      }
    let limit = split == .training ? training : evaluation
    return limit > 0 ? min(limit, all) : all
  }

  func label(_ index: Int, in split: Gauge.Split) -> Int {
    let place = place(index, split)
    return base.label(place.index, in: place.split)
  }

  func trains(_ index: Int, in split: Gauge.Split, presentation: Int) -> SpikeTrains {
    let place = place(index, split)
    return base.trains(place.index, in: place.split, presentation: presentation)
  }

  private func place(_ index: Int, _ split: Gauge.Split) -> (index: Int, split: Gauge.Split) {
    guard split == .validation else { return (index, split) }
    return heldOut > 0 ? (own + index, .training) : (index, .test)
  }
}
