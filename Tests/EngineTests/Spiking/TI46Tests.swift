import Engine
import Foundation
import Testing

@Suite struct TI46Tests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func sphere(_ samples: [Int], rate: Int = 12_500) -> [UInt8] {
    MadeFile.sphere(
      MadeFile.sphereFields(count: samples.count, rate: rate), MadeFile.samples(samples))
  }

  private func failure(_ path: String) -> RecordingError? {
    recordingFailure { () throws(RecordingError) in _ = try TI46Name(path: path) }
  }

  @Test func `a name tells word, speaker, session and token`() throws {
    let digit = try TI46Name(path: "ti20/train/f1/00f1set3.wav")
    #expect(digit.word == .digit(0) && digit.speaker == "f1")
    #expect(digit.session == nil && digit.token == 3)
    let letter = try TI46Name(path: "0Zm8S5t1.WAV")
    #expect(letter.word == .letter(25) && letter.speaker == "m8")
    #expect(letter.session == 5 && letter.token == 1)
    #expect(try TI46Name(path: "13f2set0.wav").word == .other)
  }

  @Test func `names that tell nothing are refused`() {
    for name in ["a.wav", "00f1set3.txt", "00f1sxt3.wav", "00f1s0t0.wav", "00f1s9t0.wav", ""] {
      guard case .name(name, _)? = failure(name) else {
        Issue.record("\(name): \(String(describing: failure(name)))")
        continue
      }
    }
    #expect(
      failure("00x1set0.wav")
        == .wrong(
          file: "00x1set0.wav", field: "speaker in the name", found: "x1",
          expected: "f1 to f8 or m1 to m8"))
    #expect(
      failure("zzf1set0.wav")
        == .wrong(
          file: "zzf1set0.wav", field: "word in the name", found: "zz",
          expected: "00 to 09, 0a to 0z or the number of a command"))
  }

  @Test func `digits and letters are read from their folders`() throws {
    for (path, value) in [
      ("ti20/train/f1/00f1set0.wav", 1), ("ti20/train/m2/09m2set9.wav", 2),
      ("ti20/train/m2/12m2set0.wav", 3), ("ti20/test/f1/05f1s1t0.wav", 4),
      ("ti_alpha/train/f1/0Cf1set0.wav", 5), ("ti_alpha/test/f1/0zf1s8t1.wav", 6),
    ] {
      _ = try directory.write(sphere([value]), to: path)
    }
    let digits = try TI46.recordings(of: .digits, in: directory.path)
    #expect(digits.items.map(\.label) == [0, 9, 5])
    #expect(digits.items.map(\.tests) == [false, false, true])
    #expect(try (0..<3).map { try digits.recording($0).samples } == [[1], [2], [4]])
    let letters = try TI46.recordings(of: .letters, in: directory.path)
    #expect(letters.items.map(\.label) == [2, 25] && letters.classNames.count == 26)
    #expect(letters.id != digits.id && letters.classNames[2] == "c")
  }

  @Test func `a session in the wrong folder is refused, or passed over`() throws {
    _ = try directory.write(sphere([1]), to: "ti20/train/f1/00f1set0.wav")
    let wrong = try directory.write(sphere([1]), to: "ti20/train/f1/01f1s1t0.wav")
    let error = recordingFailure { () throws(RecordingError) in
      _ = try TI46.recordings(of: .digits, in: directory.path)
    }
    guard case .wrong(wrong, "session in the name", "a test", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let set = try TI46.recordings(of: .digits, in: directory.path, faults: .skip)
    #expect(set.items.count == 1 && set.skipped.map(\.file) == [wrong])
  }

  @Test func `an empty folder is refused by name`() {
    let error = recordingFailure { () throws(RecordingError) in
      _ = try TI46.recordings(of: .letters, in: directory.path)
    }
    guard case .noRecordings(let place, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(place == directory.path + "/ti_alpha")
  }

  @Test func `another rate is refused when a recording is read`() throws {
    let path = try directory.write(sphere([1], rate: 16_000), to: "ti20/train/f1/00f1set0.wav")
    let set = try TI46.recordings(of: .digits, in: directory.path)
    #expect(
      recordingFailure { () throws(RecordingError) in _ = try set.recording(0) }
        == .wrong(file: path, field: "sample rate", found: "16000", expected: "12500"))
  }

  @Test func `speech is encoded in 78 channels`() throws {
    let tone = MadeFile.tone(4000, hertz: 700, rate: 12_500)
    _ = try directory.write(sphere(tone), to: "ti46/ti20/train/f1/00f1set0.wav")
    var loading = RecordedSpikes(.ti46Digits)
    #expect(loading.steps == 700)
    loading.steps = 100
    let locations = DataLocations(option: directory.path, environment: [:])
    let encoded = try loading.load(from: locations)
    #expect(encoded.spikes.channels == 78 && encoded.spikes.steps == 100)
    #expect(encoded.spikes.trains(0, in: .training, presentation: 0).count > 0)
    #expect(throws: DataError.self) { try RecordedSpikes(.fsdd).load(from: locations) }
  }
}
