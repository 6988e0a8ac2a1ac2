/// A file that cannot be used as a cache of spike trains.
struct SpikeFileFault: Error {
  var damage: SpikeCache.Damage

  init(_ damage: SpikeCache.Damage) { self.damage = damage }
}

/// The form of a file of spike trains. Numbers are little endian: a magic text of eight bytes; the
/// settings, the title and the names of the classes, each as a length of 8 bytes and text in UTF-8;
/// channels, steps and samples (8 bytes each); class and part of each sample (2 + 1 bytes), where its
/// packed trains end (8 bytes each), the packed trains; FNV-1a of all that (8 bytes).
enum SpikeFile {
  private static let magic = Array("spikes 1".utf8)

  static func bytes(of spikes: StoredSpikes, settings: String) -> [UInt8] {
    var bytes = magic
    func append(_ number: Int) {
      withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }
    // Names have no line breaks.
    for text in [settings, spikes.title, spikes.classNames.joined(separator: "\n")] {
      append(text.utf8.count)
      bytes.append(contentsOf: text.utf8)
    }
    for number in [spikes.channels, spikes.steps, spikes.members.count] { append(number) }
    for member in spikes.members {
      bytes += [
        UInt8(truncatingIfNeeded: member.label), UInt8(truncatingIfNeeded: member.label >> 8),
        member.tests ? 1 : 0,
      ]
    }
    for end in spikes.packed.ends { append(end) }
    bytes += spikes.packed.bytes
    append(Int(truncatingIfNeeded: FNV1a.hash(bytes)))
    return bytes
  }

  static func spikes(_ bytes: [UInt8], settings: String) throws(SpikeFileFault) -> StoredSpikes {
    guard bytes.starts(with: magic), bytes.count >= magic.count + 8 else {
      throw SpikeFileFault(.form)
    }
    let body = bytes.dropLast(8)
    var check = Reader(bytes: bytes, place: body.endIndex, end: bytes.count)
    guard UInt64(bitPattern: Int64(try check.word())) == FNV1a.hash(body) else {
      throw SpikeFileFault(.checksum)
    }
    var reader = Reader(bytes: bytes, place: magic.count, end: body.endIndex)
    guard try reader.text() == settings else { throw SpikeFileFault(.settings) }
    let title = try reader.text()
    let names = try reader.text().split(separator: "\n").map(String.init)
    let (channels, steps) = (try reader.number(), try reader.number())
    let count = try reader.number()
    var members: [StoredSpikes.Member] = []
    for _ in 0..<count {
      let fields = try reader.take(3)
      let label = Int(fields[fields.startIndex]) | Int(fields[fields.startIndex + 1]) << 8
      guard names.indices.contains(label) else { throw SpikeFileFault(.form) }
      members.append(.init(label: label, tests: fields[fields.startIndex + 2] != 0))
    }
    var ends: [Int] = []
    for _ in 0..<count { ends.append(try reader.number()) }
    guard 1...SpikeTrains.mostSteps ~= steps, channels < 1 << 24,
      let packed = PackedTrains(
        channels: channels, steps: steps, ends: ends, bytes: Array(try reader.rest()))
    else { throw SpikeFileFault(.form) }
    return StoredSpikes(title: title, classNames: names, packed: packed, members: members)
  }

  /// Goes through the bytes and never beyond their end.
  private struct Reader {
    let bytes: [UInt8]
    var place: Int
    let end: Int

    mutating func take(_ count: Int) throws(SpikeFileFault) -> ArraySlice<UInt8> {
      guard count >= 0, count <= end - place else { throw SpikeFileFault(.form) }
      defer { place += count }
      return bytes[place..<place + count]
    }

    mutating func word() throws(SpikeFileFault) -> Int {
      let word = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(truncatingIfNeeded: word)
    }

    /// A size.
    mutating func number() throws(SpikeFileFault) -> Int {
      let number = try word()
      guard number >= 0 else { throw SpikeFileFault(.form) }
      return number
    }

    mutating func text() throws(SpikeFileFault) -> String {
      String(decoding: try take(try number()), as: UTF8.self)
    }

    mutating func rest() throws(SpikeFileFault) -> ArraySlice<UInt8> { try take(end - place) }
  }
}
