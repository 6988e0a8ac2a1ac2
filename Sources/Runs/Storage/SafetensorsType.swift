/// Types of numbers in safetensors files that are read; what is not single precision is converted.
enum SafetensorsType: String, CaseIterable {
  case single = "F32"
  case half = "F16"
  /// The upper half of a number of single precision.
  case brainHalf = "BF16"
  case double = "F64"

  var bytes: Int {
    switch self {
    case .half, .brainHalf: 2
    case .single: 4
    case .double: 8
    }
  }

  /// Little-endian numbers as single precision, rounded to nearest. What is too large for that
  /// becomes infinite.
  func floats(in data: ArraySlice<UInt8>) -> [Float] {
    data.withUnsafeBytes { raw in
      (0..<raw.count / bytes).map { index in
        let offset = index * bytes
        switch self {
        case .single: return Float(bitPattern: Self.load(raw, offset))
        case .half: return Self.float(half: Self.load(raw, offset))
        case .brainHalf:
          let word: UInt16 = Self.load(raw, offset)
          return Float(bitPattern: UInt32(word) << 16)
        case .double: return Float(Double(bitPattern: Self.load(raw, offset)))
        }
      }
    }
  }

  /// Little-endian numbers of double precision as they are.
  static func doubles(in data: ArraySlice<UInt8>) -> [Double] {
    data.withUnsafeBytes { raw in
      (0..<raw.count / double.bytes).map {
        Double(bitPattern: load(raw, $0 * double.bytes))
      }
    }
  }

  private static func load<Word: FixedWidthInteger>(
    _ raw: UnsafeRawBufferPointer, _ offset: Int
  ) -> Word {
    Word(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: Word.self))
  }

  /// A number of half precision (IEEE 754: sign, 5 bits of exponent, 10 of fraction).
  private static func float(half word: UInt16) -> Float {
    let sign: Float = word & 0x8000 == 0 ? 1 : -1
    let exponent = Int(word >> 10 & 0x1F)
    let fraction = Float(word & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }
}
