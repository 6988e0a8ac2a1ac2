import Testing

@testable import Engine

@Suite struct UnlabelledProblemTests {
  private let directory: TemporaryDirectory
  /// Two steps of two channels.
  private let inputs = InputDescription(steps: 2, channels: 2, classes: ["down", "up"])

  init() throws { directory = try TemporaryDirectory() }

  private func load(
    _ text: String, like inputs: InputDescription? = nil
  ) throws -> UnlabelledProblem {
    let path = try directory.write(Array(text.utf8), to: "f.csv")
    return try UnlabelledProblem.load(path, like: inputs ?? self.inputs)
  }

  private func refusal(_ work: () throws -> Void) -> String {
    do {
      try work()
      return ""
    } catch let error as DataError {
      return description(of: error).replacing(directory.path + "/", with: "")
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    "1,2,3,4\n5,6,7,8\n", "up,1,2,3,4\n,5,6,7,8\n", "a,b,c,d\n1,2,3,4\n5,6,7,8\n",
    "x,label,y,z,t\n1,up,2,3,4\n5,,6,7,8\n",
  ])
  func `rows have labels or none`(text: String) throws {
    let problem = try load(text)
    #expect(problem.count(in: .test) == 2 && problem.count(in: .training) == 0)
    #expect(problem.sample(0, in: .test) == [1, 2, 3, 4])
    #expect(problem.sample(1, in: .test) == [5, 6, 7, 8])
  }

  @Test func `values are normalized as those of the training part`() throws {
    let rows = (0..<20).map { "\($0 % 2),\($0),5,\($0 + 1),7" }
    var configuration = SequenceConfiguration()
    configuration.values = try directory.write(
      Array(rows.joined(separator: "\n").utf8), to: "train.csv")
    configuration.channels = 2
    configuration.normalization = .standardized
    let trained = try SequenceProblem.load(configuration, seed: 1)
    #expect(trained.inputs.scaling != nil)
    let original = try UnlabelledProblem.load(configuration.values, like: trained.inputs)
    let labelled = try SequenceProblem.load(
      configuration.values, labels: "", like: trained.inputs)
    #expect(labelled.count(in: .test) == 20 && labelled.count(in: .validation) == 0)
    #expect(labelled.labelCounts(in: .test) == [10, 10])
    let known = (0..<trained.count(in: .test)).map { trained.sample($0, in: .test) }
    for problem in [original, labelled] as [any Problem] {
      let all = (0..<20).map { problem.sample($0, in: .test) }
      for sample in known { #expect(all.contains(sample)) }
    }
  }

  @Test func `another shape is refused with file and row`() throws {
    #expect(
      refusal { _ = try load("1,2,3\n") }
        == "f.csv:1: found 3 values, expected the 4 of a sequence that the network takes")
    #expect(
      refusal { _ = try load("1,2,3,4,5,6\n") }.hasPrefix("f.csv:1: found 6 values, expected"))
    #expect(
      refusal { _ = try load("1,2,3,4\n1,2,3\n") }.hasPrefix("f.csv:2: found 3 fields, expected 4"))
    #expect(refusal { _ = try load("1,2,3,4\n1,x,3,4\n") }.hasPrefix("f.csv:2: found \"x\""))
    let array = try directory.write(
      npy("<f4", "(1, 4, 1)", words([Float(1), 2, 3, 4])), to: "f.npy")
    #expect(
      refusal { _ = try UnlabelledProblem.load(array, like: inputs) }.contains("f.npy: found"))
    let good = try directory.write(
      npy("<f4", "(1, 2, 2)", words([Float(1), 2, 3, 4])), to: "g.npy")
    #expect(
      try UnlabelledProblem.load(good, like: inputs).sample(0, in: .test) == [1, 2, 3, 4])
  }

  @Test func `labels of another file must be classes of the training`() throws {
    let path = try directory.write(Array("up,1,2,3,4\nleft,1,2,3,4\n".utf8), to: "f.csv")
    #expect(
      refusal { _ = try SequenceProblem.load(path, labels: "", like: inputs) }
        == "f.csv:2: found the label \"left\", expected one of those in the training data")
  }

  @Test func `images go the way of those that the network was trained on`() throws {
    let digits = ProblemConfiguration(dataSet: .digits, order: .permuted, side: 8)
    let trained = try digits.load(from: DataLocations(option: nil, environment: [:]))
    let format = try #require(try ImageFormat(of: digits))
    #expect(format.inputs == trained.inputs)
    // A pixel of one image after the other is white.
    let bytes = (0..<64).flatMap { image in (0..<64).map { UInt8($0 == image ? 16 : 0) } }
    let rows = (0..<64).map { image in
      bytes[image * 64..<image * 64 + 64].map { String($0) }.joined(separator: ",")
    }
    let files = try [
      directory.write(idx([64, 8, 8], bytes), to: "images-ubyte"),
      directory.writeCompressed(idx([64, 8, 8], bytes), to: "images-idx3-ubyte.gz"),
      directory.write(Array(rows.joined(separator: "\n").utf8), to: "images.csv"),
      directory.write(npy("|u1", "(64, 64)", words(bytes)), to: "images.npy"),
      directory.write(npy("|u1", "(64, 8, 8)", words(bytes)), to: "cubes.npy"),
    ]
    let order = FixedPermutation.positions(64)
    for file in files {
      let problem = try format.sequences(from: file)
      #expect(problem.count == 64)
      for image in [0, 17, 63] {
        #expect(problem.sample(image, in: .test) == order.map { $0 == image ? 1 : 0 }, "\(file)")
      }
    }
  }

  @Test func `images of another size or with other values are refused`() throws {
    let digits = ProblemConfiguration(dataSet: .digits, order: .rows, side: 8)
    let format = try #require(try ImageFormat(of: digits))
    let small = try directory.write(
      idx([1, 4, 4], [UInt8](repeating: 0, count: 16)), to: "s-ubyte")
    #expect(
      refusal { _ = try format.sequences(from: small) }
        == "s-ubyte: holds 1 x 4 x 4 values, expected 1 x 8 x 8")
    let short = try directory.write(Array(idx([2, 8, 8], [1, 2, 3])), to: "t-ubyte")
    #expect(refusal { _ = try format.sequences(from: short) }.contains("ends too early"))
    let none = try directory.write([0, 0], to: "n-ubyte")
    #expect(refusal { _ = try format.sequences(from: none) }.contains("ends too early"))
    for value in ["0.5", "17", "-1"] {
      let row = ([value] + (1..<64).map { _ in "0" }).joined(separator: ",")
      let file = try directory.write(Array((row + "\n").utf8), to: "v.csv")
      #expect(
        refusal { _ = try format.sequences(from: file) }.hasSuffix(
          "as pixel 0 of image 0 (counted from 0), expected a whole number from 0 to 16"))
    }
    #expect(
      try ImageFormat(
        of: ProblemConfiguration(dataSet: .sequences, order: .rows, side: 8)) == nil)
  }

  @Test func `images of the MNIST family are averaged and named`() throws {
    let fashion = ProblemConfiguration(dataSet: .fashionMNIST, order: .permuted, side: 7)
    let format = try #require(try ImageFormat(of: fashion))
    #expect(format.inputs.classes[9] == "Ankle boot" && format.inputs.steps == 49)
    let bytes = [UInt8](repeating: 51, count: 784)
    let file = try directory.write(idx([1, 28, 28], bytes), to: "i-ubyte")
    #expect(
      try format.sequences(from: file).sample(0, in: .test)
        == [Float](repeating: 0.2, count: 49))
  }
}
