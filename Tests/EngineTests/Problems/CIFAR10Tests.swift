import Engine
import Testing

@Suite struct CIFAR10Tests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A record of label `label` whose bytes count on from `first`.
  private func record(_ label: UInt8, _ first: Int) -> [UInt8] {
    [label] + (0..<3072).map { UInt8(truncatingIfNeeded: first + $0) }
  }

  private func batch(_ name: String, _ labels: [UInt8]) throws -> String {
    try directory.write(labels.flatMap { record($0, Int($0)) }, to: name)
  }

  /// The error that a single training batch of two records brings.
  private func failure(_ file: String) throws -> DataError? {
    let test = try batch("test", [0, 1])
    do throws(DataError) {
      _ = try CIFAR10(training: [file], test: [test], records: 2)
      return nil
    } catch {
      return error
    }
  }

  @Test func `batches are read in order, colours normalised, the last images held`() throws {
    let files = [try batch("a", [3, 9]), try batch("b", [0, 7])]
    let images = try CIFAR10(
      training: files, test: [try batch("t", [5, 6])], records: 2, held: 1)
    #expect(images.count(in: .training) == 3)
    #expect((0..<3).map { images.label($0, in: .training) } == [3, 9, 0])
    #expect(images.count(in: .validation) == 1 && images.label(0, in: .validation) == 7)
    #expect((0..<2).map { images.label($0, in: .test) } == [5, 6])
    let room = Matrix(rows: 3, columns: 2000)
    images.copyImage(1, in: .training, to: room.base, stride: 2000)
    let mean: [Float] = [0.4914, 0.4822, 0.4465]
    let deviation: [Float] = [0.2023, 0.1994, 0.2010]
    for channel in 0..<3 {
      for pixel in [0, 31, 32, 700, 1023] {
        let byte = Float((9 + channel * 1024 + pixel) % 256)
        let expected = (byte / 255 - mean[channel]) / deviation[channel]
        #expect(abs(room[channel, pixel] - expected) < 1e-5)
      }
      #expect(room[channel, 1024] == 0)
      #expect(abs(images.background[channel] + mean[channel] / deviation[channel]) < 1e-6)
    }
  }

  @Test(arguments: [0, 1, 3072, 3073, 6145])
  func `a batch that ends early is refused with its name and both sizes`(length: Int) throws {
    let whole = record(1, 0) + record(2, 0)
    let file = try directory.write(Array(whole.prefix(length)), to: "data_batch_1.bin")
    let error = DataError.truncated(file: file, foundBytes: length, expectedBytes: 6146)
    #expect(try failure(file) == error)
    let sentence = description(of: error)
    #expect(sentence.contains("data_batch_1.bin") && sentence.contains("6146"))
  }

  @Test func `a batch that goes on, or has a label above 9, is refused`() throws {
    let long = try directory.write(record(1, 0) + record(2, 0) + [0], to: "long")
    #expect(try failure(long) == .trailingBytes(file: long, expectedBytes: 6146))
    let wrong = try batch("wrong", [4, 10])
    #expect(
      try failure(wrong) == .labelOutOfRange(file: wrong, index: 1, found: 10, largest: 9))
    #expect(
      try failure(directory.path + "/none")
        == .unreadable(file: directory.path + "/none", reason: "No such file or directory"))
  }

  @Test func `missing batches are named, with the place where they are published`() throws {
    _ = try batch("data/cifar-10/data_batch_1.bin", [0])
    let locations = DataLocations(option: directory.path + "/data", environment: [:])
    let error = #expect(throws: DataError.self) { try CIFAR10.load(from: locations) }
    let sentence = description(of: try #require(error))
    #expect(sentence.contains("no data_batch_2.bin") && sentence.contains("test_batch.bin"))
    #expect(sentence.contains("cs.toronto.edu") && !sentence.contains("data_batch_1.bin,"))
  }
}
