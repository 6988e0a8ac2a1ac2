import Testing

@testable import Engine

@Suite struct NPYFileTests {
  private func values(
    _ bytes: [UInt8], channels: Int = 1, limit: Int = 1 << 30
  ) throws(DataError) -> SequenceValues {
    try NPYFile.values(bytes, file: "f.npy", channels: channels, limit: limit)
  }

  /// The sentence with which a file is refused.
  private func refusal(_ bytes: [UInt8], channels: Int = 1, limit: Int = 1 << 30) -> String {
    do {
      _ = try values(bytes, channels: channels, limit: limit)
      return ""
    } catch {
      return description(of: error)
    }
  }

  static let files: [(bytes: [UInt8], values: [Float])] = [
    (npy("<f4", "(2, 2)", words([Float(1), -2.5, 3, 0.125])), [1, -2.5, 3, 0.125]),
    (npy("<f8", "(2, 2)", version: 2, words([1.0, -2.5, 3, 1e-3])), [1, -2.5, 3, 1e-3]),
    (npy("|i1", "(2, 2)", version: 3, words([Int8(1), -128, 3, 127])), [1, -128, 3, 127]),
    (npy("<i2", "(2, 2)", words([Int16(1), -300, 3, 4])), [1, -300, 3, 4]),
    (
      npy(">i2", "(2, 2)", words([Int16(1), -300, 3, 4], isBigEndian: true)),
      [1, -300, 3, 4]
    ),
    (npy("<i4", "(2L, 2L)", words([Int32(1), -70000, 3, 4])), [1, -70000, 3, 4]),
    (npy("<i8", "(2,2)", words([Int64(1), -1 << 40, 3, 4])), [1, -0x1p40, 3, 4]),
    (npy("|u1", "(2, 2)", words([UInt8(1), 255, 3, 4])), [1, 255, 3, 4]),
    (npy("|b1", "(2, 2)", words([UInt8(1), 0, 0, 1])), [1, 0, 0, 1]),
    (
      npy(">f4", "(2, 2)", words([Float(1), 2, 3, 4].map(\.bitPattern), isBigEndian: true)),
      [1, 2, 3, 4]
    ),
  ]

  @Test(arguments: files.indices)
  func `every type, version and byte order is read`(index: Int) throws {
    let file = Self.files[index]
    let read = try values(file.bytes)
    #expect(read.values == file.values)
    #expect(read.shape.samples == 2 && read.shape.steps == 2 && read.shape.channels == 1)
  }

  @Test func `channels come from the third dimension or from the experiment`() throws {
    let numbers = words((0..<12).map { Float($0) })
    for (shape, channels) in [("(2, 3, 2)", 1), ("(2, 3, 2)", 2), ("(2, 6)", 2)] {
      let read = try values(npy("<f4", shape, numbers), channels: channels)
      #expect(read.shape.steps == 3 && read.shape.channels == 2)
    }
    #expect(
      refusal(npy("<f4", "(2, 3, 2)", numbers), channels: 3)
        == "f.npy: found 2 channels, expected the 3 of problem.channels")
    #expect(
      refusal(npy("<f4", "(2, 6)", numbers), channels: 4)
        == "f.npy: found 6 values, expected a multiple of the 4 channels")
  }

  @Test func `what is not read is refused with what was found and what was expected`() {
    let four = words([Float(1), 2, 3, 4])
    #expect(
      refusal(npy("<f4", "(2, 2)", order: "True", four))
        == "f.npy: at byte 44: found values in Fortran order, expected C order "
        + "(numpy.ascontiguousarray makes it)")
    for type in ["|O", "<c8", "=f4", "<f2", "<u4", "<U3", "|f4", ""] {
      let sentence = refusal(npy(type, "(2, 2)", four))
      #expect(sentence.hasPrefix("f.npy: at byte 20: found values of type \"\(type)\""))
    }
    let structured = npy("', [('a', '<f4')], '", "(2, 2)", four)
    #expect(refusal(structured).hasPrefix("f.npy: at byte 20: found values of type \"\""))
    #expect(
      refusal(npy("<f4", "(4,)", four))
        == "f.npy: found the shape 4, expected samples x steps or samples x steps x channels")
    #expect(refusal(npy("<f4", "(0, 4)", [])) == "f.npy: found 0 samples, expected 1 to 2147483647")
    #expect(
      refusal(npy("<f4", "(1, 2000000)", []))
        == "f.npy: found 2000000 steps, expected 1 to 1000000")
    #expect(
      refusal(npy("<f4", "(2, 2)", version: 4, four))
        == "f.npy: at byte 6: found NPY version 4.0, expected 1.0, 2.0 or 3.0")
    for shape in ["(4294967296, 4294967296)", "(99999999999999999999, 1)"] {
      #expect(refusal(npy("<f4", shape, four)).hasSuffix("more values than can be counted"))
    }
  }

  @Test func `values that are not finite are refused with their place`() {
    let sentence =
      " as the value of sample 1, step 0, channel 1 (counted from 0), expected a finite number "
      + "of single precision"
    let floats = npy("<f4", "(2, 1, 2)", words([Float(1), 2, 3, .nan]))
    #expect(refusal(floats) == "f.npy: at byte 140: found nan" + sentence)
    let doubles = npy("<f8", "(2, 1, 2)", words([1, 2, 3, 1e300]))
    #expect(refusal(doubles) == "f.npy: at byte 152: found 1e+300" + sentence)
  }

  @Test func `files are as long as their shape says`() {
    let bytes = npy("<f4", "(2, 2)", words([Float(1), 2, 3, 4]))
    for length in 6..<bytes.count {
      #expect(refusal(Array(bytes[..<length])).hasPrefix("f.npy: ends too early: \(length) bytes"))
    }
    #expect(refusal(bytes + [0]).contains("more than the expected \(bytes.count) bytes"))
  }

  @Test func `a shape that needs too much memory is refused before it is read`() {
    #expect(
      refusal(npy("<f4", "(1000000, 1000000)", []))
        == "f.npy: needs 7450.6 GiB of memory, expected at most 1.0 GiB")
  }

  @Test func `labels are integers in one dimension`() throws {
    let labels = try NPYFile.labels(
      npy("<i8", "(3,)", words([7, -1, 7])), file: "l.npy", limit: 1 << 20)
    #expect(labels.names == ["7", "-1", "7"])
    for bytes in [npy("<f4", "(1,)", words([Float(1)])), npy("|u1", "(1, 1)", [[1]])] {
      #expect(throws: DataError.self) {
        try NPYFile.labels(bytes, file: "l.npy", limit: 1 << 20)
      }
    }
  }
}
