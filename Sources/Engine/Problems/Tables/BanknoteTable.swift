/// The banknote data (Lohweg 2012): four statistics of wavelet-transformed pictures, and whether a
/// note is of class 0 or 1.
package enum BanknoteTable {
  package static let names = ["variance", "skewness", "curtosis", "entropy", "class"]

  /// From the first of the locations that has the file, with a line of names or as it is published,
  /// without one.
  package static func load(
    from locations: DataLocations, split: TableConfiguration.Split = .mod5, seed: UInt64 = 0
  ) throws(DataError) -> TableSet {
    guard let path = try locations.find(DataCatalogue.banknote).first else {
      throw .missing(dataSet: DataCatalogue.banknote.id, looked: [])
    }
    return try read(path, split: split, seed: seed)
  }

  package static func read(
    _ path: String, split: TableConfiguration.Split = .mod5, seed: UInt64 = 0
  ) throws(DataError) -> TableSet {
    var configuration = TableConfiguration()
    (configuration.target, configuration.split) = ("class", split)
    configuration.columns = names.dropLast().joined(separator: ",")
    let text: TableText
    do {
      text = try TableText.read(path)
    } catch .table(let error) where error.mistake == .noHeader {
      text = try TableText.read(path, names: names)
    } catch {
      throw error
    }
    return try TableReader(text, configuration).table(seed: seed)
  }
}
