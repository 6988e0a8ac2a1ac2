import Foundation

/// The directories in which data sets are looked for, each in a folder of its own name.
///
/// Made from the command line and the environment alone; nothing is looked up until a data set
/// is. Empty variables count as unset.
package struct DataLocations: Sendable, Equatable {
  /// Who named a directory.
  package enum Origin: Sendable, Equatable {
    /// `--data DIR`
    case option
    /// `$INTERSPIKE_DATA`
    case environment
    /// `$XDG_CACHE_HOME/interspike/data`, by default `~/.cache/interspike/data`.
    case cache
  }

  package struct Place: Sendable, Equatable {
    package var origin: Origin
    package var directory: String

    package init(origin: Origin, directory: String) {
      self.origin = origin
      self.directory = directory
    }
  }

  /// First looked in first. Downloads go to the first.
  package var places: [Place]

  /// - Parameters:
  ///   - option: the value of `--data`, if given
  ///   - environment: the variables of the process. A relative `XDG_CACHE_HOME` is ignored, as
  ///     the XDG base directory specification asks.
  package init(option: String?, environment: [String: String]) {
    var places: [Place] = []
    if let option, !option.isEmpty {
      places.append(.init(origin: .option, directory: option))
    }
    if let directory = environment["INTERSPIKE_DATA"], !directory.isEmpty {
      places.append(.init(origin: .environment, directory: directory))
    }
    if let cache = Self.cacheHome(in: environment) {
      places.append(.init(origin: .cache, directory: cache + "/interspike/data"))
    }
    self.places = places
  }

  /// Where spike trains of recordings are kept, so that they are encoded once; `nil` where the user has
  /// no cache.
  var spikesFolder: String? {
    places.first { $0.origin == .cache }.map { $0.directory + "/../spikes" }
  }

  private static func cacheHome(in environment: [String: String]) -> String? {
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache }
    if let home = environment["HOME"], !home.isEmpty { return home + "/.cache" }
    return nil
  }

  /// The paths of all files of a data set, in the order of its entry, from the first place that
  /// has every one of them.
  package func find(_ entry: DataSetEntry) throws(DataError) -> [String] {
    var looked: [MissingFiles] = []
    for place in places {
      let directory = place.directory + "/" + entry.id
      let paths = entry.files.map { file in Self.existing(file, in: directory) }
      let missing = zip(entry.files, paths).filter { $0.1 == nil }.map(\.0.name)
      if missing.isEmpty { return paths.compactMap(\.self) }
      looked.append(.init(directory: directory, files: missing))
    }
    throw .missing(dataSet: entry.id, looked: looked)
  }

  private static func existing(_ file: DataSetEntry.File, in directory: String) -> String? {
    file.acceptedNames.map { directory + "/" + $0 }
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
