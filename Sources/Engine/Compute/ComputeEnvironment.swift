import COneDNN
import Foundation

/// What results depend on to the bit, beside the experiment: the processor and the library of
/// products.
package struct ComputeEnvironment: Sendable, Equatable {
  /// Name and widest vectors, such as `AMD EPYC, avx512f`.
  package var processor: String
  /// Version of oneDNN.
  package var products: String

  package init(processor: String, products: String) {
    self.processor = processor
    self.products = products
  }

  /// That of this process.
  package static let current = ComputeEnvironment(
    processor: processorName(), products: version(dnnl_version()?.pointee))

  private static func version(_ version: dnnl_version_t?) -> String {
    version.map { "oneDNN \($0.major).\($0.minor).\($0.patch)" } ?? "oneDNN"
  }

  private static func processorName() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let fields = text.split(separator: "\n", maxSplits: 64).map {
      $0.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let value = { (key: String) in fields.first { $0.count == 2 && $0[0] == key }?[1] }
    let flags = Set((value("flags") ?? "").split(separator: " ").map(String.init))
    let vectors = ["avx512f", "avx2", "sse2"].first(where: flags.contains)
    return [value("model name") ?? "unknown processor", vectors].compactMap(\.self)
      .joined(separator: ", ")
  }

  // MARK: In checkpoints

  private static let processorKey = "processor"
  private static let productsKey = "products"

  package var metadata: [String: String] {
    [Self.processorKey: processor, Self.productsKey: products]
  }

  /// Where a checkpoint was written; `nil` where it does not say.
  package init?(of checkpoint: Checkpoint) {
    guard let processor = checkpoint.metadata[Self.processorKey],
      let products = checkpoint.metadata[Self.productsKey]
    else { return nil }
    self.init(processor: processor, products: products)
  }
}
