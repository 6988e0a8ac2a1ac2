import Engine
import Testing

@Suite struct AudioRecordingTests {
  private func failure(_ bytes: [UInt8]) -> RecordingError? {
    recordingFailure { () throws(RecordingError) in _ = try AudioRecording(bytes, file: "a.wav") }
  }

  private let values = [0, 1, -1, 32_767, -32_768, 300]

  // MARK: Wav files

  @Test func `a wav file gives its samples and rate`() throws {
    let recording = try AudioRecording(MadeFile.wave(values, rate: 11_025), file: "a.wav")
    #expect(recording == AudioRecording(samples: values.map { Int16($0) }, rate: 11_025))
    #expect(recording.scaled[4] == -1 && recording.scaled[5] == 300 / 32768)
  }

  @Test func `chunks that are not known are passed over, with their padding`() throws {
    let bytes = MadeFile.riff(
      MadeFile.chunk("LIST", [1, 2, 3]) + MadeFile.chunk("fmt ", MadeFile.format() + [0, 0])
        + MadeFile.chunk("fact", []) + MadeFile.chunk("data", MadeFile.samples([5, -6]))
        + MadeFile.chunk("junk", [1]))
    #expect(try AudioRecording(bytes, file: "a.wav").samples == [5, -6])
  }

  @Test func `the extensible form of PCM is read`() throws {
    let format =
      MadeFile.format(code: 0xFFFE) + MadeFile.little16(22) + MadeFile.little16(16)
      + MadeFile.little32(0) + MadeFile.little16(1) + [UInt8](repeating: 0, count: 14)
    let bytes = MadeFile.riff(
      MadeFile.chunk("fmt ", format) + MadeFile.chunk("data", MadeFile.samples([7])))
    #expect(try AudioRecording(bytes, file: "a.wav").samples == [7])
  }

