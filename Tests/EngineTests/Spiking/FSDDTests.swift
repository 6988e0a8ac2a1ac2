import CZlib
import Engine
import Foundation
import Testing

@Suite struct FSDDTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let names = ["3_ann_0.wav", "3_ann_5.wav", "7_bo_4.wav", "7_bo_49.wav"]

  private static func wave(_ index: Int) -> [UInt8] {
    MadeFile.wave(MadeFile.tone(1000 + 200 * index, hertz: 300 + 100 * Double(index)))
  }

  private static var files: [(name: String, bytes: [UInt8])] {
    names.enumerated().map { ($0.element, wave($0.offset)) }
  }

  private func failure(_ faults: RecordingFaults = .stop) -> RecordingError? {
    recordingFailure { () throws(RecordingError) in
      _ = try FSDD.recordings(in: directory.path, faults: faults)
    }
  }

  @Test func `an archive gives labels, parts and sound`() throws {
    _ = try directory.write(MadeFile.tar(Self.files), to: "fsdd.tar")
    let set = try FSDD.recordings(in: directory.path)
    #expect(set.items.map(\.label) == [3, 3, 7, 7])
    #expect(set.items.map(\.tests) == [true, false, true, false])
    #expect(set.items.map(\.speaker) == ["ann", "ann", "bo", "bo"])
    #expect(set.sampleRate == 8000 && set.classNames == (0...9).map(String.init))
    for index in 0..<4 {
      #expect(try set.recording(index) == AudioRecording(Self.wave(index), file: "made"))
    }
  }

  @Test(arguments: ["", "recordings/"]) func `a folder of wav files gives the same`(
    inner: String
  ) throws {
    for file in Self.files { _ = try directory.write(file.bytes, to: inner + file.name) }
    _ = try directory.write([1], to: inner + "notes.txt")
    let set = try FSDD.recordings(in: directory.path)
    #expect(set.items.map(\.label) == [3, 3, 7, 7])
    #expect(set.items.map(\.tests) == [true, false, true, false])
    #expect(try set.recording(3) == AudioRecording(Self.wave(3), file: "made"))
  }

  @Test func `other contents have another fingerprint`() throws {
    _ = try directory.write(MadeFile.tar(Self.files), to: "fsdd.tar")
    let first = try FSDD.recordings(in: directory.path).fingerprint
    #expect(try FSDD.recordings(in: directory.path).fingerprint == first)
    _ = try directory.write(MadeFile.tar(Self.files.reversed()), to: "fsdd.tar")
    #expect(try FSDD.recordings(in: directory.path).fingerprint != first)
  }

  // MARK: The table beside the archive

  private func index(
    _ change: (inout [String]) -> Void = { _ in }
  ) -> [UInt8] {
    var place = 512
    var lines = ["name,digit,offset,bytes,crc32"]
    for file in Self.files {
      let checksum = file.bytes.withUnsafeBufferPointer { buffer in
        crc32(0, buffer.baseAddress, UInt32(buffer.count))
      }
      lines.append("\(file.name),0,\(place),\(file.bytes.count),\(String(checksum, radix: 16))")
      place += 512 + (file.bytes.count + 511) / 512 * 512
    }
    change(&lines)
    return Array(lines.joined(separator: "\n").utf8)
  }

  @Test func `an archive is checked against the table beside it`() throws {
    let archive = try directory.write(MadeFile.tar(Self.files), to: "fsdd.tar")
    _ = try directory.write(index(), to: "index.csv")
    #expect(failure() == nil)

    var damaged = MadeFile.tar(Self.files)
    damaged[600] ^= 1
    _ = try directory.write(damaged, to: "fsdd.tar")
    guard case .wrong(archive, "3_ann_0.wav", let found, let expected)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    #expect(found.hasPrefix("crc32 ") && expected.contains("index.csv"))
  }

  @Test func `a table that does not fit is refused by line`() throws {
    let archive = try directory.write(MadeFile.tar(Self.files), to: "fsdd.tar")
    let table = directory.path + "/index.csv"
    _ = try directory.write(index { $0.append("9_x_1.wav,9,512,4,0") }, to: "index.csv")
    #expect(
      failure()
        == .absent(file: archive, field: "file 9_x_1.wav, which line 6 of \(table) names"))
    _ = try directory.write(index { $0[2] = "3_ann_5.wav,0,1,2" }, to: "index.csv")
    guard case .wrong(table, "line 3", "3_ann_5.wav,0,1,2", _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    _ = try directory.write(Array("name,offset,bytes\n".utf8), to: "index.csv")
    #expect(failure() == .absent(file: table, field: "column crc32"))
  }

  // MARK: Faults

  @Test func `archives that are none or break off are refused`() throws {
    let whole = MadeFile.tar(Self.files)
    for (length, expected) in [(100, 512), (600, 512 + Self.wave(0).count)] {
      let file = try directory.write(Array(whole.prefix(length)), to: "fsdd.tar")
      #expect(
        failure() == .truncated(file: file, foundBytes: length, expectedBytes: expected))
    }
    let file = try directory.write([UInt8](repeating: 0x41, count: 1024), to: "fsdd.tar")
    guard case .wrong(file, "header at byte 0", "no ustar in it", _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    var changed = whole
    changed[3] ^= 1
    _ = try directory.write(changed, to: "fsdd.tar")
    guard case .wrong(file, "header at byte 0", let sum, _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    #expect(sum.hasPrefix("a checksum of "))
  }

  @Test func `names that tell nothing are refused, or passed over`() throws {
    var files = Self.files
    for name in ["odd.wav", "12_ann_3.wav"] { files.append((name, Self.wave(0))) }
    let archive = try directory.write(MadeFile.tar(files), to: "fsdd.tar")
    guard case .name(let file, _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    #expect(file == archive + ":odd.wav")
    let set = try FSDD.recordings(in: directory.path, faults: .skip)
    #expect(set.items.count == 4)
    #expect(
      set.skipped.last
        == .wrong(
          file: archive + ":12_ann_3.wav", field: "digit in the name", found: "12",
          expected: "0 to 9"))
    #expect(set.skipped.count == 2)
  }

  @Test func `a folder without recordings, and none, are refused`() throws {
    guard case .noRecordings(directory.path, _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    let missing = directory.path + "/none"
    let error = recordingFailure { () throws(RecordingError) in
      _ = try FSDD.recordings(in: missing)
    }
    guard case .unreadable(missing, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test func `a recording of another rate is refused when it is read`() throws {
    let wave = MadeFile.wave([1, 2, 3], rate: 16_000)
    let archive = try directory.write(MadeFile.tar([("1_a_1.wav", wave)]), to: "fsdd.tar")
    let set = try FSDD.recordings(in: directory.path)
    #expect(
      recordingFailure { () throws(RecordingError) in _ = try set.recording(0) }
        == .wrong(
          file: archive + ":1_a_1.wav", field: "sample rate", found: "16000", expected: "8000"))
  }

  @Test(.enabled(if: isHere(DataCatalogue.fsdd), "SKIPPED: no FSDD"))
  func `the published archive is whole`() throws {
    let folder = try realData.folder(of: DataCatalogue.fsdd, expected: "fsdd.tar")
    let set = try FSDD.recordings(in: folder)
    #expect(set.items.count { $0.tests } == 300 && set.items.count { !$0.tests } == 2700)
    #expect(Set(set.items.map(\.speaker)).count == 6)
    for digit in 0...9 { #expect(set.items.count { $0.label == digit } == 300) }
    let trains = SpeechEncoding(sampleRate: 8000).trains(try set.recording(0))
    #expect(trains.channels == 64 && trains.count == 1220)
  }
}
