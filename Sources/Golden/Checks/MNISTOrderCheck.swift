import Checksums
import Engine
import Foundation

/// `mnist-order`: the fixed pixel orders and validation indices of permuted MNIST. The file is
/// checked in itself (permutations, digests, where the two lists of images meet) and against the
/// numbers that the engine carries.
struct MNISTOrderCheck: GoldenCheck {
  var name: String { "mnist-order" }

  private static let images = 60_000
  private static let validationImages = 10_000
  private static let pixels = 784
  private static let conventions: [String: ProblemConfiguration.Convention] = [
    "nru_seed50": .nru, "keras_lmu_seed0": .kerasLMU,
  ]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for (key, order) in try file.members() {
      guard case .object = order.json, let pixels = try order.optional("pixel_order") else {
        continue
      }
      tally.countCase()
      let pixelOrder = try pixels.integers()
      tally.require(
        pixelOrder.sorted() == Array(0..<Self.pixels), at: pixels.path,
        "is no permutation of 0 to \(Self.pixels - 1)")
      let digest = try order.value("pixel_order_sha256")
      tally.require(
        Self.digest(pixelOrder) == (try digest.text()), at: digest.path,
        "is not the digest of pixel_order")
      try checkImages(of: order, into: &tally)
      try compareWithEngine(key, order, into: &tally)
    }
  }

  private func compareWithEngine(
    _ key: String, _ order: GoldenValue, into tally: inout GoldenTally
  ) throws {
    guard let convention = Self.conventions[key] else { return }
    let embedded = try MNISTOrders(convention)
    let pixels = try order.value("pixel_order")
    tally.require(
      try pixels.integers() == embedded.pixels, at: pixels.path, "is not the engine's order")
    guard let indices = try order.optional("valid_indices") else { return }
    tally.require(
      try indices.integers() == embedded.validation, at: indices.path,
      "is not the engine's validation set")
  }

  private func checkImages(of order: GoldenValue, into tally: inout GoldenTally) throws {
    guard let value = try order.optional("valid_indices") else { return }
    let indices = try value.integers()
    let distinct = Set(indices)
    tally.require(
      indices.count == Self.validationImages && distinct.count == indices.count, at: value.path,
      "has not \(Self.validationImages) distinct indices")
    tally.require(
      indices.allSatisfy { (0..<Self.images).contains($0) }, at: value.path,
      "has an index outside 0..<\(Self.images)")
    let last = try order.value("image_order_last20")
    tally.require(
      Array(indices.suffix(20)) == (try last.integers()), at: last.path,
      "is not the end of valid_indices")
    if let first = try order.optional("image_order_first20") {
      let images = try first.integers()
      tally.require(
        Set(images).count == images.count
          && images.allSatisfy { (0..<Self.images).contains($0) && !distinct.contains($0) },
        at: first.path, "has an index twice, outside 0..<\(Self.images) or in valid_indices")
    }
    if let digest = try order.optional("image_order_sha256") {
      tally.note("\(digest.path): not checked, for it needs the order of all images")
    }
  }

  /// SHA-256, in hexadecimal, of the decimal numbers joined by commas.
  static func digest(_ numbers: [Int]) -> String {
    let text = numbers.map(String.init).joined(separator: ",")
    return SHA256.hexadecimal(of: text.utf8)
  }
}