  @Test func `a file that breaks off is refused with both sizes`() {
    let whole = MadeFile.wave(values)
    #expect(
      failure(Array(whole.dropLast()))
        == .truncated(
          file: "a.wav", foundBytes: whole.count - 1, expectedBytes: whole.count))
    #expect(
      failure(Array(whole.prefix(10)))
        == .truncated(file: "a.wav", foundBytes: 10, expectedBytes: 12))
    #expect(failure(Array(whole.prefix(36))) == .absent(file: "a.wav", field: "data chunk"))
    #expect(failure(Array(whole.prefix(12))) == .absent(file: "a.wav", field: "fmt chunk"))
  }

  @Test func `foreign files are refused with their first bytes`() {
    let expected = "\"RIFF\" (a wav file) or \"NIST_1A\" (a SPHERE file)"
    #expect(
      failure(Array("OggS and more".utf8))
        == .foreign(file: "a.wav", found: Array("OggS and".utf8), expected: expected))
    #expect(failure([]) == .foreign(file: "a.wav", found: [], expected: expected))
    let other = Array("RIFF".utf8) + MadeFile.little32(4) + Array("AVI ".utf8)
    #expect(
      failure(other)
        == .wrong(file: "a.wav", field: "form at byte 8", found: "AVI ", expected: "WAVE"))
  }

  @Test func `other formats are refused by name`() {
    func file(_ format: [UInt8], _ data: [UInt8] = [0, 0]) -> [UInt8] {
      MadeFile.riff(MadeFile.chunk("fmt ", format) + MadeFile.chunk("data", data))
    }
    func wrong(_ field: String, _ found: String, _ expected: String) -> RecordingError {
      .wrong(file: "a.wav", field: field, found: found, expected: expected)
    }
    #expect(failure(file(MadeFile.format(channels: 2))) == wrong("channels", "2", "1"))
    #expect(failure(file(MadeFile.format(bits: 8))) == wrong("bits of a sample", "8", "16"))
    #expect(failure(file(MadeFile.format(code: 3))) == wrong("format", "3", "1 (PCM)"))
    #expect(failure(file(MadeFile.format(rate: 0))) == wrong("sample rate", "0", "above 0"))
    #expect(failure(file([1, 0])) == wrong("fmt chunk", "2 bytes", "16 or more"))
    #expect(
      failure(file(MadeFile.format(), [1, 2, 3]))
        == wrong("data chunk", "3 bytes", "whole samples of 2 bytes"))
  }

  // MARK: SPHERE files

  @Test(arguments: ["01", "10"]) func `a SPHERE file is read in both byte orders`(
    order: String
  ) throws {
    let little = MadeFile.samples(values)
    let body =
      order == "01"
      ? little
      : stride(from: 0, to: little.count, by: 2).flatMap { [little[$0 + 1], little[$0]] }
    let bytes = MadeFile.sphere(
      ["; a comment"] + MadeFile.sphereFields(count: 6, order: order, coding: "pcm"), body)
    #expect(
      try AudioRecording(bytes, file: "a.wav")
        == AudioRecording(samples: values.map { Int16($0) }, rate: 12_500))
  }

  @Test func `compressed, stereo and odd SPHERE files are refused by field`() {
    func failure(_ fields: [String]) -> RecordingError? {
      self.failure(MadeFile.sphere(fields, [0, 0]))
    }
    func wrong(_ field: String, _ found: String, _ expected: String) -> RecordingError {
      .wrong(file: "a.wav", field: field, found: found, expected: expected)
    }
    let shorten = "pcm,embedded-shorten-v2.00"
    #expect(
      failure(MadeFile.sphereFields(count: 1, coding: shorten))
        == wrong("sample_coding", shorten, "pcm, not compressed"))
    #expect(
      failure(MadeFile.sphereFields(count: 1, channels: 2)) == wrong("channel_count", "2", "1"))
    #expect(
      failure(MadeFile.sphereFields(count: 1, bytes: 1)) == wrong("sample_n_bytes", "1", "2"))
    #expect(
      failure(MadeFile.sphereFields(count: 1, rate: 0))
        == wrong("sample_rate", "0", "a number above 0"))
    #expect(
      failure(MadeFile.sphereFields(count: 1, order: "11"))
        == wrong("sample_byte_format", "11", "01 (little endian) or 10 (big endian)"))
    #expect(
      failure(["odd"]) == wrong("header line", "odd", "a name, a type and a value"))
    let fields = MadeFile.sphereFields(count: 1).filter { !$0.hasPrefix("sample_rate") }
    #expect(failure(fields) == .absent(file: "a.wav", field: "sample_rate"))
  }

  @Test func `a SPHERE file that breaks off is refused`() {
    let whole = MadeFile.sphere(MadeFile.sphereFields(count: 3), MadeFile.samples([1, 2, 3]))
    #expect(
      failure(Array(whole.dropLast()))
        == .truncated(file: "a.wav", foundBytes: 1029, expectedBytes: 1030))
    #expect(
      failure(Array(whole.prefix(100)))
        == .truncated(file: "a.wav", foundBytes: 100, expectedBytes: 1024))
    #expect(
      failure(Array(whole.prefix(9)))
        == .truncated(file: "a.wav", foundBytes: 9, expectedBytes: 16))
    #expect(
      failure(MadeFile.sphere(MadeFile.sphereFields(count: 0), [], end: "more -i 1"))
        == .absent(file: "a.wav", field: "end_head"))
    #expect(
      failure(Array("NIST_1A\n   what\n".utf8))
        == .wrong(
          file: "a.wav", field: "header size", found: "what",
          expected: "a number from 16 to 1048576"))
  }

  @Test func `whatever the bytes, reading ends`() {
    let files = [
      MadeFile.wave(values),
      MadeFile.sphere(MadeFile.sphereFields(count: 6), MadeFile.samples(values)),
    ]
    for file in files {
      for place in 0..<min(file.count, 240) {
        for byte: UInt8 in [0, 0x20, 0x39, 0x7F, 0xFF] {
          var changed = file
          changed[place] = byte
          if let error = failure(changed) { #expect(!description(of: error).isEmpty) }
        }
      }
    }
  }
}
