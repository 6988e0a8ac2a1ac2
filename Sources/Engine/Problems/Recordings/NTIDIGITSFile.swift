internal import CHDF5
import Foundation

/// The HDF5 file of N-TIDIGITS: groups `train_timestamps`, `train_addresses`, `test_timestamps` and
/// `test_addresses`, in each an array for every key: times in seconds, channels from 0 to 63.
package struct NTIDIGITSFile {
  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
  /// Spikes of a recording: far more than any has.
  private static let mostSpikes = 1 << 22

  private let path: String

  /// Reads the recordings whose keys are `wanted`, those of the training part first, in order of
  /// their keys.
  package static func recordings(
    _ path: String, faults: RecordingFaults = .stop, of wanted: (String) -> Bool = { _ in true }
  ) throws(RecordingError) -> (recordings: [NTIDIGITS.Recording], skipped: [RecordingError]) {
    try checkSignature(path)
    typealias Found = (recordings: [NTIDIGITS.Recording], skipped: [RecordingError])
    // Errors do not go through the lock; the result stays here.
    var result: Result<Found, RecordingError>?
    HDF5Exclusion.run {
      hdf5_be_silent()
      do throws(RecordingError) {
        result = .success(try NTIDIGITSFile(path: path).read(faults, wanted))
      } catch {
        result = .failure(error)
      }
    }
    guard let result else { return ([], []) }
    return try result.get()
  }

  private static func checkSignature(_ path: String) throws(RecordingError) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    let start = (try? handle.read(upToCount: signature.count)).map { $0.map(Array.init) ?? [] }
    guard let start else { throw .unreadable(file: path, reason: "it gives no bytes") }
    guard start == signature else {
      throw .foreign(file: path, found: start, expected: "the signature of HDF5")
    }
  }

  private func read(
    _ faults: RecordingFaults, _ wanted: (String) -> Bool
  ) throws(RecordingError) -> ([NTIDIGITS.Recording], [RecordingError]) {
    let file = try Handle(H5Fopen(path, hdf5_read_only(), hdf5_default_properties())) {
      .unreadable(file: path, reason: "the HDF5 library refuses it: damaged or cut off")
    }
    var collector = FaultCollector(faults)
    var recordings: [NTIDIGITS.Recording] = []
    for part in ["train", "test"] {
      let times = try group(part + "_timestamps", of: file)
      let addresses = try group(part + "_addresses", of: file)
      for key in try names(in: times, part + "_timestamps") where wanted(key) {
        // A closure cannot capture what is never copied, but its number.
        let (timesId, addressesId) = (times.id, addresses.id)
        let recording = try collector.attempt { () throws(RecordingError) in
          let times = try self.times(key, timesId, part)
          let channels = try self.channels(key, addressesId, part, count: times.count)
          return NTIDIGITS.Recording(
            key: key, tests: part == "test", times: times, channels: channels)
        }
        if let recording { recordings.append(recording) }
      }
    }
    return (recordings, collector.skipped)
  }

  private func group(
    _ name: String, of file: borrowing Handle
  ) throws(RecordingError) -> Handle {
    guard hdf5_has(file.id, name) > 0 else { throw .absent(file: path, field: "group \(name)") }
    let group = try Handle(H5Oopen(file.id, name, hdf5_default_properties())) {
      .unreadable(file: path, reason: "\(name) cannot be opened")
    }
    guard H5Iget_type(group.id) == H5I_GROUP else {
      throw .wrong(file: path, field: name, found: "an array", expected: "a group of arrays")
    }
    return group
  }

  private func names(in group: borrowing Handle, _ name: String) throws(RecordingError) -> [String]
  {
    var names: [String] = []
    let status = withUnsafeMutablePointer(to: &names) { names in
      hdf5_visit_names(
        group.id,
        { context, name in
          guard let context, let name else { return }
          context.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
        }, names)
    }
    guard status >= 0 else { throw .unreadable(file: path, reason: "\(name) cannot be listed") }
    return names
  }

  // MARK: Arrays

  private func times(
    _ key: String, _ group: hid_t, _ part: String
  ) throws(RecordingError) -> [Double] {
    let name = "\(part)_timestamps/\(key)"
    let times = try array(
      key, group, name, H5T_FLOAT, "floating-point numbers", hdf5_native_double(), 0.0)
    if let place = times.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .wrong(
        file: path, field: "\(name), number \(place) (counted from 0)", found: "\(times[place])",
        expected: "seconds of 0 or above")
    }
    return times
  }

  private func channels(
    _ key: String, _ group: hid_t, _ part: String, count: Int
  ) throws(RecordingError) -> [Int] {
    let name = "\(part)_addresses/\(key)"
    let channels = try array(
      key, group, name, H5T_INTEGER, "whole numbers", hdf5_native_int64(), 0)
    guard channels.count == count else {
      throw .wrong(
        file: path, field: name, found: "\(channels.count) numbers",
        expected: "\(count) as in \(part)_timestamps")
    }
    if let place = channels.firstIndex(where: { !(0..<NTIDIGITS.channels ~= $0) }) {
      throw .wrong(
        file: path, field: "\(name), number \(place) (counted from 0)",
        found: "\(channels[place])", expected: "a channel from 0 to \(NTIDIGITS.channels - 1)")
    }
    return channels
  }

  /// The numbers of an array of one dimension.
  private func array<Number: BitwiseCopyable>(
    _ key: String, _ group: hid_t, _ name: String, _ kind: H5T_class_t, _ kindName: String,
    _ type: hid_t, _ zero: Number
  ) throws(RecordingError) -> [Number] {
    let unreadable = RecordingError.unreadable(file: path, reason: "\(name) cannot be read")
    guard hdf5_has(group, key) > 0 else { throw .absent(file: path, field: name) }
    let data = try Handle(H5Dopen2(group, key, hdf5_default_properties())) {
      .wrong(file: path, field: name, found: "no array", expected: "an array")
    }
    let fileType = try Handle(H5Dget_type(data.id)) { unreadable }
    guard H5Tget_class(fileType.id) == kind else {
      throw .wrong(file: path, field: name, found: "numbers of another type", expected: kindName)
    }
    let space = try Handle(H5Dget_space(data.id)) { unreadable }
    let rank = H5Sget_simple_extent_ndims(space.id)
    guard rank == 1 else {
      throw .wrong(
        file: path, field: name, found: "\(rank) dimensions", expected: "one dimension")
    }
    let count = H5Sget_simple_extent_npoints(space.id)
    guard 0...hssize_t(Self.mostSpikes) ~= count else {
      throw .wrong(
        file: path, field: name, found: "\(count) numbers",
        expected: "at most \(Self.mostSpikes)")
    }
    var numbers = [Number](repeating: zero, count: Int(count))
    guard count > 0 else { return numbers }
    let status = numbers.withUnsafeMutableBytes { buffer in
      H5Dread(
        data.id, type, hdf5_whole_space(), hdf5_whole_space(), hdf5_default_properties(),
        buffer.baseAddress)
    }
    guard status >= 0 else { throw unreadable }
    return numbers
  }

  /// An open object of the library, closed when it is let go.
  private struct Handle: ~Copyable {
    let id: hid_t

    init(_ id: hid_t, _ error: () -> RecordingError) throws(RecordingError) {
      guard id >= 0 else { throw error() }
      self.id = id
    }

    deinit { H5Idec_ref(id) }
  }
}
