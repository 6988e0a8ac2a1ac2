/// Something that was done to chosen neurons and lasts.
struct InhibitoryInfluence: Sendable, Equatable, Codable {
  enum Kind: Sendable, Equatable, Codable {
    /// They do not fire.
    case silenced
    /// They have so much drive in addition.
    case stimulated(Double)
  }

  /// Ranks of the neurons by excitability, from 0.
  var ranks: ClosedRange<Int>
  var kind: Kind
}

extension [InhibitoryInfluence] {
  /// With `kind` alone on these ranks, or with nothing there; the others keep theirs.
  func replacing(
    _ ranks: ClosedRange<Int>, with kind: InhibitoryInfluence.Kind?
  ) -> [InhibitoryInfluence] {
    var kept: [InhibitoryInfluence] = flatMap { influence -> [InhibitoryInfluence] in
      guard influence.ranks.overlaps(ranks) else { return [influence] }
      let (low, high) = (influence.ranks.lowerBound, influence.ranks.upperBound)
      var rest: [InhibitoryInfluence] = []
      if low < ranks.lowerBound {
        rest.append(
          InhibitoryInfluence(ranks: low...ranks.lowerBound - 1, kind: influence.kind))
      }
      if high > ranks.upperBound {
        rest.append(
          InhibitoryInfluence(ranks: ranks.upperBound + 1...high, kind: influence.kind))
      }
      return rest
    }
    if let kind { kept.append(InhibitoryInfluence(ranks: ranks, kind: kind)) }
    return kept.sorted { $0.ranks.lowerBound < $1.ranks.lowerBound }
  }
}
