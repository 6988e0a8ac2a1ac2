import Downloads
import Engine
import Testing

@Suite struct ListingTests {
  private let directory: TemporaryFolder
  private let locations: DataLocations
  private let entry = DataSetEntry(
    id: "set", contents: "two numbers", licence: "CC0", source: "nobody",
    storage: .files(
      [
        .init(name: "a.gz", bytes: 1_450_000, sha256: ""),
        .init(name: "b.gz", bytes: 50_000, sha256: ""),
      ], address: "http://example.org/"))

  init() throws {
    directory = try TemporaryFolder()
    locations = DataLocations(option: directory.path, environment: [:])
  }

  @Test func `an embedded data set is here`() {
    #expect(
      DataListing.text(of: [DataCatalogue.digits], in: locations)
        .hasSuffix("\n  here     yes, in the program"))
  }

  @Test func `a missing data set shows where was looked and what fetches it`() {
    #expect(
      DataListing.text(of: [entry], in: locations) == """
        set
          what     two numbers
          licence  CC0
          source   nobody
          address  http://example.org/ (1.5 MB)
          here     no; `interspike data fetch set` downloads it
                   looked in \(directory.path)/set
        """)
  }

  @Test func `a data set that is partly there shows what is missing`() throws {
    try directory.write([1], to: directory.path + "/set/a")
    #expect(
      DataListing.text(of: [entry], in: locations)
        .hasSuffix("looked in \(directory.path)/set: no b.gz"))
  }

  @Test func `a data set that is there shows where`() throws {
    try directory.write([1], to: directory.path + "/set/a")
    try directory.write([1], to: directory.path + "/set/b.gz")
    #expect(
      DataListing.text(of: [entry], in: locations)
        .hasSuffix("\n  here     yes, in \(directory.path)/set"))
  }

  @Test func `without any directory the listing says how to name one`() {
    let nowhere = DataLocations(option: nil, environment: [:])
    #expect(
      DataListing.text(of: [entry], in: nowhere).hasSuffix(
        "no directory to look in: set INTERSPIKE_DATA or HOME, or use --data DIR"))
  }
}

@Suite struct ProgressLineTests {
  private func line(_ bytes: Int, of total: Int, rate: Double = 0, width: Int) -> String {
    ProgressLine.text(name: "file.gz", bytes: bytes, total: total, rate: rate, width: width)
  }

  @Test func `a line shows name, bar, share, sizes, rate and remaining time`() {
    #expect(
      line(4_100_000, of: 10_000_000, rate: 100_000, width: 80)
        == "file.gz [############------------------]   41 %  4.1 of 10.0 MB  100 kB/s  0:59")
  }

  @Test func `nothing and everything have empty and full bars`() {
    #expect(line(0, of: 29_000, width: 44) == "file.gz [---------------]    0 %  0 of 29 kB")
    #expect(line(29_000, of: 29_000, width: 44) == "file.gz [##############]  100 %  29 of 29 kB")
  }

  @Test func `a narrow line loses its bar and never exceeds the width`() {
    #expect(line(500, of: 1000, width: 30) == "file.gz  50 %  1 of 1 kB")
    for width in 0..<100 {
      #expect(line(999, of: 100_000_000, rate: 3, width: width).count <= width)
    }
  }
}
