import EmbeddedData

/// The published pixel orders and validation sets of the MNIST family (specification, section 5),
/// embedded as numbers.
package struct MNISTOrders: Sendable, Equatable {
  /// Step t of the permuted sequence shows the row-major pixel `pixels[t]` of 784.
  package var pixels: [Int]
  /// The training images (of 60,000) that validate.
  package var validation: [Int]

  /// Images in the training files of MNIST and Fashion-MNIST.
  package static let trainingImages = 60_000

  package init(_ convention: ProblemConfiguration.Convention) throws(DataError) {
    let lists = try Self.embeddedLists()
    guard let pixels = lists["\(convention.rawValue)-pixels"] else {
      throw .damagedResource(name: "MNIST orders")
    }
    self.pixels = pixels
    switch convention {
    case .kerasLMU:
      validation = Array(50_000..<Self.trainingImages)
    case .nru:
      guard let listed = lists["nru-validation"] else {
        throw .damagedResource(name: "MNIST orders")
      }
      validation = listed
    }
  }

  /// The images that train: all others, in the order of their file. Batches are drawn from them
  /// in an order of their own, so the published order within this part has no meaning here.
  package var training: [Int] {
    let held = Set(validation)
    return (0..<Self.trainingImages).filter { !held.contains($0) }
  }

  /// The named lists of the embedded text: a line is `name number,number,...`; `#` begins a
  /// comment.
  private static func embeddedLists() throws(DataError) -> [String: [Int]] {
    let resource = embedded_mnist_orders()
    let text = Array(UnsafeBufferPointer(start: resource.bytes, count: resource.count))
    var lists: [String: [Int]] = [:]
    for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let parts = line.split(separator: UInt8(ascii: " "))
      guard parts.count == 2, let numbers = DecimalList.parse(parts[1]) else {
        throw .damagedResource(name: "MNIST orders")
      }
      lists[String(decoding: parts[0], as: UTF8.self)] = numbers
    }
    return lists
  }
}
