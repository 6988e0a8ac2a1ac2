/// CRC-32C (Castagnoli; reflected polynomial 0x82F63B78), and the masked form that TFRecord files
/// hold (tensorflow/core/lib/hash/crc32c.h).
enum RecordChecksum {
  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0x82F6_3B78 ^ value >> 1 : value >> 1 }
    return value
  }

  static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }

  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let crc = crc(bytes)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }
}
