/// What the header of an NPY file says (NumPy Enhancement Proposal 1): the type of the elements,
/// the shape, and where the elements begin.
struct NPYHeader: Sendable, Equatable {
  var type: NPYType
  /// Slowest dimension first.
  var shape: [Int]
  /// Bytes before the first element.
  var offset: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Far more than any shape needs.
  private static let largestText = 1 << 20

  static func isNPY(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  /// Reads the header of `bytes`, which begin with the magic string; `file` is their name in errors.
  init(_ bytes: [UInt8], file: String) throws(DataError) {
    guard bytes.count >= 12 else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: 12)
    }
    let (major, minor) = (Int(bytes[6]), Int(bytes[7]))
    guard (1...3).contains(major), minor == 0 else {
      throw .sequences(file, at: .byte(6), .version(major: major, minor: minor))
    }
    let lengthBytes = major == 1 ? 2 : 4
    let length = bytes[8..<(8 + lengthBytes)].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.largestText else {
      throw .sequences(
        file, at: .byte(8), .headerTooLong(found: length, largest: Self.largestText))
    }
    let start = 8 + lengthBytes
    offset = start + length
    guard bytes.count >= offset else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: offset)
    }
    var text = NPYHeaderText(bytes[start..<offset], file: file)
    (type, shape) = try text.read()
  }

  /// How many elements the file has, and how many bytes it is long.
  func extent(file: String) throws(DataError) -> (count: Int, bytes: Int) {
    var count = 1
    var overflow = false
    // An empty dimension empties the array, however large the others are.
    for size in shape.contains(0) ? [0] : shape {
      let product = count.multipliedReportingOverflow(by: size)
      count = product.partialValue
      overflow = overflow || product.overflow
    }
    let (size, sizeOverflow) = count.multipliedReportingOverflow(by: type.element.bytes)
    let (end, endOverflow) = size.addingReportingOverflow(offset)
    guard !overflow, !sizeOverflow, !endOverflow else { throw .sequences(file, .overflow) }
    return (count, end)
  }
}

/// The dictionary in an NPY header, a Python literal such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
private struct NPYHeaderText {
  private let bytes: ArraySlice<UInt8>
  private let file: String
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
    position = bytes.startIndex
  }

  private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  mutating func read() throws(DataError) -> (type: NPYType, shape: [Int]) {
    var type: NPYType?
    var shape: [Int]?
    var hasOrder = false
    try expect("{")
    while !take("}") {
      switch try text("the name of a field in quotation marks") {
      case "descr":
        try expect(":")
        type = try self.type()
      case "fortran_order":
        try expect(":")
        try order()
        hasOrder = true
      case "shape":
        try expect(":")
        shape = try self.shape()
      default: throw mistake("only the fields descr, fortran_order and shape")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipBlanks()
    guard next == nil else { throw mistake("nothing after the dictionary") }
    guard let type, let shape, hasOrder else {
      throw mistake("the fields descr, fortran_order and shape")
    }
    return (type, shape)
  }

  private func mistake(_ expected: String) -> DataError {
    .sequences(file, at: .byte(position), .header(expected: expected))
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == UInt8(ascii: " ") || (9...13).contains(byte) { position += 1 }
  }

  /// Goes past the character if it comes next.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(DataError) {
    guard take(character) else { throw mistake("\"\(character)\"") }
  }

  /// A text without escapes.
  private mutating func text(_ expected: String) throws(DataError) -> String {
    skipBlanks()
    guard let quotation = next, quotation == UInt8(ascii: "'") || quotation == UInt8(ascii: "\""),
      let end = bytes[(position + 1)...].firstIndex(of: quotation)
    else { throw mistake(expected) }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func type() throws(DataError) -> NPYType {
    skipBlanks()
    let place = SequenceError.Place.byte(position)
    if next == UInt8(ascii: "[") || next == UInt8(ascii: "(") {
      throw .sequences(file, at: place, .type(found: "structured", expected: NPYType.expected))
    }
    let name = try text("a type in quotation marks")
    guard let type = NPYType(name) else {
      throw .sequences(file, at: place, .type(found: name, expected: NPYType.expected))
    }
    return type
  }

  private mutating func order() throws(DataError) {
    skipBlanks()
    let start = position
    while let byte = next, (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(byte) { position += 1 }
    switch String(decoding: bytes[start..<position], as: UTF8.self) {
    case "False": return
    case "True": throw .sequences(file, at: .byte(start), .fortranOrder)
    default: throw mistake("True or False")
    }
  }

  private mutating func shape() throws(DataError) -> [Int] {
    var sizes: [Int] = []
    try expect("(")
    while !take(")") {
      sizes.append(try size())
      guard sizes.count <= 32 else { throw mistake("at most 32 dimensions") }
      if !take(",") {
        try expect(")")
        break
      }
    }
    return sizes
  }

  /// A size; Python 2 wrote some with an L.
  private mutating func size() throws(DataError) -> Int {
    skipBlanks()
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw mistake("a size") }
    guard let size = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw .sequences(file, at: .byte(start), .overflow)
    }
    if next == UInt8(ascii: "L") { position += 1 }
    return size
  }
}
