import Foundation

/// The form in which a run keeps the readings of one gauge: a file of 16 bytes a reading.
///
/// The first eight bytes hold the step in their low 40 bits, above it a bit that tells a reading
/// from a resumption, and 23 bits that check the rest; the other eight are the value. Both are
/// little-endian. A *resumption* (value 0) says that the run went back to a checkpoint of that
/// step: what stands before it with a later step belongs to an abandoned branch. A record whose
/// check fails is damaged and is skipped; a last record may be cut.
enum ReadingColumn {
  static let recordSize = 16
  static let largestStep = 1 << 40 - 1
  private static let resumptionBit: UInt64 = 1 << 40
  private static let checkShift: UInt64 = 41

  enum Record: Equatable {
    case reading(step: Int, value: Double)
    case resumption(step: Int)
  }

  static func append(_ record: Record, to bytes: inout [UInt8]) {
    let (word, value) =
      switch record {
      case .reading(let step, let value): (UInt64(clamped(step)), value.bitPattern)
      case .resumption(let step): (UInt64(clamped(step)) | resumptionBit, UInt64(0))
      }
    withUnsafeBytes(of: (word | check(word, value) << checkShift).littleEndian) { bytes += $0 }
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  /// The record that begins at `offset`; `nil` where it is damaged.
  static func record(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Record? {
    let first = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let value = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
    let word = first & (1 << checkShift - 1)
    guard first >> checkShift == check(word, value) else { return nil }
    let step = Int(word & ~resumptionBit)
    return word & resumptionBit == 0
      ? .reading(step: step, value: Double(bitPattern: value)) : .resumption(step: step)
  }

  /// The reading that is known to begin at `offset`, without a look at its check.
  static func reading(
    in bytes: UnsafeRawBufferPointer, at offset: Int
  ) -> (step: Int, value: Double) {
    let first = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let value = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
    return (Int(first & (resumptionBit - 1)), Double(bitPattern: value))
  }

  private static func clamped(_ step: Int) -> Int { min(max(step, 0), largestStep) }

  /// 23 bits that change with any bit of both words (the finaliser of splitmix64).
  private static func check(_ word: UInt64, _ value: UInt64) -> UInt64 {
    var hash = word &* 0x9E37_79B9_7F4A_7C15 ^ value
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return (hash ^ hash >> 31) >> checkShift
  }

  // MARK: Files

  private static let suffix = ".column"

  /// The name of a gauge's file. What is no letter, digit, dot, dash or underline is escaped as in
  /// an address, so that any id makes a file name.
  static func fileName(ofGauge id: String) -> String {
    var name = ""
    for byte in id.utf8 {
      let character = Character(UnicodeScalar(byte))
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      name +=
        isPlain || "._-".contains(character)
        ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return name + suffix
  }

  /// The gauge whose file this is; `nil` for another file.
  static func gauge(ofFile name: String) -> String? {
    guard name.hasSuffix(suffix) else { return nil }
    return String(name.dropLast(suffix.count)).removingPercentEncoding
  }
}
