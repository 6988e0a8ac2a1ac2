internal import CHDF5

/// Makes HDF5 files in memory through libhdf5: contiguous arrays without filters, text in UTF-8
/// filled with zeros to one length, no times, members in the order of their names, so that equal
/// contents are equal bytes.
enum HDF5Writer {
  /// Bytes by which the file grows in memory.
  private static let increment = 1 << 20

  /// The bytes of a file with these members at its root.
  static func bytes(of root: [String: HDF5Member]) throws(HDF5Error) -> [UInt8] {
    try HDF5Library.exclusively { () throws(HDF5Error) in try makeFile(of: root) }
  }

  private static func makeFile(of root: [String: HDF5Member]) throws(HDF5Error) -> [UInt8] {
    let access = try HDF5Handle(H5Pcreate(hdf5_file_access()), .makeFile, "/")
    try HDF5Error.check(H5Pset_fapl_core(access.id, increment, false), .makeFile, "/")
    let file = try HDF5Handle(
      H5Fcreate("interspike", hdf5_truncate(), hdf5_default_properties(), access.id), .makeFile,
      "/")
    try write(root, in: file.id)
    try HDF5Error.check(H5Fflush(file.id, H5F_SCOPE_GLOBAL), .makeFile, "/")
    let size = H5Fget_file_image(file.id, nil, 0)
    guard size > 0 else { throw .failed(.makeFile, name: "/") }
    var bytes = [UInt8](repeating: 0, count: size)
    let written = H5Fget_file_image(file.id, &bytes, size)
    guard written == size else { throw .failed(.makeFile, name: "/") }
    return bytes
  }

  private static func write(
    _ members: [String: HDF5Member], in group: hid_t
  ) throws(HDF5Error) {
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      switch member {
      case .value(let value): try write(value, name, in: group)
      case .group(let members):
        let properties = try HDF5Handle(
          H5Pcreate(hdf5_group_creation()), .makeGroup, name)
        H5Pset_obj_track_times(properties.id, false)
        let inner = try HDF5Handle(
          H5Gcreate2(
            group, name, hdf5_default_properties(), properties.id, hdf5_default_properties()),
          .makeGroup, name)
        try write(members, in: inner.id)
      }
    }
  }

  private static func write(
    _ value: HDF5Value, _ name: String, in group: hid_t
  ) throws(HDF5Error) {
    switch value {
    case .text(let text): try write([text], shape: [], name, in: group)
    case .texts(let shape, let texts): try write(texts, shape: shape, name, in: group)
    case .number(let number):
      try write(
        [number], shape: [], name, in: group, type: hdf5_float64(), from: hdf5_native_double())
    case .floats(let shape, let values):
      try write(
        values, shape: shape, name, in: group, type: hdf5_float32(), from: hdf5_native_float())
    case .integers(let shape, let values):
      try write(
        values, shape: shape, name, in: group, type: hdf5_int64(), from: hdf5_native_int64())
    }
  }

  private static func write(
    _ texts: [String], shape: [Int], _ name: String, in group: hid_t
  ) throws(HDF5Error) {
    let length = max(texts.map(\.utf8.count).max() ?? 0, 1)
    let type = try HDF5Handle(
      hdf5_make_text_type(length, H5T_CSET_UTF8), .makeArray, name)
    let bytes = texts.flatMap { text in
      Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
    }
    let data = try makeArray(shape, name, in: group, type: type.id)
    let status = bytes.withUnsafeBytes { buffer in
      H5Dwrite(
        data.id, type.id, hdf5_whole_space(), hdf5_whole_space(), hdf5_default_properties(),
        buffer.baseAddress)
    }
    try HDF5Error.check(status, .writeArray, name)
  }

  private static func write<Number: BitwiseCopyable>(
    _ values: [Number], shape: [Int], _ name: String, in group: hid_t, type: hid_t,
    from memory: hid_t
  ) throws(HDF5Error) {
    precondition(values.count == shape.reduce(1, *), "values of \(name) fit its shape")
    let data = try makeArray(shape, name, in: group, type: type)
    let status = values.withUnsafeBytes { buffer in
      H5Dwrite(
        data.id, memory, hdf5_whole_space(), hdf5_whole_space(), hdf5_default_properties(),
        buffer.baseAddress)
    }
    try HDF5Error.check(status, .writeArray, name)
  }

  /// An array of that shape; a single value where it is empty.
  private static func makeArray(
    _ shape: [Int], _ name: String, in group: hid_t, type: hid_t
  ) throws(HDF5Error) -> HDF5Handle {
    let extents = shape.map { hsize_t($0) }
    let space = try HDF5Handle(
      shape.isEmpty
        ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(shape.count), extents, nil),
      .makeArray, name)
    let properties = try HDF5Handle(H5Pcreate(hdf5_dataset_creation()), .makeArray, name)
    H5Pset_obj_track_times(properties.id, false)
    return try HDF5Handle(
      H5Dcreate2(
        group, name, type, space.id, hdf5_default_properties(), properties.id,
        hdf5_default_properties()),
      .makeArray, name)
  }
}
