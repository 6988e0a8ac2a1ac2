import Foundation

/// An NPY file of little-endian words of `type`, whose header is as given.
func npy(
  _ type: String, _ shape: String, version: UInt8 = 1, order: String = "False",
  _ words: [[UInt8]]
) -> [UInt8] {
  var text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
  let prefix = version == 1 ? 10 : 12
  text += String(repeating: " ", count: 63 - (prefix + text.utf8.count) % 64) + "\n"
  let length = withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { Array($0) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length.prefix(version == 1 ? 2 : 4)
    + Array(text.utf8) + words.flatMap(\.self)
}

/// The words of an NPY file.
func words<Word: FixedWidthInteger>(_ numbers: [Word], isBigEndian: Bool = false) -> [[UInt8]] {
  numbers.map { number in
    withUnsafeBytes(of: isBigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
  }
}

func words(_ numbers: [Float]) -> [[UInt8]] { words(numbers.map(\.bitPattern)) }

func words(_ numbers: [Double]) -> [[UInt8]] { words(numbers.map(\.bitPattern)) }
