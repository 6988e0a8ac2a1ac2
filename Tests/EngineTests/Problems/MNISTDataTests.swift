import Engine
import Testing

/// Tests on the real files, which are not part of the package.
@Suite(
  .enabled(
    if: isHere(DataCatalogue.mnist),
    "SKIPPED: no MNIST files in INTERSPIKE_DATA or ../shared/data; `interspike data fetch mnist`"),
  .serialized)
struct MNISTDataTests {
  private func load(
    _ order: ProblemConfiguration.Order, _ convention: ProblemConfiguration.Convention,
    side: Int = 28
  ) throws -> any Problem {
    try ProblemConfiguration(
      dataSet: .mnist, order: order, convention: convention, side: side
    ).load(from: realData)
  }

  // The label counts are those published for the two files.
  @Test func `the parts have their published sizes and labels`() throws {
    let all = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    for convention in ProblemConfiguration.Convention.allCases {
      let problem = try load(.rows, convention)
      #expect(problem.count(in: .training) == 50_000)
      #expect(problem.count(in: .validation) == 10_000)
      let together = zip(
        problem.labelCounts(in: .training), problem.labelCounts(in: .validation)
      ).map { $0 + $1 }
      #expect(together == all)
      #expect(
        problem.labelCounts(in: .test)
          == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    }
  }

  @Test func `the permuted sequence shows the published pixel at each step`() throws {
    let rows = try load(.rows, .nru)
    for convention in ProblemConfiguration.Convention.allCases {
      let permuted = try load(.permuted, convention)
      #expect(permuted.steps == 784)
      let order = try MNISTOrders(convention).pixels
      let image = rows.sample(17, in: .test)
      #expect(permuted.sample(17, in: .test) == order.map { image[$0] })
    }
  }

  @Test func `smaller images keep the mean grey and take the fixed order`() throws {
    let full = try load(.rows, .nru).sample(5, in: .validation)
    let mean = full.reduce(0, +) / 784
    for side in [14, 7] {
      let rows = try load(.rows, .nru, side: side)
      let permuted = try load(.permuted, .nru, side: side)
      #expect(rows.steps == side * side)
      #expect(permuted.title == "mnist \(side)x\(side), permuted")
      let image = rows.sample(5, in: .validation)
      #expect(abs(image.reduce(0, +) / Float(side * side) - mean) < 1e-5)
      let order = FixedPermutation.positions(side * side)
      #expect(permuted.sample(5, in: .validation) == order.map { image[$0] })
    }
  }
}

/// The same for the pictures of clothing.
@Suite(
  .enabled(
    if: isHere(DataCatalogue.fashionMNIST),
    "SKIPPED: no Fashion-MNIST files in INTERSPIKE_DATA or ../shared/data"))
struct FashionMNISTDataTests {
  @Test func `every kind of clothing occurs as often as published`() throws {
    let problem = try ProblemConfiguration(
      dataSet: .fashionMNIST, order: .rows, convention: .kerasLMU, side: 7
    ).load(from: realData)
    let together = zip(
      problem.labelCounts(in: .training), problem.labelCounts(in: .validation)
    ).map { $0 + $1 }
    #expect(together == [Int](repeating: 6000, count: 10))
    #expect(problem.labelCounts(in: .test) == [Int](repeating: 1000, count: 10))
  }
}
