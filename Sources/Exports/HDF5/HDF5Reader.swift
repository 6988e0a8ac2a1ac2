internal import CHDF5

/// Reads HDF5 files that are whole in memory through libhdf5, in the form of ``HDF5Writer``, and
/// bounds what they may ask for: no array is larger than the file, groups are nested only so deep,
/// links to other places are not followed. Compressed arrays and text of variable length are
/// refused, since the library makes room for what damaged ones claim.
struct HDF5Reader {
  /// Bytes of the file.
  private let size: Int
  /// Bytes of all arrays so far.
  private var read = 0

  private static let deepest = 8
  private static let mostMembers = 100_000
  private static let highestRank = 8

  /// The members at the root of a file with these bytes.
  static func members(of bytes: [UInt8]) throws(HDF5Error) -> [String: HDF5Member] {
    try HDF5Library.exclusively { () throws(HDF5Error) in try readFile(bytes) }
  }

  private static func readFile(_ bytes: [UInt8]) throws(HDF5Error) -> [String: HDF5Member] {
    let access = try HDF5Handle(H5Pcreate(hdf5_file_access()), .openFile, "/")
    try HDF5Error.check(H5Pset_fapl_core(access.id, 1 << 16, false), .openFile, "/")
    let status = bytes.withUnsafeBytes { buffer in
      // The library copies the bytes.
      H5Pset_file_image(
        access.id, UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    }
    try HDF5Error.check(status, .openFile, "/")
    let file = try HDF5Handle(H5Fopen("interspike", hdf5_read_only(), access.id), .openFile, "/")
    var reader = HDF5Reader(size: bytes.count)
    return try reader.members(of: file.id, "/", depth: 0)
  }

  private init(size: Int) { self.size = size }

  private mutating func members(
    of group: hid_t, _ path: String, depth: Int
  ) throws(HDF5Error) -> [String: HDF5Member] {
    guard depth < Self.deepest else {
      throw .unexpected(name: path, expected: "groups nested at most \(Self.deepest) deep")
    }
    var information = H5G_info_t()
    try HDF5Error.check(H5Gget_info(group, &information), .readGroup, path)
    guard information.nlinks <= min(Self.mostMembers, size) else { throw .tooLarge(name: path) }
    var members: [String: HDF5Member] = [:]
    for index in 0..<information.nlinks {
      let name = try Self.name(index, in: group, path)
      guard hdf5_is_hard_link(group, name) > 0 else {
        throw .unexpected(name: path + name, expected: "no link to another place")
      }
      let object = try HDF5Handle(
        H5Oopen(group, name, hdf5_default_properties()), .readGroup, path + name)
      switch H5Iget_type(object.id) {
      case H5I_GROUP:
        let inner = try self.members(of: object.id, path + name + "/", depth: depth + 1)
        members[name] = .group(inner)
      case H5I_DATASET: members[name] = .value(try value(of: object.id, path + name))
      default: throw .unexpected(name: path + name, expected: "a group or an array")
      }
    }
    return members
  }

  private static func name(
    _ index: hsize_t, in group: hid_t, _ path: String
  ) throws(HDF5Error) -> String {
    var buffer = [CChar](repeating: 0, count: 1024)
    let length = H5Lget_name_by_idx(
      group, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, buffer.count,
      hdf5_default_properties())
    guard length > 0, length < buffer.count else { throw .failed(.readGroup, name: path) }
    return String(
      decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private mutating func value(of data: hid_t, _ name: String) throws(HDF5Error) -> HDF5Value {
    let type = try HDF5Handle(H5Dget_type(data), .readArray, name)
    let shape = try shape(of: data, name)
    let count = try count(of: shape, bytes: H5Tget_size(type.id), data, name)
    switch H5Tget_class(type.id) {
    case H5T_FLOAT where shape.isEmpty:
      let values = try Self.read(count, data, hdf5_native_double(), 0.0, name)
      return .number(values.first ?? 0)
    case H5T_FLOAT:
      return .floats(
        shape: shape, try Self.read(count, data, hdf5_native_float(), Float(0), name))
    case H5T_INTEGER:
      return .integers(shape: shape, try Self.read(count, data, hdf5_native_int64(), 0, name))
    case H5T_STRING:
      guard H5Tis_variable_str(type.id) == 0 else {
        throw .unexpected(name: name, expected: "text of fixed length")
      }
      let texts = try Self.readTexts(count, data, type.id, name)
      return shape.isEmpty ? .text(texts.first ?? "") : .texts(shape: shape, texts)
    default: throw .unexpected(name: name, expected: "numbers or text")
    }
  }

  private func shape(of data: hid_t, _ name: String) throws(HDF5Error) -> [Int] {
    let space = try HDF5Handle(H5Dget_space(data), .readArray, name)
    switch H5Sget_simple_extent_type(space.id) {
    case H5S_SCALAR: return []
    case H5S_SIMPLE: break
    default: throw .unexpected(name: name, expected: "an array")
    }
    let rank = Int(H5Sget_simple_extent_ndims(space.id))
    guard (1...Self.highestRank).contains(rank) else {
      throw .unexpected(name: name, expected: "at most \(Self.highestRank) dimensions")
    }
    var extents = [hsize_t](repeating: 0, count: rank)
    let found = H5Sget_simple_extent_dims(space.id, &extents, nil)
    guard found >= 0 else { throw .failed(.readArray, name: name) }
    let shape = extents.compactMap { Int(exactly: $0) }
    guard shape.count == rank else { throw .tooLarge(name: name) }
    return shape
  }

  /// The number of elements, which with all others must fit into the file.
  private mutating func count(
    of shape: [Int], bytes: Int, _ data: hid_t, _ name: String
  ) throws(HDF5Error) -> Int {
    let properties = try HDF5Handle(H5Dget_create_plist(data), .readArray, name)
    let layout = H5Pget_layout(properties.id)
    guard layout == H5D_CONTIGUOUS || layout == H5D_COMPACT,
      H5Pget_nfilters(properties.id) == 0
    else { throw .unexpected(name: name, expected: "an array in one piece, not compressed") }
    var total = max(bytes, 1)
    for extent in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw .tooLarge(name: name) }
      total = product
    }
    guard total <= size - read else { throw .tooLarge(name: name) }
    read += total
    return total / max(bytes, 1)
  }
}
