import Downloads
import Engine
import Testing

@Suite struct DataSetFetchTests {
  private let here = DataLocations(option: "/somewhere", environment: [:])

  private func failure(
    _ entry: DataSetEntry, mirror: String? = nil, locations: DataLocations? = nil
  ) -> DownloadError? {
    do throws(DownloadError) {
      _ = try DataSetFetch(entry, mirror: mirror, locations: locations ?? here)
      return nil
    } catch {
      return error
    }
  }

  @Test func `the files go to the data set's folder in the first place`() throws {
    let fetch = try DataSetFetch(DataCatalogue.mnist, mirror: nil, locations: here)
    #expect(fetch.directory == "/somewhere/mnist")
  }

  @Test func `an embedded data set has nothing to fetch`() {
    #expect(failure(DataCatalogue.digits) == .noAddress(dataSet: "digits", embedded: true))
  }

  @Test func `a data set without address needs a mirror`() {
    var entry = DataCatalogue.mnist
    entry.storage = .files(entry.files, address: nil)
    #expect(failure(entry) == .noAddress(dataSet: "mnist", embedded: false))
    #expect(failure(entry, mirror: "https://example.org/mnist") == nil)
  }

  @Test func `without any directory there is no destination`() {
    let nowhere = DataLocations(option: nil, environment: [:])
    #expect(failure(DataCatalogue.mnist, locations: nowhere) == .noDestination)
  }

  @Test(arguments: ["", "mnist", "ftp://example.org/", "file:///tmp/mnist", "http://", "http:///a"])
  func `an address that is not of the web is refused`(address: String) {
    #expect(failure(DataCatalogue.mnist, mirror: address) == .badAddress(address))
  }
}
