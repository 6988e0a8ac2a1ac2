import Engine
import TestSupport
import Testing

/// Valid IDX files, damaged at random but repeatably: 100,000 of them, plain and compressed, alone
/// and as images with their labels.
@Suite struct IDXFuzzTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static func mutate(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<generator.below(3) + 1 {
      let position = generator.below(bytes.count + 1)
      let end = min(bytes.count, position + generator.below(9))
      let byte = [0, 1, 8, 0x7F, 0x80, 0xFF, UInt8(generator.below(256))][generator.below(7)]
      switch generator.below(6) {
      case 0: bytes.removeSubrange(position..<end)
      case 1: bytes.insert(byte, at: position)
      case 2: bytes.insert(contentsOf: bytes[position..<end], at: position)
      case 3: bytes = Array(bytes[..<position])
      case 4: bytes.replaceSubrange(position..<end, with: [UInt8](repeating: byte, count: 4))
      default: if position < bytes.count { bytes[position] = byte }
      }
    }
    return bytes
  }

  /// The values read, or `nil` where the file is refused.
  private func values(_ file: String) -> [UInt8]? {
    do throws(DataError) {
      return try IDXFile.read(file, dimensions: [2, 3, 4])
    } catch {
      #expect(description(of: error).contains(file))
      return nil
    }
  }

  @Test func `plain files are read as they are or refused`() throws {
    var generator = SeededGenerator(51)
    let whole = idx([2, 3, 4], (0..<24).map { UInt8($0 * 10) })
    let file = try ScratchFile(at: directory.path + "/plain")
    let trials = Trials.count(60_000)
    var accepted = 0
    for _ in 0..<trials {
      let bytes = Self.mutate(whole, using: &generator)
      guard let found = values(try file.write(bytes)) else { continue }
      accepted += 1
      #expect(bytes.prefix(16) == whole.prefix(16) && found == Array(bytes.dropFirst(16)))
    }
    #expect((100..<trials * 2 / 3).contains(accepted))
  }

  @Test func `compressed files are read whole or refused`() throws {
    var generator = SeededGenerator(52)
    let whole = try #require(
      contents(
        of: try directory.writeCompressed(
          idx([2, 3, 4], (0..<24).map { UInt8($0 * 10) }), to: "whole.gz")))
    let file = try ScratchFile(at: directory.path + "/compressed.gz")
    let trials = Trials.count(30_000)
    var refused = 0
    for _ in 0..<trials {
      let bytes = Self.mutate(whole, using: &generator)
      let found = values(try file.write(bytes))
      #expect(found.map { $0.count == 24 } ?? true)
      if found == nil { refused += 1 }
    }
    #expect(refused > trials / 2)
  }

  @Test func `pairs of images and labels are used as they are or refused`() throws {
    var generator = SeededGenerator(53)
    let images = idx([3, 28, 28], (0..<3 * 784).map { UInt8(truncatingIfNeeded: $0 * 7) })
    let labels = idx([3], [3, 1, 9])
    let imageFile = try directory.write(images, to: "images")
    let labelFile = try directory.write(labels, to: "labels")
    let scratch = try ScratchFile(at: directory.path + "/damaged")
    let trials = Trials.count(10_000)
    var refused = 0
    for round in 0..<trials {
      let isLabels = round % 4 > 0
      let damaged = Self.mutate(isLabels ? labels : images, using: &generator)
      let file = try scratch.write(damaged)
      do throws(DataError) {
        let set = try MNISTProblem.images(
          isLabels ? imageFile : file, labels: isLabels ? file : labelFile, count: 3, side: 28)
        #expect(set.count == 3 && set.labels.allSatisfy { $0 <= 9 })
      } catch {
        refused += 1
        #expect(description(of: error).contains(file))
      }
    }
    #expect(refused > trials / 2)
  }
}
