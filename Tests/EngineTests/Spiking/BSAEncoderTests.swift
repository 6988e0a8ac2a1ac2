import Engine
import Testing

@Suite struct BSAEncoderTests {
  private let encoder = BSAEncoder()

  @Test func `the kernel is the one of the specification`() {
    #expect(BSAEncoder.kernel.count == 24)
    #expect(abs(BSAEncoder.kernel.reduce(0, +) - 1) < 1e-15)
    #expect(BSAEncoder.kernel.indices.max { BSAEncoder.kernel[$0] < BSAEncoder.kernel[$1] } == 12)
    #expect(abs(BSAEncoder.kernel[0] - 0.000_355_829_876_922_6) < 1e-15)
  }

  @Test func `a made channel gives the listed spikes`() {
    let frames = [0.0002, 0.0002, 0.0002, 0.0005, 0.0005, 0]
    let expected =
      [1, 2, 3, 4, 8, 10, 11, 14, 16, 18, 20, 22] + Array(23...35)
    #expect(encoder.spikes(frames, steps: 700) == expected)
  }

  @Test(arguments: [1, 2, 12, 30]) func `fewer steps only cut`(steps: Int) {
    let frames = [0.0002, 0.0002, 0.0002, 0.0005, 0.0005, 0]
    #expect(
      encoder.spikes(frames, steps: steps)
        == encoder.spikes(frames, steps: 700).filter { $0 < steps })
  }

  @Test func `silence and nothing have no spikes`() {
    #expect(encoder.spikes([0, 0, 0], steps: 700).isEmpty)
    #expect(encoder.spikes([], steps: 700).isEmpty)
  }

  @Test func `what is louder fires more`() {
    let counts = [0.0001, 0.0002, 0.0004, 0.0008].map { level in
      encoder.spikes(Array(repeating: level, count: 60), steps: 700).count
    }
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 })
    // At most one a step.
    #expect(counts[3] <= 600)
  }

  @Test func `channels become trains`() {
    let ear = Cochleagram(
      channels: 2, frames: 3, values: [0, 0, 0, 0.0004, 0.0004, 0.0004])
    let trains = encoder.trains(ear, steps: 40)
    #expect(trains.channels == 2 && trains.steps == 40)
    #expect(trains.times(of: 0).isEmpty)
    #expect(
      trains.times(of: 1).map { Int($0) }
        == encoder.spikes([0.0004, 0.0004, 0.0004], steps: 40))
  }

  @Test func `sound after the last step changes nothing`() {
    let samples = (0..<16_000).map { Int16(truncatingIfNeeded: ($0 * $0) % 20_011 - 10_000) }
    let encoding = SpeechEncoding(sampleRate: 8000, steps: 200)
    #expect(encoding.decimation == 128)
    let whole = encoding.trains(AudioRecording(samples: samples, rate: 8000))
    let cut = encoding.spiker.trains(
      LyonEar(sampleRate: 8000, decimation: 128)
        .cochleagram(of: samples.map { Double($0) / 32768 }), steps: 200)
    #expect(whole == cut && whole.count > 0)
  }
}
