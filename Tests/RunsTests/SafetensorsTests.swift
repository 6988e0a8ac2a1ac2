import Engine
import Foundation
import Runs
import Testing

@Suite struct SafetensorsTests {
  private let checkpoint = Checkpoint(
    tensors: [
      .init(
        name: "z.weights", shape: [2, 3],
        values: [1, -2.5, 0, .infinity, .leastNonzeroMagnitude, 3]),
      .init(name: "a.bias", shape: [], values: [42]),
      .init(name: "empty", shape: [0, 7], values: []),
      .init(name: "\"ü\"", shape: [1], values: [-0.0]),
    ], metadata: ["step": "12", "note": "a \"quoted\"\nline"])

  private func file(_ header: String, data: Int = 0) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      + Array(header.utf8) + [UInt8](repeating: 0, count: data)
  }

  private func error(_ bytes: [UInt8]) -> SafetensorsError? {
    do throws(SafetensorsError) {
      _ = try SafetensorsReader.parse(bytes, from: "f")
      return nil
    } catch {
      return error
    }
  }

  @Test func `a checkpoint comes back as it was, in its order`() throws {
    let bytes = SafetensorsWriter.bytes(of: checkpoint)
    let read = try SafetensorsReader.parse(bytes, from: "f")
    #expect(read.metadata == checkpoint.metadata)
    #expect(read.tensors.map(\.name) == ["z.weights", "a.bias", "empty", "\"ü\""])
    #expect(read.tensors.map(\.shape) == checkpoint.tensors.map(\.shape))
    #expect(
      read.tensors.map { $0.values.map(\.bitPattern) }
        == checkpoint.tensors.map { $0.values.map(\.bitPattern) })
  }

  @Test func `the bytes are those of the format`() {
    let bytes = SafetensorsWriter.bytes(
      of: Checkpoint(
        tensors: [.init(name: "w", shape: [1, 2], values: [1, 2])], metadata: ["k": "v"]))
    let header =
      #"{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(bytes == file(padded) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40])
  }

  @Test func `every truncation of a file is refused`() {
    let bytes = SafetensorsWriter.bytes(of: checkpoint)
    for length in 0..<bytes.count {
      #expect(error(Array(bytes[..<length])) != nil)
    }
    #expect(error(bytes + [0]) == .wrongLength(path: "f", expected: 32, found: 33))
  }

  @Test func `headers that lie are refused with what is wrong`() {
    #expect(error([1, 2]) == .truncatedHeader(path: "f", announced: 8, found: 2))
    #expect(
      error([255, 255, 255, 255, 255, 255, 255, 255])
        == .headerTooLarge(path: "f", size: .max, limit: 100_000_000))
    #expect(
      error([9, 0, 0, 0, 0, 0, 0, 0, 123])
        == .truncatedHeader(path: "f", announced: 9, found: 1))
    #expect(error(file("{")) == .header(path: "f", .endsEarly))
    #expect(
      error(file("[]"))
        == .malformed(path: "f", tensor: nil, field: "header", expected: "an object"))
    let one = #"{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
    #expect(
      error(file(#"{"a":\#(one),"a":\#(one)}"#, data: 4)) == .header(path: "f", .duplicateKey("a")))
    #expect(
      error(file(#"{"__metadata__":{"k":1}}"#))
        == .malformed(path: "f", tensor: nil, field: "k", expected: "a string"))
  }

  @Test func `entries that lie are refused with tensor and field`() {
    func entry(_ type: String, _ shape: String, _ offsets: String) -> [UInt8] {
      file(#"{"a":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}}"#, data: 8)
    }
    #expect(error(entry("F32", "[2]", "[0,8]")) == nil)
    #expect(
      error(entry("I64", "[1]", "[0,8]"))
        == .unsupportedType(
          path: "f", tensor: "a", found: "I64", supported: ["F32", "F16", "BF16", "F64"]))
    #expect(error(entry("F16", "[4]", "[0,8]")) == nil)
    #expect(error(entry("F64", "[1]", "[0,8]")) == nil)
    #expect(
      error(entry("F64", "[2]", "[0,8]"))
        == .wrongSize(path: "f", tensor: "a", expected: 16, found: 8))
    #expect(
      error(entry("F32", "[3]", "[0,8]"))
        == .wrongSize(path: "f", tensor: "a", expected: 12, found: 8))
    #expect(
      error(entry("F32", "[1]", "[4,8]"))
        == .notContiguous(path: "f", tensor: "a", expectedBegin: 0, begin: 4))
    #expect(
      error(entry("F32", "[1]", "[0,4]")) == .wrongLength(path: "f", expected: 4, found: 8))
    #expect(
      error(entry("F32", "[3]", "[0,12]")) == .wrongLength(path: "f", expected: 12, found: 8))
    for offsets in ["[8,0]", "[0]", "[0,1,2]"] {
      #expect(
        error(entry("F32", "[2]", offsets))
          == .malformed(
            path: "f", tensor: "a", field: "data_offsets", expected: "a begin and an end after it"))
    }
    for shape in ["[-1]", "[1.5]", "2"] {
      #expect(
        error(entry("F32", shape, "[0,8]"))
          == .malformed(
            path: "f", tensor: "a", field: "shape", expected: "a list of whole numbers from 0"))
    }
    #expect(
      error(entry("F32", "[9223372036854775807,4]", "[0,8]"))
        == .malformed(
          path: "f", tensor: "a", field: "shape", expected: "sizes whose product can be stored"))
  }

  private func values(_ type: String, _ words: [UInt8], count: Int) throws -> [Float] {
    let header =
      #"{"a":{"dtype":"\#(type)","shape":[\#(count)],"data_offsets":[0,\#(words.count)]}}"#
    let read = try SafetensorsReader.parse(file(header) + words, from: "f")
    return try #require(read.tensors.first).values
  }

  private func bytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
  }

  @Test func `numbers of other types become those of single precision`() throws {
    // 1, -2, the largest, the smallest normal and subnormal number of half precision.
    let halves: [UInt16] = [0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x8000, 0x7C00, 0xFC00]
    #expect(
      try values("F16", bytes(halves), count: 8)
        == [1, -2, 65504, 0x1p-14, 0x1p-24, -0.0, .infinity, -.infinity])
    #expect(try values("F16", bytes([UInt16(0x7E01)]), count: 1)[0].isNaN)
    #expect(
      try values("BF16", bytes([0x3F80, 0xC049, 0x7F80] as [UInt16]), count: 3)
        == [1, -3.140625, .infinity])
    let doubles = [0.1, -1e300, 1e-300].map(\.bitPattern)
    #expect(try values("F64", bytes(doubles), count: 3) == [Float(0.1), -.infinity, 0])
  }

  #if arch(arm64)
    @Test func `every number of half precision is read as the processor reads it`() throws {
      let words = (0...UInt16.max).map { $0 }
      let read = try values("F16", bytes(words), count: words.count)
      for (word, value) in zip(words, read) {
        let expected = Float(Float16(bitPattern: word))
        #expect(value == expected || value.isNaN && expected.isNaN)
      }
    }
  #endif

  @Test func `overlapping arrays are refused`() {
    let header =
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#
    #expect(
      error(file(header, data: 8))
        == .notContiguous(path: "f", tensor: "b", expectedBegin: 8, begin: 4))
  }

  @Test func `a missing file is an error with path and reason`() {
    #expect(throws: SafetensorsError.file(.failed(.open, path: "/no/such", errno: ENOENT))) {
      try SafetensorsReader.read("/no/such")
    }
  }
}
