/// The elements of an NPY file.
struct NPYType: Sendable, Equatable {
  /// The raw value is NumPy's code.
  enum Element: String, Sendable, CaseIterable {
    case float32 = "f4"
    case float64 = "f8"
    case int8 = "i1"
    case int16 = "i2"
    case int32 = "i4"
    case int64 = "i8"
    case uint8 = "u1"
    case bool = "b1"

    var bytes: Int {
      switch self {
      case .int8, .uint8, .bool: 1
      case .int16: 2
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }

    var isInteger: Bool { self != .float32 && self != .float64 }
  }

  var element: Element
  var isBigEndian: Bool

  /// What is read, in words.
  static let expected =
    "float32, float64, int8, int16, int32, int64, uint8 or bool (\"<f4\", \">f4\", ...)"

  /// The type that NumPy calls `name`, such as `<f4`, if it is one that is read.
  init?(_ name: String) {
    guard let order = name.first, let element = Element(rawValue: String(name.dropFirst())),
      "<>".contains(order) || (order == "|" && element.bytes == 1)
    else { return nil }
    self.element = element
    isBigEndian = order == ">"
  }

  /// The element at `offset` bytes of `bytes`.
  func number(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Double {
    switch element {
    case .float32: Double(Float(bitPattern: load(UInt32.self, bytes, offset)))
    case .float64: Double(bitPattern: load(UInt64.self, bytes, offset))
    default: Double(integer(in: bytes, at: offset))
    }
  }

  /// The element at `offset` bytes of `bytes`, 0 for the fractional types; true is 1.
  func integer(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
    switch element {
    case .float32, .float64: 0
    case .int8: Int(load(Int8.self, bytes, offset))
    case .int16: Int(load(Int16.self, bytes, offset))
    case .int32: Int(load(Int32.self, bytes, offset))
    case .int64: Int(load(Int64.self, bytes, offset))
    case .uint8: Int(load(UInt8.self, bytes, offset))
    case .bool: load(UInt8.self, bytes, offset) == 0 ? 0 : 1
    }
  }

  private func load<Word: FixedWidthInteger & BitwiseCopyable>(
    _ type: Word.Type, _ bytes: UnsafeRawBufferPointer, _ offset: Int
  ) -> Word {
    let word = bytes.loadUnaligned(fromByteOffset: offset, as: type)
    return isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word)
  }
}
