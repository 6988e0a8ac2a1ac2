import CHDF5
import Engine
import Foundation

/// The bytes of made recordings.
enum MadeFile {
  static func little16(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  static func little32(_ number: Int) -> [UInt8] {
    little16(number) + little16(number >> 16)
  }

  static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + little32(body.count) + body
      + (body.count.isMultiple(of: 2) ? [] : [0])
  }

  static func format(
    rate: Int = 8000, channels: Int = 1, bits: Int = 16, code: Int = 1
  ) -> [UInt8] {
    little16(code) + little16(channels) + little32(rate)
      + little32(rate * channels * bits / 8) + little16(channels * bits / 8) + little16(bits)
  }

  static func riff(_ chunks: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + little32(4 + chunks.count) + Array("WAVE".utf8) + chunks
  }

  static func samples(_ samples: [Int]) -> [UInt8] { samples.flatMap(little16) }

  /// A whole wav file.
  static func wave(_ samples: [Int], rate: Int = 8000, channels: Int = 1) -> [UInt8] {
    riff(
      chunk("fmt ", format(rate: rate, channels: channels))
        + chunk("data", self.samples(samples)))
  }

  /// A tone with something in it for the ear to hear.
  static func tone(_ count: Int, hertz: Double, rate: Int = 8000) -> [Int] {
    (0..<count).map {
      Int((9000 * sin(2 * Double.pi * hertz * Double($0) / Double(rate))).rounded())
    }
  }

  /// A SPHERE file with these fields, `end_head` and samples after a header of 1024 bytes.
  static func sphere(_ fields: [String], _ body: [UInt8], end: String = "end_head") -> [UInt8] {
    let head = "NIST_1A\n   1024\n" + (fields + [end]).joined(separator: "\n") + "\n"
    return Array(head.utf8) + [UInt8](repeating: 0x20, count: 1024 - head.utf8.count) + body
  }

  static func sphereFields(
    count: Int, rate: Int = 12_500, channels: Int = 1, bytes: Int = 2, order: String = "01",
    coding: String? = nil
  ) -> [String] {
    [
      "database_id -s4 TI46", "channel_count -i \(channels)", "sample_count -i \(count)",
      "sample_rate -i \(rate)", "sample_n_bytes -i \(bytes)",
      "sample_byte_format -s2 \(order)",
    ] + (coding.map { ["sample_coding -s\($0.utf8.count) \($0)"] } ?? [])
  }

  /// A ustar archive.
  static func tar(_ files: [(name: String, bytes: [UInt8])], type: Character = "0") -> [UInt8] {
    var archive: [UInt8] = []
    for file in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ place: Int) {
        for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte }
      }
      func octal(_ number: Int, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
      }
      put(file.name, 0)
      put(octal(file.bytes.count, 11), 124)
      put(String(type), 156)
      put("ustar", 257)
      put("        ", 148)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6), 148)
      header[154] = 0
      archive += header + file.bytes
      archive += [UInt8](repeating: 0, count: (512 - file.bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  /// The five bytes of an event of N-MNIST.
  static func event(column: Int, row: Int, polarity: Int, microseconds: Int) -> [UInt8] {
    [
      UInt8(column), UInt8(row), UInt8(polarity << 7 | microseconds >> 16),
      UInt8(truncatingIfNeeded: microseconds >> 8), UInt8(truncatingIfNeeded: microseconds),
    ]
  }
}

/// Writes files of N-TIDIGITS and such as are none.
enum MadeHDF5 {
  /// An array of a group.
  enum Value {
    case times([Double])
    case channels([Int])
    /// Times in two dimensions.
    case table(rows: Int, columns: Int)
  }

  /// Groups by name, in each arrays by key.
  static func write(_ groups: [String: [String: Value]], to path: String) {
    HDF5Exclusion.run {
      let file = H5Fcreate(
        path, hdf5_truncate(), hdf5_default_properties(), hdf5_default_properties())
      for (name, members) in groups {
        let group = H5Gcreate2(
          file, name, hdf5_default_properties(), hdf5_default_properties(),
          hdf5_default_properties())
        for (key, value) in members { write(value, key, group) }
        H5Gclose(group)
      }
      H5Fclose(file)
    }
  }

  private static func write(_ value: Value, _ key: String, _ group: hid_t) {
    switch value {
    case .times(let times):
      write(times, [times.count], key, group, hdf5_float64(), hdf5_native_double())
    case .channels(let channels):
      write(channels, [channels.count], key, group, hdf5_int64(), hdf5_native_int64())
    case .table(let rows, let columns):
      write(
        [Double](repeating: 0, count: rows * columns), [rows, columns], key, group,
        hdf5_float64(), hdf5_native_double())
    }
  }

  private static func write<Number: BitwiseCopyable>(
    _ numbers: [Number], _ shape: [Int], _ key: String, _ group: hid_t, _ type: hid_t,
    _ memory: hid_t
  ) {
    let extents = shape.map { hsize_t($0) }
    let space = H5Screate_simple(Int32(shape.count), extents, nil)
    let data = H5Dcreate2(
      group, key, type, space, hdf5_default_properties(), hdf5_default_properties(),
      hdf5_default_properties())
    numbers.withUnsafeBytes { buffer in
      _ = H5Dwrite(
        data, memory, hdf5_whole_space(), hdf5_whole_space(), hdf5_default_properties(),
        buffer.baseAddress)
    }
    H5Dclose(data)
    H5Sclose(space)
  }
}

/// The error that reading recordings brings.
func recordingFailure(_ body: () throws(RecordingError) -> Void) -> RecordingError? {
  do throws(RecordingError) {
    try body()
    return nil
  } catch {
    return error
  }
}
