import Engine
import Foundation
import Testing

@Suite struct SpikeCacheTests {
  private let directory: TemporaryDirectory
  private let set: RecordingSet
  private let encoding = SpeechEncoding(sampleRate: 8000, steps: 60)

  init() throws {
    directory = try TemporaryDirectory()
    for (index, name) in ["1_a_0.wav", "1_a_7.wav", "2_a_8.wav"].enumerated() {
      let tone = MadeFile.tone(1400, hertz: 300 + 250 * Double(index))
      _ = try directory.write(MadeFile.wave(tone), to: "fsdd/" + name)
    }
    set = try FSDD.recordings(in: directory.path + "/fsdd")
  }

  private var cache: String { directory.path + "/cache" }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache).sorted()
  }

  /// The path of the first file that `isWanted`.
  private func file(_ isWanted: (String) -> Bool = { _ in true }) throws -> String {
    let first = try files().map { cache + "/" + $0 }.first(where: isWanted)
    return try #require(first)
  }

  private func encode() throws -> SpikeCache.Spikes {
    try encoding.encode(set, cache: cache)
  }

  @Test func `encoded recordings have their labels and trains`() throws {
    let encoded = try encoding.encode(set, cache: nil)
    #expect(encoded.outcome == .made && encoded.skipped.isEmpty)
    let spikes = encoded.spikes
    #expect(spikes.channels == 64 && spikes.steps == 60 && spikes.classes == 10)
    #expect(spikes.count(in: .training) == 2 && spikes.count(in: .test) == 1)
    #expect((0..<2).map { spikes.label($0, in: .training) } == [1, 2])
    for (index, place) in [(0, 1), (1, 2)] {
      let own = encoding.trains(try set.recording(place))
      #expect(spikes.trains(index, in: .training, presentation: 9) == own)
      #expect(own.count > 0)
    }
    let first = encoding.trains(try set.recording(0))
    #expect(spikes.trains(0, in: .test, presentation: 0) == first)
  }

  @Test func `what has been encoded is read the second time`() throws {
    let made = try encode()
    #expect(made.outcome == .made)
    #expect(try files().count == 1)
    #expect(try files().allSatisfy { $0.hasPrefix("fsdd-") && $0.hasSuffix(".spikes") })
    let read = try encode()
    #expect(read.outcome == .read)
    #expect(read.spikes == made.spikes)
  }

  @Test func `other settings have a file of their own`() throws {
    _ = try encode()
    var other = encoding
    other.spiker.threshold = 0.7
    #expect(try other.encode(set, cache: cache).outcome == .made)
    other = encoding
    other.steps = 61
    #expect(try other.encode(set, cache: cache).outcome == .made)
    var changed = set
    changed.fingerprint += 1
    #expect(try encoding.encode(changed, cache: cache).outcome == .made)
    #expect(try files().count == 4)
  }

  @Test func `a damaged file is made again, and that is said`() throws {
    let made = try encode()
    let path = try file()
    let whole = try #require(contents(of: path))
    for (change, damage) in Self.changes {
      var bytes = whole
      change(&bytes)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let again = try encode()
      #expect(again.outcome == .madeAgain(file: path, damage))
      #expect(again.spikes == made.spikes)
      #expect(description(of: again.outcome)?.hasPrefix(path + ": ") == true)
      #expect(contents(of: path) == whole)
      #expect(try encode().outcome == .read)
    }
    #expect(try files().count == 1)
  }

  private static var changes: [((inout [UInt8]) -> Void, SpikeCache.Damage)] {
    [
      ({ $0[$0.count / 2] ^= 4 }, .checksum), ({ $0[$0.count - 1] ^= 1 }, .checksum),
      ({ $0.removeLast(20) }, .checksum), ({ $0 = [] }, .form),
      ({ $0[0] = 0 }, .form), ({ $0 = Array($0.prefix(12)) }, .form),
    ]
  }

  @Test func `a file of other settings under the same name is not taken`() throws {
    _ = try encode()
    let path = try file()
    var other = encoding
    other.steps = 61
    _ = try other.encode(set, cache: cache)
    let otherPath = try file { $0 != path }
    let foreign = try #require(contents(of: otherPath))
    try Data(foreign).write(to: URL(fileURLWithPath: path))
    #expect(try encode().outcome == .madeAgain(file: path, .settings))
  }

  @Test func `where no file can be written the trains are there all the same`() throws {
    let blocked = try directory.write([1], to: "file")
    let made = try encoding.encode(set, cache: blocked + "/folder")
    guard case .unsaved(let path, let reason) = made.outcome else {
      Issue.record("\(made.outcome)")
      return
    }
    #expect(path.hasPrefix(blocked) && !reason.isEmpty)
    #expect(try made.spikes == encoding.encode(set, cache: nil).spikes)
  }

  @Test func `a bad file ends all, or is left out and nothing kept`() throws {
    let bad = try directory.write(Array("OggS....".utf8), to: "fsdd/4_a_9.wav")
    let set = try FSDD.recordings(in: directory.path + "/fsdd")
    let error = recordingFailure { () throws(RecordingError) in
      _ = try encoding.encode(set, cache: cache)
    }
    guard case .foreign(bad, _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let encoded = try encoding.encode(set, faults: .skip, cache: cache)
    #expect(encoded.skipped.map(\.file) == [bad])
    #expect(try encoded.spikes == encode().spikes)
    #expect(try encoding.encode(set, faults: .skip, cache: cache).outcome == .made)
  }
}
