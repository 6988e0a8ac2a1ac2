import Engine
import Foundation
import Testing

// The names of the golden file are not ours.
// swift-format-ignore: AlwaysUseLowerCamelCase
/// The embedded orders against the golden file.
@Suite struct MNISTOrdersTests {
  private struct Golden: Decodable {
    struct NRU: Decodable {
      var pixel_order: [Int]
      var pixel_order_sha256: String
      var image_order_first20: [Int]
      var image_order_last20: [Int]
      var valid_indices: [Int]
    }
    struct KerasLMU: Decodable {
      var pixel_order: [Int]
      var pixel_order_sha256: String
    }
    var nru_seed50: NRU
    var keras_lmu_seed0: KerasLMU
  }

  private let golden: Golden

  init() throws {
    let file = packageRoot.appendingPathComponent("Tests/Golden/hybrid/mnist-order.json")
    golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  @Test func `the order of the NRU code is the golden one and has its checksum`() throws {
    let orders = try MNISTOrders(.nru)
    #expect(orders.pixels == golden.nru_seed50.pixel_order)
    #expect(orders.pixels.sorted() == Array(0..<784))
    #expect(decimalSHA256(orders.pixels) == golden.nru_seed50.pixel_order_sha256)
  }

  @Test func `the order of the KerasLMU example is the golden one and has its checksum`() throws {
    let orders = try MNISTOrders(.kerasLMU)
    #expect(orders.pixels == golden.keras_lmu_seed0.pixel_order)
    #expect(orders.pixels.sorted() == Array(0..<784))
    #expect(decimalSHA256(orders.pixels) == golden.keras_lmu_seed0.pixel_order_sha256)
  }

  @Test func `the NRU code validates on the golden 10,000 images`() throws {
    let orders = try MNISTOrders(.nru)
    #expect(orders.validation == golden.nru_seed50.valid_indices)
    #expect(orders.validation.suffix(20) == golden.nru_seed50.image_order_last20[...])
    #expect(Set(orders.training).isSuperset(of: golden.nru_seed50.image_order_first20))
  }

  @Test func `the KerasLMU example validates on the last 10,000 images`() throws {
    #expect(try MNISTOrders(.kerasLMU).validation == Array(50_000..<60_000))
  }

  @Test(arguments: ProblemConfiguration.Convention.allCases)
  func `training and validation are disjoint and together all images`(
    convention: ProblemConfiguration.Convention
  ) throws {
    let orders = try MNISTOrders(convention)
    #expect(orders.training.count == 50_000)
    #expect(orders.validation.count == 10_000)
    #expect((orders.training + orders.validation).sorted() == Array(0..<60_000))
  }
}
