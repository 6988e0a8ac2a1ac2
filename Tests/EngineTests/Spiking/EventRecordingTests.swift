import Engine
import Foundation
import Testing

@Suite struct NMNISTTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func `five bytes are an event`() throws {
    let bytes =
      MadeFile.event(column: 3, row: 33, polarity: 1, microseconds: 0x7F_1234)
      + MadeFile.event(column: 0, row: 0, polarity: 0, microseconds: 5)
    let events = try NMNIST.events(bytes, file: "a.bin")
    #expect(
      events == [
        .init(column: 3, row: 33, polarity: 1, microseconds: 0x7F_1234),
        .init(column: 0, row: 0, polarity: 0, microseconds: 5),
      ])
    #expect(events[0].channel == (34 + 33) * 34 + 3 && events[1].channel == 0)
    #expect(NMNIST.channels == 2312)
  }

  @Test func `files that break off or have pixels beyond the edge are refused`() {
    let event = MadeFile.event(column: 34, row: 0, polarity: 0, microseconds: 0)
    #expect(
      recordingFailure { () throws(RecordingError) in
        _ = try NMNIST.events(Array(event.dropLast()), file: "a.bin")
      } == .truncated(file: "a.bin", foundBytes: 4, expectedBytes: 5))
    #expect(
      recordingFailure { () throws(RecordingError) in
        _ = try NMNIST.events([0, 0, 0, 0, 0] + event, file: "a.bin")
      }
        == .wrong(
          file: "a.bin", field: "event 1 (counted from 0)", found: "column 34, row 0",
          expected: "0 to 33 each"))
  }

  private func makeFolders() throws {
    for part in ["Train", "Test"] {
      for digit in 0...9 {
        let events =
          MadeFile.event(column: digit, row: 0, polarity: 0, microseconds: 599)
          + MadeFile.event(column: digit, row: 0, polarity: 0, microseconds: 600)
        _ = try directory.write(events, to: "\(part)/\(digit)/00001.bin")
      }
    }
  }

  @Test func `folders become trains`() throws {
    try makeFolders()
    let spikes = try NMNIST.spikes(in: directory.path).spikes
    #expect(spikes.steps == 600 && spikes.channels == 2312)
    for split in [Gauge.Split.training, .test] {
      #expect(spikes.count(in: split) == 10)
      for digit in 0...9 {
        #expect(spikes.label(digit, in: split) == digit)
        let trains = spikes.trains(digit, in: split, presentation: 0)
        #expect(trains.count == 2 && Array(trains.times(of: digit)) == [1, 2])
      }
    }
  }

  @Test func `a bad file ends all, or is left out`() throws {
    try makeFolders()
    let bad = try directory.write([1, 2], to: "Train/4/00002.bin")
    #expect(
      recordingFailure { () throws(RecordingError) in _ = try NMNIST.spikes(in: directory.path) }
        == .truncated(file: bad, foundBytes: 2, expectedBytes: 5))
    let encoded = try NMNIST.spikes(in: directory.path, faults: .skip)
    #expect(encoded.skipped.map(\.file) == [bad])
    #expect(encoded.spikes.count(in: .training) == 10)
  }

  @Test func `a missing class is refused`() throws {
    _ = try directory.write([], to: "Train/0/00001.bin")
    let error = recordingFailure { () throws(RecordingError) in
      _ = try NMNIST.spikes(in: directory.path)
    }
    #expect(error?.file == directory.path + "/Train/1")
  }
}

