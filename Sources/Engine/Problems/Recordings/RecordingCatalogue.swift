import Foundation

extension DataCatalogue {
  /// Data sets of recordings, read from the user's own copies.
  package static let recordings = [fsdd, ti46, nTIDIGITS, nMNIST]

  package static let fsdd = DataSetEntry(
    id: FSDD.id,
    contents: "3,000 spoken digits of six speakers, 8 kHz: 2,700 for training, 300 for testing",
    licence: "CC BY-SA 4.0; Z. Jackson and contributors",
    source: "https://github.com/Jakobovski/free-spoken-digit-dataset, its folder recordings",
    storage: .files(
      [.init(name: FSDD.archiveName, bytes: 23_429_120, sha256: FSDD.archiveDigest)],
      address: nil))

  package static let ti46 = DataSetEntry(
    id: TI46.id,
    contents: "digits and letters of sixteen speakers, 12.5 kHz, in ti20/ and ti_alpha/",
    licence: "licensed by the Linguistic Data Consortium",
    source: "https://catalog.ldc.upenn.edu/LDC93S9", storage: .files([], address: nil))

  package static let nTIDIGITS = DataSetEntry(
    id: NTIDIGITS.id,
    contents: "spikes of a silicon cochlea of 64 channels that hears spoken digits",
    licence: "see its source; J. Anumula and others, 2018",
    source: "the Institute of Neuroinformatics, Zurich: \(NTIDIGITS.fileName)",
    storage: .files([], address: nil))

  package static let nMNIST = DataSetEntry(
    id: NMNIST.id,
    contents: "70,000 digits before an event camera, in Train/0 to Test/9",
    licence: "CC BY-SA 4.0; G. Orchard and others, 2015",
    source: "https://www.garrickorchard.com/datasets/n-mnist", storage: .files([], address: nil))
}

extension DataLocations {
  /// The first folder of a data set that is there.
  ///
  /// - Parameter expected: what is looked for in it, for the error
  /// - Throws: ``DataError/missing(dataSet:looked:)``
  package func folder(of entry: DataSetEntry, expected: String) throws(DataError) -> String {
    let folders = places.map { $0.directory + "/" + entry.id }
    if let folder = folders.first(where: { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }) {
      return folder
    }
    throw .missing(
      dataSet: entry.id, looked: folders.map { .init(directory: $0, files: [expected]) })
  }
}
