package import Engine
import Foundation

/// What happens while the files of a data set are fetched, in order.
package enum FetchReport: Sendable, Equatable {
  /// The file was there already and is right.
  case alreadyThere(DataSetEntry.File)
  /// The file is wanted; `bytes` of it came with an earlier try.
  case began(DataSetEntry.File, bytes: Int)
  /// So many bytes of the file are there now. Comes often, on another thread.
  case advanced(DataSetEntry.File, bytes: Int)
  /// The file is in its place.
  case finished(DataSetEntry.File)
}

/// Fetches all files of one data set from one address into one directory.
package struct DataSetFetch: Sendable {
  package let entry: DataSetEntry
  /// Directory of the files.
  package let directory: String
  private let address: URL

  /// - Parameters:
  ///   - mirror: address of a folder that holds the files under their published names, in place
  ///     of the public address
  ///   - locations: the files go to the data set's folder in the first of them
  package init(
    _ entry: DataSetEntry, mirror: String?, locations: DataLocations
  ) throws(DownloadError) {
    guard !entry.files.isEmpty, let base = mirror ?? entry.address else {
      throw .noAddress(dataSet: entry.id, embedded: entry.storage == .embedded)
    }
    guard let place = locations.places.first else { throw .noDestination }
    self.entry = entry
    self.directory = place.directory + "/" + entry.id
    self.address = try Self.folder(base)
  }

  private static func folder(_ text: String) throws(DownloadError) -> URL {
    guard let url = URL(string: text.hasSuffix("/") ? text : text + "/"),
      let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = url.host, !host.isEmpty
    else { throw .badAddress(text) }
    return url
  }

  /// Fetches what is missing or wrong, file by file; blocks until done or failed.
  package func run(
    report: @escaping @Sendable (FetchReport) -> Void
  ) throws(DownloadError) {
    for file in entry.files {
      let download = FileDownload(
        file: file, address: address.appendingPathComponent(file.name), directory: directory)
      if try download.isDone() {
        report(.alreadyThere(file))
        continue
      }
      report(.began(file, bytes: download.bytesOfPart))
      try download.run { bytes in report(.advanced(file, bytes: bytes)) }
      report(.finished(file))
    }
  }
}
