import Checksums
import Engine
import Testing

@Suite struct FixedPermutationTests {
  // Expected values from an independent implementation (Python) of the documented rule.
  @Test func `the permutation of the digits is the documented one`() {
    #expect(
      FixedPermutation.positions(64) == [
        27, 62, 42, 50, 46, 63, 57, 61, 7, 58, 1, 16, 29, 26, 38, 53, 2, 18, 19, 0, 15, 8, 59,
        21, 49, 31, 6, 39, 24, 45, 28, 20, 60, 41, 55, 13, 44, 4, 14, 10, 22, 52, 23, 35, 47, 34,
        17, 33, 51, 56, 9, 11, 25, 5, 12, 54, 43, 37, 30, 36, 32, 40, 48, 3,
      ])
  }

  @Test func `the permutation of 7x7 images is the documented one`() {
    #expect(
      FixedPermutation.positions(49) == [
        33, 15, 36, 27, 35, 30, 10, 46, 38, 2, 7, 26, 3, 41, 47, 29, 4, 45, 31, 42, 24, 23, 48,
        44, 8, 34, 39, 37, 12, 18, 9, 20, 14, 11, 13, 21, 16, 6, 5, 1, 40, 17, 22, 19, 0, 32, 25,
        43, 28,
      ])
  }

  @Test func `the permutation of 14x14 images is the documented one`() {
    let positions = FixedPermutation.positions(196)
    #expect(positions[..<8] == [25, 111, 94, 117, 97, 194, 49, 160])
    #expect(
      decimalSHA256(positions)
        == "88694f85faa820311ffcd631d8e2662fd4a2ecfa282c4aae734c7a907d31effc")
  }

  @Test(arguments: [0, 1, 2, 49, 64, 196, 784])
  func `every position occurs once`(count: Int) {
    #expect(FixedPermutation.positions(count).sorted() == Array(0..<count))
  }
}

/// SHA-256 of the decimal numbers joined by commas, as in `mnist-order.json`.
func decimalSHA256(_ numbers: [Int]) -> String {
  let text = numbers.map(String.init).joined(separator: ",")
  return SHA256.hexadecimal(of: text.utf8)
}
