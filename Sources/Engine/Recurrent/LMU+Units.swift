/// What single units of an ``LMU`` see.
extension LMU {
  package var junctions: [Junction] {
    let memory = (source: configuration.order, target: configuration.order)
    let isExact = configuration.variant == .exactState && configuration.m.kind != .off
    let all: [Junction?] = [
      trained("W_x", handles.inputWeights, from: .input, to: 0),
      trained("W_h", handles.hiddenWeights, from: .site(0), to: 0, isDelayed: true),
      trained("W_m", handles.memoryWeights, from: .site(1), to: 0),
      trained("b", handles.bias, from: .one, to: 0),
      trained("e_x", handles.inputEncoder, from: .input, to: 2, isByTarget: true),
      trained(
        "e_h", handles.hiddenEncoder, from: .site(0), to: 2, isDelayed: true, isByTarget: true),
      trained(
        "e_m", handles.memoryEncoder, from: .site(1), to: 2, isDelayed: true, isByTarget: true),
      trained("b_u", handles.memoryBias, from: .one, to: 2),
      Junction(
        "Bd", .fixed(memoryInput), from: .site(2), to: 1, isCurrent: !isExact,
        channelWidth: (source: 1, target: configuration.order)),
      // With an exact state Ad acts on numbers that no one else sees.
      isExact
        ? nil
        : Junction(
          "Ad", .fixed(memoryTransposed), from: .site(1), to: 1, isDelayed: true,
          channelWidth: memory),
    ]
    return all.compactMap(\.self)
  }

  private func trained(
    _ name: String, _ handle: ParameterHandle?, from source: Junction.Source, to target: Int,
    isDelayed: Bool = false, isByTarget: Bool = false
  ) -> Junction? {
    handle.map {
      Junction(
        name, .trained($0), from: source, to: target, isDelayed: isDelayed,
        isByTarget: isByTarget)
    }
  }

  /// m of one unit at all steps before its quantizer, from what the passes keep of one sequence:
  /// u of the unit's channel and, where the state is quantized, mq of that channel, both after their
  /// quantizers.
  ///
  ///     exactState       m_t = sum_k (Ad^k Bd)_i u_{t-k}
  ///     quantizedState   m_t = Ad_i mq_{t-1} + (Bd)_i u_t
  ///
  /// `response` is that of ``LegendreMemory/reversedResponse(steps:)``, taken once.
  func memoryActivity(
    of unit: Int, drive: [Float], response: @autoclosure () -> Matrix,
    output: (_ t: Int, _ place: Int) -> Float
  ) -> [Float] {
    let (d, steps) = (configuration.order, drive.count)
    let place = unit % d
    guard configuration.variant == .quantizedState else {
      // Row steps - 1 - k is Ad^k Bd.
      let response = response()
      return (0..<steps).map { t in
        var sum: Float = 0
        for k in 0...t { sum += response[steps - 1 - k, place] * drive[t - k] }
        return sum
      }
    }
    let first = unit - place
    return (0..<steps).map { t in
      var sum = memoryInput[0, place] * drive[t]
      if t > 0 {
        for other in 0..<d { sum += memory[place, other] * output(t - 1, first + other) }
      }
      return sum
    }
  }
}
