internal import CHDF5

/// Reading arrays whose sizes have been checked.
extension HDF5Reader {
  static func read<Number: BitwiseCopyable>(
    _ count: Int, _ data: hid_t, _ type: hid_t, _ zero: Number, _ name: String
  ) throws(HDF5Error) -> [Number] {
    var values = [Number](repeating: zero, count: count)
    guard count > 0 else { return values }
    let status = values.withUnsafeMutableBytes { buffer in
      H5Dread(
        data, type, hdf5_whole_space(), hdf5_whole_space(), hdf5_default_properties(),
        buffer.baseAddress)
    }
    try HDF5Error.check(status, .readArray, name)
    return values
  }

  /// Texts of one length, filled with zeros or ended by one.
  static func readTexts(
    _ count: Int, _ data: hid_t, _ fileType: hid_t, _ name: String
  ) throws(HDF5Error) -> [String] {
    let length = H5Tget_size(fileType)
    guard length > 0 else { throw .unexpected(name: name, expected: "text") }
    let type = try HDF5Handle(
      hdf5_make_text_type(length, H5Tget_cset(fileType)), .readArray, name)
    let bytes = try read(count * length, data, type.id, UInt8(0), name)
    return (0..<count).map { index in
      let text = bytes[index * length..<(index + 1) * length].prefix { $0 != 0 }
      return String(decoding: text, as: UTF8.self)
    }
  }
}
