import CZlib
import Engine
import Foundation
import Testing

/// A directory that lasts as long as the value.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "interspike-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with its folders, and gives its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The same, gzip-compressed.
  func writeCompressed(_ bytes: [UInt8], to name: String) throws -> String {
    let file = try write([], to: name)
    let handle = try #require(gzopen(file, "wb1"))
    defer { gzclose(handle) }
    let written = bytes.withUnsafeBytes { gzwrite(handle, $0.baseAddress, UInt32($0.count)) }
    #expect(Int(written) == bytes.count)
    return file
  }
}

/// A file that is written over and over: much quicker than a new one each time.
final class ScratchFile {
  let path: String
  private let descriptor: Int32

  init(at path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    try #require(descriptor >= 0)
  }

  deinit { close(descriptor) }

  /// Makes `bytes` all that is in the file, and gives its path.
  func write(_ bytes: [UInt8]) throws -> String {
    try #require(ftruncate(descriptor, 0) == 0)
    let written = pwrite(descriptor, bytes, bytes.count, 0)
    try #require(written == bytes.count)
    return path
  }
}

/// The bytes of an IDX file of unsigned bytes.
func idx(_ dimensions: [Int], _ values: [UInt8]) -> [UInt8] {
  let words = [0x0800 | dimensions.count] + dimensions
  return words.flatMap { word in
    withUnsafeBytes(of: UInt32(word).bigEndian) { Array($0) }
  } + values
}

extension Problem {
  /// One sample as an array.
  func sample(_ index: Int, in split: Gauge.Split) -> [Float] {
    var values = [Float](repeating: .nan, count: steps * channels)
    values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      copySample(index, in: split, to: start, stride: channels)
    }
    return values
  }

  /// How often each class occurs.
  func labelCounts(in split: Gauge.Split) -> [Int] {
    (0..<count(in: split)).reduce(into: [Int](repeating: 0, count: classes)) { counts, index in
      counts[label(index, in: split)] += 1
    }
  }
}

/// Where the package lies, as far as the compiler knew.
let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The real data sets, if a developer has them: in `INTERSPIKE_DATA` or beside the package.
let realData = DataLocations(
  option: packageRoot.appendingPathComponent("../shared/data").path,
  environment: ["INTERSPIKE_DATA": ProcessInfo.processInfo.environment["INTERSPIKE_DATA"] ?? ""])

func isHere(_ entry: DataSetEntry) -> Bool {
  (try? realData.find(entry)) != nil
}

/// The bytes of a file, if it can be read.
func contents(of path: String) -> [UInt8]? {
  FileManager.default.contents(atPath: path).map(Array.init)
}
