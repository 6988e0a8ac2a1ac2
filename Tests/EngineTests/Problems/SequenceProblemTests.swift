import Testing

@testable import Engine

@Suite struct SequenceProblemTests {
  private let directory: TemporaryDirectory
  private var configuration = SequenceConfiguration()

  /// Twenty sequences of two steps of two channels, two classes.
  init() throws {
    directory = try TemporaryDirectory()
    let rows = (0..<20).map { "\($0 % 2 == 0 ? "up" : "down"),\($0),5,\($0 + 1),5" }
    let text = rows.joined(separator: "\n")
    configuration.values = try directory.write(Array(text.utf8), to: "walks.csv")
    configuration.channels = 2
  }

  private func load(_ seed: UInt64 = 1, limit: Int = 1 << 30) throws(DataError) -> SequenceProblem {
    try SequenceProblem.load(configuration, seed: seed, limit: limit)
  }

  private func refusal(limit: Int = 1 << 30) -> String {
    do {
      _ = try load(limit: limit)
      return ""
    } catch {
      return description(of: error).replacing(directory.path + "/", with: "")
    }
  }

  /// The first values of all samples of a split, which tell which samples they are.
  private func samples(of problem: SequenceProblem, in split: Gauge.Split) -> [Int] {
    (0..<problem.count(in: split)).map { Int(problem.sample($0, in: split)[0]) }
  }

  @Test func `shares of the file are drawn with the seed`() throws {
    let problem = try load()
    let again = try load()
    let other = try load(2)
    #expect(problem.title == "sequences, walks.csv")
    #expect(problem.steps == 2 && problem.channels == 2 && problem.classes == 2)
    let parts = Gauge.Split.allCases.map { samples(of: problem, in: $0) }
    #expect(parts.flatMap(\.self).sorted() == Array(0..<20))
    #expect(problem.count(in: .validation) == 2 && problem.count(in: .test) == 4)
    for split in Gauge.Split.allCases {
      for (index, sample) in samples(of: problem, in: split).enumerated() {
        #expect(problem.label(index, in: split) == (sample % 2 == 0 ? 1 : 0))
        #expect(problem.sample(index, in: split) == [Float(sample), 5, Float(sample + 1), 5])
      }
      #expect(samples(of: again, in: split) == samples(of: problem, in: split))
    }
    #expect(samples(of: other, in: .test) != samples(of: problem, in: .test))
  }

  @Test mutating func `a test file leaves the rest to training and validation`() throws {
    configuration.testValues = try directory.writeCompressed(
      Array("down,1,2,3,4\nup,5,6,7,8\n".utf8), to: "test.csv.gz")
    let problem = try load()
    #expect(problem.count(in: .training) == 18 && problem.count(in: .validation) == 2)
    #expect(problem.sample(1, in: .test) == [5, 6, 7, 8])
    #expect(problem.label(1, in: .test) == 1)
    configuration.testValues = try directory.write(Array("down,1,2\n".utf8), to: "test.csv")
    #expect(
      refusal()
        == "test.csv: found sequences of 1 x 2 steps and channels, expected 2 x 2 as in the "
        + "training file")
    configuration.testValues = try directory.write(Array("left,1,2,3,4\n".utf8), to: "test.csv")
    #expect(
      refusal().hasPrefix("test.csv:1: found the label \"left\", expected one of those in "))
  }

  @Test mutating func `labels from another file are numbered in sorted order`() throws {
    configuration.values = try directory.write(
      npy("<f4", "(4, 2, 2)", words((0..<16).map { Float($0) })), to: "values.npy")
    (configuration.validationShare, configuration.testShare) = (0.25, 0.25)
    for labels in [
      npy("<i4", "(4,)", words([Int32(10), 9, 30, 9])), Array("10\n9\n30\n9".utf8),
      Array("b\na\nc\na\n".utf8),
    ] {
      configuration.labels = try directory.write(labels, to: "labels")
      let problem = try load()
      #expect(problem.classes == 3)
      for split in Gauge.Split.allCases {
        for (index, first) in samples(of: problem, in: split).enumerated() {
          #expect(problem.label(index, in: split) == [1, 0, 2, 0][first / 4])
        }
      }
    }
    configuration.labels = try directory.write(Array("1\n2\n".utf8), to: "labels")
    #expect(
      refusal()
        == "labels: found 2 labels, expected 4, one for each sample of \(configuration.values)"
        .replacing(directory.path + "/", with: ""))
    configuration.labels = ""
    #expect(refusal().hasPrefix("values.npy: found no labels"))
  }

  @Test mutating func `standardized channels have mean 0 and deviation 1 over the training part`()
    throws
  {
    let plain = try load()
    configuration.normalization = .standardized
    let problem = try load()
    let numbers = (0..<problem.count(in: .training)).flatMap { problem.sample($0, in: .training) }
    let first = stride(from: 0, to: numbers.count, by: 2).map { Double(numbers[$0]) }
    #expect(abs(first.reduce(0, +)) < 1e-5)
    #expect(abs(first.reduce(0) { $0 + $1 * $1 } / Double(first.count) - 1) < 1e-5)
    // The second channel does not vary.
    #expect(stride(from: 1, to: numbers.count, by: 2).allSatisfy { numbers[$0] == 0 })
    // The same line through all parts.
    let slope = (numbers[2] - numbers[0]) / 1
    let step = problem.sample(0, in: .test)[2] - problem.sample(0, in: .test)[0]
    #expect(abs(slope - step) < 1e-5)
    #expect(plain.sample(0, in: .test)[2] - plain.sample(0, in: .test)[0] == 1)
  }

  @Test mutating func `classes, parts, memory and missing files are refused`() throws {
    #expect(refusal(limit: 700).hasPrefix("walks.csv: needs 0.1 GiB of memory"))
    #expect(refusal(limit: 10).hasPrefix("walks.csv: needs 0.1 GiB of memory"))
    configuration.validationShare = 0.01
    #expect(
      refusal()
        == "walks.csv: found 20 samples, of which the shares leave none for the validation part")
    (configuration.validationShare, configuration.testShare) = (0.6, 0.6)
    #expect(refusal().hasSuffix("leave none for the training part"))
    configuration.values = try directory.write(Array("a,1,2\na,3,4\n".utf8), to: "one.csv")
    #expect(refusal() == "one.csv: found 1 class, expected 2 to 10000")
    configuration.values = directory.path + "/none.csv"
    #expect(refusal() == "none.csv: cannot be read: No such file or directory")
    configuration.values = directory.path
    #expect(refusal().contains("cannot be read: Is a directory"))
  }
}
