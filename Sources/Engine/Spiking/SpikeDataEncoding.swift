import Foundation
import Synchronization

/// Spike trains of recordings, and the files that could not be read where those were passed over.
package struct EncodedSpikes: Sendable, Equatable {
  package var spikes: StoredSpikes
  package var skipped: [RecordingError]
}

/// Makes the trains of samples on all cores. The result does not depend on which core is done first.
enum SpikeEncodingWork {
  /// - Parameters:
  ///   - members: one a sample
  ///   - faults: whether a sample that throws ends all, or is left out
  ///   - trains: of a sample; called from several threads at once
  /// - Throws: the fault of the first such sample, ``RecordingError/noRecordings(place:expected:)``
  ///   where none is left.
  static func run(
    title: String, classNames: [String], channels: Int, steps: Int,
    members: [StoredSpikes.Member], faults: RecordingFaults,
    _ trains: @escaping @Sendable (Int) throws(RecordingError) -> SpikeTrains
  ) throws(RecordingError) -> EncodedSpikes {
    typealias Made = Result<[UInt8], RecordingError>
    let work = Mutex((made: [Made?](repeating: nil, count: members.count), fault: Int.max))
    DispatchQueue.concurrentPerform(iterations: members.count) { sample in
      // A sample after one that ends all need not be made, but those before may have a fault too.
      if work.withLock({ $0.fault < sample }) { return }
      let result: Made
      var isFatal = false
      do throws(RecordingError) {
        result = .success(PackedTrains.packed(try trains(sample)))
      } catch {
        result = .failure(error)
        isFatal = faults == .stop
      }
      work.withLock { [isFatal] work in
        work.made[sample] = result
        if isFatal { work.fault = min(work.fault, sample) }
      }
    }
    return try collect(
      work.withLock { $0.made }, title, classNames, PackedTrains(channels: channels, steps: steps),
      members, faults)
  }

  private static func collect(
    _ made: [Result<[UInt8], RecordingError>?], _ title: String, _ classNames: [String],
    _ empty: PackedTrains, _ members: [StoredSpikes.Member], _ faults: RecordingFaults
  ) throws(RecordingError) -> EncodedSpikes {
    var packed = empty
    var kept: [StoredSpikes.Member] = []
    var skipped: [RecordingError] = []
    for (result, member) in zip(made, members) {
      switch result {
      case .success(let bytes)?:
        packed.append(packed: bytes)
        kept.append(member)
      case .failure(let error)? where faults == .stop: throw error
      case .failure(let error)?: skipped.append(error)
      case nil: continue
      }
    }
    guard !kept.isEmpty else {
      throw .noRecordings(place: title, expected: "a recording that can be read")
    }
    return EncodedSpikes(
      spikes: StoredSpikes(
        title: title, classNames: classNames, packed: packed, members: kept),
      skipped: skipped)
  }
}
