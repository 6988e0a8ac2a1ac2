import Engine
import Testing

@Suite struct IDXFileTests {
  private let directory: TemporaryDirectory
  private let values = (0..<24).map { UInt8($0 * 10) }

  init() throws { directory = try TemporaryDirectory() }

  /// The error that reading brings.
  private func failure(_ file: String, _ dimensions: [Int]) -> DataError? {
    do throws(DataError) {
      _ = try IDXFile.read(file, dimensions: dimensions)
      return nil
    } catch {
      return error
    }
  }

  @Test func `plain and compressed files give the same values`() throws {
    let plain = try directory.write(idx([2, 3, 4], values), to: "a")
    let compressed = try directory.writeCompressed(idx([2, 3, 4], values), to: "a.gz")
    #expect(try IDXFile.read(plain, dimensions: [2, 3, 4]) == values)
    #expect(try IDXFile.read(compressed, dimensions: [2, 3, 4]) == values)
  }

  @Test func `a file that ends early is refused with both sizes`() throws {
    let whole = idx([2, 3, 4], values)
    for length in [0, 3, 4, 9, 16, 30, 39] {
      let file = try directory.write(Array(whole.prefix(length)), to: "short\(length)")
      let expected = DataError.truncated(file: file, foundBytes: length, expectedBytes: 40)
      #expect(failure(file, [2, 3, 4]) == expected)
    }
  }

  @Test func `a compressed file that breaks off is refused`() throws {
    let random = (0..<20_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }
    let whole = try directory.writeCompressed(idx([20_000], random), to: "whole.gz")
    let bytes = try #require(contents(of: whole))
    let file = try directory.write(Array(bytes.prefix(bytes.count / 2)), to: "broken.gz")
    guard case .truncated(file, let found, 20_008) = failure(file, [20_000]) else {
      Issue.record("\(String(describing: failure(file, [20_000])))")
      return
    }
    #expect((8..<20_008).contains(found))
  }

  @Test func `a compressed file with a changed byte is refused`() throws {
    let whole = try directory.writeCompressed(idx([2, 3, 4], values), to: "whole.gz")
    var bytes = try #require(contents(of: whole))
    bytes[bytes.count - 6] ^= 0xFF
    let file = try directory.write(bytes, to: "damaged.gz")
    guard case .damagedCompression(file, let reason) = failure(file, [2, 3, 4]) else {
      Issue.record("\(String(describing: failure(file, [2, 3, 4])))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test func `another kind of file is refused with both magic numbers`() throws {
    let labels = try directory.write(idx([24], values), to: "labels")
    #expect(
      failure(labels, [2, 3, 4]) == .wrongMagic(file: labels, found: 0x801, expected: 0x803))
    let text = try directory.write(Array("<html>".utf8), to: "text")
    #expect(
      failure(text, [24]) == .wrongMagic(file: text, found: 0x3C68_746D, expected: 0x801))
  }

  @Test func `other sizes are refused before anything is allocated`() throws {
    let file = try directory.write(idx([4_294_967_295, 3, 4], []), to: "large")
    #expect(
      failure(file, [2, 3, 4])
        == .wrongDimensions(file: file, found: [4_294_967_295, 3, 4], expected: [2, 3, 4]))
  }

  @Test func `a file that goes on is refused`() throws {
    let file = try directory.write(idx([2, 3, 4], values + [0]), to: "long")
    #expect(failure(file, [2, 3, 4]) == .trailingBytes(file: file, expectedBytes: 40))
  }

  @Test func `a file that cannot be opened or read is refused with the reason`() throws {
    let none = directory.path + "/none"
    #expect(failure(none, [1]) == .unreadable(file: none, reason: "No such file or directory"))
    #expect(
      failure(directory.path, [1])
        == .unreadable(file: directory.path, reason: "Is a directory"))
  }
}
