import Testing

@testable import Engine

/// The multipliers of the sites' resolutions as knobs.
@Suite struct ScaleKnobTests {
  private static func study(seed: UInt64 = 5) throws -> TrainingStudy {
    try TrainingStudy(tiny: .tiny(h: Schedule(.hold(2)), m: Schedule(.hold(4)), seed: seed))
  }

  @Test func `a scale multiplies the resolution from the next batch on`() throws {
    let study = try Self.study()
    _ = try study.advance(within: .zero)
    #expect(study.resolutions(at: study.step) == [2, 4, .infinity])
    let record = try study.apply(.set(knob: "site.h.scale", value: 0.5))
    #expect(record.changes == [EditRecord.Change(knob: "site.h.scale", from: 1, to: 0.5)])
    _ = try study.advance(within: .zero)
    #expect(study.trainer.presentResolutions == [1, 4, .infinity])
    #expect(study.useMetadata["scale.h"] == "0.5" && study.useMetadata["scale.m"] == "1.0")
    _ = try study.apply(.undo)
    #expect(study.resolutions(at: study.step) == [2, 4, .infinity])
  }

  @Test func `all resolutions together leave the scales alone`() throws {
    let study = try Self.study()
    let record = try study.apply(.scale(knob: "w.*", factor: 2))
    #expect(record.changes.map(\.knob) == ["w.h", "w.m"])
    #expect(throws: EditError.self) { try study.apply(.set(knob: "site.h.scale", value: 0)) }
    #expect(throws: EditError.self) { try study.apply(.set(knob: "site.u.scale", value: 1)) }
  }

  @Test func `a scale is saved and goes on`() throws {
    let study = try Self.study()
    _ = try study.advance(within: .zero)
    _ = try study.apply(.set(knob: "site.m.scale", value: 3))
    _ = try study.advance(within: .zero)
    let restored = try Self.study()
    try restored.restore(study.snapshot())
    #expect(restored.resolutions(at: restored.step) == [2, 12, .infinity])
    _ = try restored.apply(.undo)
    #expect(restored.resolutions(at: restored.step) == [2, 4, .infinity])
  }

  @Test func `a checkpoint of before there were such knobs gives its scales`() throws {
    let study = try Self.study()
    _ = try study.advance(within: .zero)
    var checkpoint = study.snapshot()
    var state = try StudyState(checkpoint)
    state.steering.entries.removeAll { $0.id.hasPrefix("site.") }
    checkpoint.metadata[StudyState.metadataKey] = state.text
    checkpoint.metadata["scale.h"] = "0.25"
    let restored = try Self.study()
    try restored.restore(checkpoint)
    #expect(restored.resolutions(at: restored.step) == [0.5, 4, .infinity])
  }
}