@Suite struct NTIDIGITSTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path + "/n-tidigits.hdf5"
  }

  private typealias Groups = [String: [String: MadeHDF5.Value]]

  private static func groups() -> Groups {
    [
      "train_timestamps": [
        "man-a-a-1": .times([0, 0.0019, 0.005]), "man-a-a-z": .times([]),
        "man-a-a-12": .times([1]),
      ],
      "train_addresses": [
        "man-a-a-1": .channels([7, 7, 63]), "man-a-a-z": .channels([]),
        "man-a-a-12": .channels([1]),
      ],
      "test_timestamps": ["woman-b-b-o": .times([0.5, 9])],
      "test_addresses": ["woman-b-b-o": .channels([0, 1])],
    ]
  }

  /// The error of reading a file in which something was changed.
  private func failure(_ change: (inout Groups) -> Void) -> RecordingError? {
    var groups = Self.groups()
    change(&groups)
    MadeHDF5.write(groups, to: path)
    return recordingFailure { () throws(RecordingError) in _ = try NTIDIGITS.spikes(path) }
  }

  @Test func `single digits become trains`() throws {
    MadeHDF5.write(Self.groups(), to: path)
    let spikes = try NTIDIGITS.spikes(path).spikes
    #expect(spikes.channels == 64 && spikes.steps == 700 && spikes.classes == 11)
    #expect(spikes.count(in: .training) == 2 && spikes.count(in: .test) == 1)
    #expect((0..<2).map { spikes.label($0, in: .training) } == [1, 10])
    #expect(spikes.label(0, in: .test) == 0)
    let trains = spikes.trains(0, in: .training, presentation: 0)
    #expect(Array(trains.times(of: 7)) == [1] && Array(trains.times(of: 63)) == [3])
    #expect(trains.count == 2)
    let late = spikes.trains(0, in: .test, presentation: 0)
    #expect(late.count == 1 && Array(late.times(of: 0)) == [251])
  }

  @Test func `all keys can be read, and the step be set`() throws {
    MadeHDF5.write(Self.groups(), to: path)
    let all = try NTIDIGITSFile.recordings(path).recordings
    #expect(all.map(\.key) == ["man-a-a-1", "man-a-a-12", "man-a-a-z", "woman-b-b-o"])
    #expect(all.map(\.tests) == [false, false, false, true])
    #expect(all.map(\.digits) == ["1", "12", "z", "o"])
    let bins = NTIDIGITS.bins(steps: 50, seconds: 0.001)
    let trains = try NTIDIGITS.spikes(path, bins: bins).spikes
      .trains(0, in: .training, presentation: 0)
    #expect(Array(trains.times(of: 7)) == [1, 2] && trains.steps == 50)
  }

  @Test func `halves are drawn by their seed`() throws {
    MadeHDF5.write(Self.groups(), to: path)
    let halves = (UInt64(0)..<20).map { seed in
      try? NTIDIGITS.spikes(path, parts: .halves(seed: seed)).spikes
    }
    #expect(halves.allSatisfy { $0?.count(in: .training) == 2 && $0?.count(in: .test) == 1 })
    #expect(Set(halves.map { $0?.label(0, in: .test) }).count == 3)
  }

  @Test func `files of another layout are refused by name`() {
    #expect(
      failure { $0["test_addresses"] = nil }
        == .absent(file: path, field: "group test_addresses"))
    #expect(
      failure { $0["train_addresses"]?["man-a-a-1"] = nil }
        == .absent(file: path, field: "train_addresses/man-a-a-1"))
    func wrong(_ field: String, _ found: String, _ expected: String) -> RecordingError {
      .wrong(file: path, field: field, found: found, expected: expected)
    }
    #expect(
      failure { $0["train_timestamps"]?["man-a-a-1"] = .channels([1, 2, 3]) }
        == wrong(
          "train_timestamps/man-a-a-1", "numbers of another type", "floating-point numbers"))
    #expect(
      failure { $0["train_timestamps"]?["man-a-a-1"] = .table(rows: 3, columns: 2) }
        == wrong("train_timestamps/man-a-a-1", "2 dimensions", "one dimension"))
    #expect(
      failure { $0["train_addresses"]?["man-a-a-1"] = .channels([1]) }
        == wrong("train_addresses/man-a-a-1", "1 numbers", "3 as in train_timestamps"))
    #expect(
      failure { $0["train_addresses"]?["man-a-a-1"] = .channels([1, 64, 2]) }
        == wrong(
          "train_addresses/man-a-a-1, number 1 (counted from 0)", "64", "a channel from 0 to 63"))
    #expect(
      failure { $0["train_timestamps"]?["man-a-a-1"] = .times([0, -1, 2]) }
        == wrong(
          "train_timestamps/man-a-a-1, number 1 (counted from 0)", "-1.0",
          "seconds of 0 or above"))
    #expect(
      failure {
        $0["test_timestamps"]?["woman-b-b-q"] = .times([])
        $0["test_addresses"]?["woman-b-b-q"] = .channels([])
      } == wrong("woman-b-b-q", "q", "1 to 9, z or o in the end"))
  }

  @Test func `bad recordings can be left out`() throws {
    var groups = Self.groups()
    groups["train_addresses"]?["man-a-a-1"] = .channels([1])
    MadeHDF5.write(groups, to: path)
    let encoded = try NTIDIGITS.spikes(path, faults: .skip)
    #expect(encoded.skipped.count == 1)
    #expect(encoded.spikes.count(in: .training) == 1)
  }

  @Test func `foreign, cut and missing files are refused`() throws {
    func failure() -> RecordingError? {
      recordingFailure { () throws(RecordingError) in _ = try NTIDIGITS.spikes(path) }
    }
    guard case .unreadable(path, _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
    _ = try directory.write(Array("no HDF5 file".utf8), to: "n-tidigits.hdf5")
    #expect(
      failure()
        == .foreign(
          file: path, found: Array("no HDF5 ".utf8), expected: "the signature of HDF5"))
    MadeHDF5.write(Self.groups(), to: path)
    let whole = try #require(contents(of: path))
    _ = try directory.write(Array(whole.prefix(whole.count / 2)), to: "n-tidigits.hdf5")
    guard case .unreadable(path, _)? = failure() else {
      Issue.record("\(String(describing: failure()))")
      return
    }
  }

  @Test func `trains are kept, too`() throws {
    MadeHDF5.write(Self.groups(), to: path)
    let cache = directory.path + "/cache"
    let made = try NTIDIGITS.spikes(path, cache: cache)
    let read = try NTIDIGITS.spikes(path, cache: cache)
    #expect(made.outcome == .made && read.outcome == .read && read.spikes == made.spikes)
    #expect(
      try NTIDIGITS.spikes(path, parts: .halves(seed: 1), cache: cache).outcome == .made)
  }
}
