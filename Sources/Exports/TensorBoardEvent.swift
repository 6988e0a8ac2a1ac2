/// The three messages of TensorBoard's event files that are needed here, in the wire format of
/// protocol buffers (tensorboard/compat/proto/event.proto and summary.proto):
///
///     Event { wall_time: double = 1, step: int64 = 2, file_version: string = 3, summary: Summary = 5 }
///     Summary { value: repeated Value = 1 }     Value { tag: string = 1, simple_value: float = 2 }
enum TensorBoardEvent {
  /// The first event of a file.
  static func version(wallTime: Double) -> [UInt8] {
    double(1, wallTime) + bytes(3, Array("brain.Event:2".utf8))
  }

  static func scalar(_ tag: String, step: Int, value: Double, wallTime: Double) -> [UInt8] {
    let scalar = bytes(1, Array(tag.utf8)) + float(2, Float(value))
    return double(1, wallTime) + integer(2, step) + bytes(5, bytes(1, scalar))
  }

  private static func key(_ field: Int, _ wireType: UInt8) -> UInt8 { UInt8(field) << 3 | wireType }

  private static func double(_ field: Int, _ value: Double) -> [UInt8] {
    [key(field, 1)] + withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  private static func float(_ field: Int, _ value: Float) -> [UInt8] {
    [key(field, 5)] + withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  private static func integer(_ field: Int, _ value: Int) -> [UInt8] {
    [key(field, 0)] + varint(UInt64(bitPattern: Int64(value)))
  }

  private static func bytes(_ field: Int, _ value: [UInt8]) -> [UInt8] {
    [key(field, 2)] + varint(UInt64(value.count)) + value
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
