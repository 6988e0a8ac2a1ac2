package import Engine

/// Reads checkpoints from safetensors files and trusts nothing in them.
package struct SafetensorsReader {
  /// Where one array lies, as the header says.
  private struct Entry {
    var name: String
    var type: SafetensorsType
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  /// The largest header that the reference reader takes.
  private static let largestHeader: UInt64 = 100_000_000

  /// Named in errors.
  private let path: String

  package static func read(_ path: String) throws(SafetensorsError) -> Checkpoint {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path)
    } catch {
      throw .file(error)
    }
    return try parse(bytes, from: path)
  }

  /// The checkpoint in the bytes of a whole file. Arrays come in the order of their data.
  package static func parse(
    _ bytes: [UInt8], from path: String
  ) throws(SafetensorsError) -> Checkpoint {
    try SafetensorsReader(path: path).checkpoint(in: bytes)
  }

  private func checkpoint(in bytes: [UInt8]) throws(SafetensorsError) -> Checkpoint {
    let dataStart = try headerEnd(in: bytes)
    let header = try parseHeader(Array(bytes[8..<dataStart]))
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for member in header.members {
      if member.key == SafetensorsWriter.metadataKey {
        metadata = try parseMetadata(member.value)
      } else {
        entries.append(try entry(member.key, member.value))
      }
    }
    entries = try checkedForHoles(entries, dataSize: bytes.count - dataStart)
    let tensors = entries.map { entry in
      let data = bytes[dataStart + entry.begin..<dataStart + entry.end]
      if entry.type == .double {
        return Checkpoint.Tensor(
          name: entry.name, shape: entry.shape, doubles: SafetensorsType.doubles(in: data))
      }
      return Checkpoint.Tensor(
        name: entry.name, shape: entry.shape, values: entry.type.floats(in: data))
    }
    return Checkpoint(tensors: tensors, metadata: metadata)
  }

  private func headerEnd(in bytes: [UInt8]) throws(SafetensorsError) -> Int {
    guard bytes.count >= 8 else {
      throw .truncatedHeader(path: path, announced: 8, found: bytes.count)
    }
    let size = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard size <= Self.largestHeader else {
      throw .headerTooLarge(path: path, size: size, limit: Self.largestHeader)
    }
    guard Int(size) <= bytes.count - 8 else {
      throw .truncatedHeader(path: path, announced: size, found: bytes.count - 8)
    }
    return 8 + Int(size)
  }

  private func parseHeader(_ bytes: [UInt8]) throws(SafetensorsError) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .header(path: path, error)
    }
    guard case .object(let header) = value else {
      throw .malformed(path: path, tensor: nil, field: "header", expected: "an object")
    }
    return header
  }

  private func parseMetadata(_ value: JSONValue) throws(SafetensorsError) -> [String: String] {
    guard case .object(let object) = value else {
      throw .malformed(
        path: path, tensor: nil, field: SafetensorsWriter.metadataKey, expected: "an object")
    }
    var metadata: [String: String] = [:]
    for member in object.members {
      guard case .string(let text) = member.value else {
        throw .malformed(path: path, tensor: nil, field: member.key, expected: "a string")
      }
      metadata[member.key] = text
    }
    return metadata
  }

  private func entry(_ name: String, _ value: JSONValue) throws(SafetensorsError) -> Entry {
    guard case .object(let object) = value else {
      throw .malformed(path: path, tensor: name, field: "entry", expected: "an object")
    }
    guard case .string(let typeName) = object["dtype"] else {
      throw .malformed(path: path, tensor: name, field: "dtype", expected: "a string")
    }
    guard let type = SafetensorsType(rawValue: typeName) else {
      throw .unsupportedType(
        path: path, tensor: name, found: typeName,
        supported: SafetensorsType.allCases.map(\.rawValue))
    }
    let shape = try numbers("shape", of: object, tensor: name)
    let offsets = try numbers("data_offsets", of: object, tensor: name)
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw .malformed(
        path: path, tensor: name, field: "data_offsets", expected: "a begin and an end after it")
    }
    let found = offsets[1] - offsets[0]
    guard let expected = Self.size(of: shape, type) else {
      throw .malformed(
        path: path, tensor: name, field: "shape", expected: "sizes whose product can be stored")
    }
    guard found == expected else {
      throw .wrongSize(path: path, tensor: name, expected: expected, found: found)
    }
    return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  /// Bytes of an array, `nil` where the number overflows.
  private static func size(of shape: [Int], _ type: SafetensorsType) -> Int? {
    var size = type.bytes
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      size = product
    }
    return size
  }

  private func numbers(
    _ field: String, of object: JSONObject, tensor: String
  ) throws(SafetensorsError) -> [Int] {
    let malformed = SafetensorsError.malformed(
      path: path, tensor: tensor, field: field, expected: "a list of whole numbers from 0")
    guard case .array(let values) = object[field] else { throw malformed }
    var numbers: [Int] = []
    for value in values {
      guard case .integer(let number) = value, number >= 0 else { throw malformed }
      numbers.append(number)
    }
    return numbers
  }

  /// The entries in the order of their data, which they must fill exactly.
  private func checkedForHoles(
    _ entries: [Entry], dataSize: Int
  ) throws(SafetensorsError) -> [Entry] {
    // Arrays without values share their offset with a neighbour and keep their place before it.
    let sorted = entries.enumerated().sorted {
      ($0.element.begin, $0.element.end, $0.offset) < ($1.element.begin, $1.element.end, $1.offset)
    }.map(\.element)
    var end = 0
    for entry in sorted {
      guard entry.begin == end else {
        throw .notContiguous(
          path: path, tensor: entry.name, expectedBegin: end, begin: entry.begin)
      }
      end = entry.end
    }
    guard end == dataSize else {
      throw .wrongLength(path: path, expected: end, found: dataSize)
    }
    return sorted
  }
}
