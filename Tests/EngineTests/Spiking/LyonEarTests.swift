import Engine
import Foundation
import Testing

/// Examples that the Auditory Toolbox prints (specification of the spiking networks, 5.4).
@Suite struct LyonEarTests {
  @Test func `the filters at 16 kHz are the printed ones`() {
    let filters = LyonFilters(sampleRate: 16_000)
    #expect(filters.sections.count == 88)
    let printed = [
      [0, 0.7474, -0.6644, 0, 0], [0.8373, 0, -0.8373, 1.6433, 0.6772],
      [0.8899, 1.7137, 0.8251, 1.6369, 0.6854], [0.8877, 1.7027, 0.8250, 1.6160, 0.6934],
      [0.8859, 1.6774, 0.8252, 1.5821, 0.7011],
    ]
    for (section, row) in zip(filters.sections, printed) {
      for (found, expected) in zip(section.coefficients, row) {
        #expect(abs(found - expected) < 5.1e-5)
      }
    }
  }

  @Test(arguments: [(12_500, 78), (8_000, 64), (16_000, 86), (20_000, 93)])
  func `there are as many channels as the rate allows`(rate: Int, channels: Int) {
    #expect(LyonEar(sampleRate: rate, decimation: 1).channels == channels)
  }

  @Test(arguments: [1000, 1001, 4000, 44_100, 192_000])
  func `any allowed rate has stable filters and finite outputs`(rate: Int) {
    let filters = LyonFilters(sampleRate: rate)
    for section in filters.sections {
      // Poles within the unit circle.
      #expect(abs(section.b2) < 1 && abs(section.b1) < 1 + section.b2)
      #expect(section.coefficients.allSatisfy { $0.isFinite })
    }
    #expect(zip(filters.centres, filters.centres.dropFirst()).allSatisfy { $0 > $1 })
    let samples = (0..<2000).map { sin(Double($0 * $0) / 1000) }
    let ear = LyonEar(sampleRate: rate, decimation: 7).cochleagram(of: samples)
    #expect(ear.frames == 2000 / 7)
    #expect(ear.values.allSatisfy { $0.isFinite && $0 >= 0 })
  }

  @Test func `gain control settles at the printed outputs`() {
    var gain = EarGain(epsilon: 0.5, target: 0.5, channels: 1)
    var outputs: [Double] = []
    for _ in 0..<40 {
      var values = [1.0]
      values.withUnsafeMutableBufferPointer { gain.apply($0) }
      outputs.append(values[0])
    }
    for (found, expected) in zip(outputs, [1, 0.1, 0.45, 0.275, 0.3625, 0.31875]) {
      #expect(abs(found - expected) < 1e-12)
    }
    #expect(abs((outputs.last ?? 0) - 1.0 / 3) < 1e-9)
  }

  @Test func `silence is heard as silence, and leftover samples as nothing`() {
    let ear = LyonEar(sampleRate: 8000, decimation: 128)
    let silence = ear.cochleagram(of: Array(repeating: 0, count: 300))
    #expect(silence.channels == 64 && silence.frames == 2)
    #expect(silence.values.allSatisfy { $0 == 0 })
    #expect(ear.cochleagram(of: Array(repeating: 1, count: 127)).frames == 0)
    #expect(ear.cochleagram(of: []).values.isEmpty)
  }

  @Test func `a tone moves the channel of its frequency most`() {
    let ear = LyonEar(sampleRate: 8000, decimation: 128)
    let tone = (0..<4096).map { 0.3 * sin(2 * Double.pi * 1000 * Double($0) / 8000) }
    let heard = ear.cochleagram(of: tone)
    let last = (0..<heard.channels).map { heard.channel($0).last ?? 0 }
    let loudest = last.indices.max { last[$0] < last[$1] } ?? 0
    #expect(900...1100 ~= ear.filters.centres[loudest])
    #expect(heard.channel(0).allSatisfy { $0 == 0 })
  }

  @Test func `without decimation a frame is a sample`() {
    let ear = LyonEar(sampleRate: 8000, decimation: 1)
    let tone = (0..<400).map { sin(Double($0) / 3) }
    let heard = ear.cochleagram(of: tone)
    #expect(heard.frames == 400)
    #expect(heard.values.contains { $0 > 0 })
    // What is heard does not depend on what comes.
    #expect(
      Array(ear.cochleagram(of: Array(tone.prefix(100))).channel(20))
        == Array(heard.channel(20).prefix(100)))
  }
}
