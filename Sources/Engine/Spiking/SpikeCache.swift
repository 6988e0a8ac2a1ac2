import Foundation

/// Spike trains of recordings in a file of a folder, so that they are made once. Its name has a
/// hash of all that the trains depend on; its end has a checksum of the rest.
package struct SpikeCache: Sendable {
  /// Why a file was of no use.
  package enum Damage: Sendable, Equatable {
    /// The contents are not those that were written.
    case checksum
    /// The file was made with other settings.
    case settings
    /// The contents make no sense.
    case form
  }

  /// What became of the file.
  package enum Outcome: Sendable, Equatable {
    /// The trains are from it.
    case read
    /// There was none; now there is, where there is a folder for it.
    case made
    /// It was damaged and has been made again.
    case madeAgain(file: String, Damage)
    /// It could not be written, so that it will be made again.
    case unsaved(file: String, reason: String)
  }

  package struct Spikes: Sendable, Equatable {
    package var spikes: StoredSpikes
    package var outcome: Outcome
    /// Files that were passed over.
    package var skipped: [RecordingError]
  }

  /// Where the file is; `nil` where nothing is kept.
  package let path: String?
  private let settings: String

  /// Of the file's form; another number makes all files anew.
  private static let version = 1

  /// - Parameters:
  ///   - folder: made where it is not there; `nil` keeps nothing
  ///   - name: how the file's name begins
  ///   - settings: of the encoding, one text for each
  ///   - fingerprint: of the recordings
  package init(folder: String?, name: String, settings: String, fingerprint: UInt64) {
    self.settings = "\(settings) recordings \(fingerprint) version \(Self.version)"
    var hash = FNV1a()
    hash.update(self.settings.utf8)
    path = folder.map { "\($0)/\(name)-\(hash.hexadecimal).spikes" }
  }

  /// The trains in the file or, where it is missing or damaged, those that `make` gives, which are
  /// then kept. Trains of a folder of which files were passed over are not kept: the files may be
  /// mended.
  package func spikes(
    _ make: () throws(RecordingError) -> EncodedSpikes
  ) throws(RecordingError) -> Spikes {
    var outcome = Outcome.made
    if let path, let bytes = FileManager.default.contents(atPath: path) {
      do throws(SpikeFileFault) {
        let spikes = try SpikeFile.spikes(Array(bytes), settings: settings)
        return Spikes(spikes: spikes, outcome: .read, skipped: [])
      } catch {
        outcome = .madeAgain(file: path, error.damage)
      }
    }
    let made = try make()
    if let path, made.skipped.isEmpty, let reason = save(made.spikes, to: path) {
      outcome = .unsaved(file: path, reason: reason)
    }
    return Spikes(spikes: made.spikes, outcome: outcome, skipped: made.skipped)
  }

  /// Writes under a temporary name and renames; says what went wrong.
  private func save(_ spikes: StoredSpikes, to path: String) -> String? {
    let temporary = "\(path).\(getpid()).temporary"
    do {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(SpikeFile.bytes(of: spikes, settings: settings))
        .write(to: URL(fileURLWithPath: temporary))
    } catch {
      unlink(temporary)
      return (error as NSError).localizedDescription
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      return reason
    }
    return nil
  }
}
