import Engine
import Testing

@Suite struct DigitsTests {
  private let inRows: any Problem
  private let permuted: any Problem

  init() throws {
    let nowhere = DataLocations(option: nil, environment: [:])
    inRows = try ProblemConfiguration(dataSet: .digits, order: .rows, side: 8).load(from: nowhere)
    permuted = try ProblemConfiguration(dataSet: .digits, order: .permuted, side: 8)
      .load(from: nowhere)
  }

  @Test func `the digits need no file and have 64 steps of one value`() {
    #expect(inRows.steps == 64)
    #expect(inRows.channels == 1)
    #expect(inRows.classes == 10)
    #expect(inRows.title == "digits, row by row")
    #expect(permuted.title == "digits, permuted")
  }

  // Counts and sums taken from digits.csv.gz by other means (Python).
  @Test(arguments: [
    (
      Gauge.Split.training, [139, 145, 125, 118, 132, 141, 123, 108, 100, 127], 393_264,
      12_761_006
    ),
    (.validation, [12, 16, 18, 13, 15, 13, 27, 28, 27, 11], 57_040, 1_848_428),
    (.test, [27, 21, 34, 52, 34, 28, 31, 43, 47, 42], 111_414, 3_612_937),
  ])
  func `each split has the labels and pixel sums of its rows`(
    split: Gauge.Split, labels: [Int], sum: Int, weightedSum: Int
  ) {
    #expect(inRows.labelCounts(in: split) == labels)
    var found = (sum: 0, weighted: 0)
    for index in 0..<inRows.count(in: split) {
      for (step, value) in inRows.sample(index, in: split).enumerated() {
        found.sum += Int(value * 16)
        found.weighted += (step + 1) * Int(value * 16)
      }
    }
    #expect(found.sum == sum)
    #expect(found.weighted == weightedSum)
  }

  @Test func `the first row is the zero that the file begins with`() {
    #expect(inRows.label(0, in: .training) == 0)
    let pixels = inRows.sample(0, in: .training).map { $0 * 16 }
    #expect(pixels[..<16] == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
  }

  @Test func `the splits take every row once`() {
    #expect(inRows.count(in: .training) == 1258)
    #expect(inRows.count(in: .validation) == 180)
    #expect(inRows.count(in: .test) == 359)
    var samples: [[Float]: Int] = [:]
    for split in Gauge.Split.allCases {
      for index in 0..<inRows.count(in: split) {
        samples[inRows.sample(index, in: split), default: 0] += 1
      }
    }
    #expect(samples.values.reduce(0, +) == 1797)
    // No two of the images are equal, so a row in two splits would show.
    #expect(samples.count == 1797)
  }

  @Test func `the permuted digits are the same pixels in the fixed order`() {
    let order = FixedPermutation.positions(64)
    for split in Gauge.Split.allCases {
      for index in stride(from: 0, to: inRows.count(in: split), by: 37) {
        let rows = inRows.sample(index, in: split)
        #expect(permuted.sample(index, in: split) == order.map { rows[$0] })
        #expect(permuted.label(index, in: split) == inRows.label(index, in: split))
      }
    }
  }

  @Test func `a stride leaves the places between two steps alone`() {
    var values = [Float](repeating: -1, count: 64 * 3)
    values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      inRows.copySample(7, in: .test, to: start, stride: 3)
    }
    let sample = inRows.sample(7, in: .test)
    for step in 0..<64 {
      #expect(values[3 * step] == sample[step])
      #expect(values[3 * step + 1] == -1 && values[3 * step + 2] == -1)
    }
  }

  @Test func `a side that the digits do not have is refused`() {
    let configuration = ProblemConfiguration(dataSet: .digits, order: .rows, side: 28)
    #expect(throws: DataError.unsupportedSide(dataSet: "digits", found: 28, allowed: [8])) {
      try configuration.load(from: DataLocations(option: nil, environment: [:]))
    }
  }
}
