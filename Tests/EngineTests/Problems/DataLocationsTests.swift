import Engine
import Testing

@Suite struct DataLocationsTests {
  @Test func `the option comes before the variable and the variable before the cache`() {
    let locations = DataLocations(
      option: "here",
      environment: ["INTERSPIKE_DATA": "/there", "XDG_CACHE_HOME": "/cache", "HOME": "/home/a"])
    #expect(
      locations.places == [
        .init(origin: .option, directory: "here"),
        .init(origin: .environment, directory: "/there"),
        .init(origin: .cache, directory: "/cache/interspike/data"),
      ])
  }

  @Test(arguments: ["", "relative/cache"])
  func `an empty or relative cache directory falls back to the home directory`(cache: String) {
    let locations = DataLocations(
      option: nil, environment: ["XDG_CACHE_HOME": cache, "HOME": "/home/a"])
    #expect(
      locations.places == [.init(origin: .cache, directory: "/home/a/.cache/interspike/data")])
  }

  @Test func `empty values name no directory`() {
    let locations = DataLocations(option: "", environment: ["INTERSPIKE_DATA": "", "HOME": ""])
    #expect(locations.places.isEmpty)
  }

  @Test func `the first place with all files is taken, plain before compressed`() throws {
    let directory = try TemporaryDirectory()
    let entry = DataSetEntry(
      id: "set", contents: "", licence: "", source: "",
      storage: .files(
        [.init(name: "a.gz", bytes: 1, sha256: ""), .init(name: "b.gz", bytes: 1, sha256: "")],
        address: nil))
    let locations = DataLocations(
      option: directory.path + "/first",
      environment: ["INTERSPIKE_DATA": directory.path + "/second"])
    _ = try directory.write([1], to: "first/set/a.gz")
    let b = try directory.write([1], to: "second/set/b.gz")
    #expect(
      throws: DataError.missing(
        dataSet: "set",
        looked: [
          .init(directory: directory.path + "/first/set", files: ["b.gz"]),
          .init(directory: directory.path + "/second/set", files: ["a.gz"]),
        ])
    ) { try locations.find(entry) }

    let compressed = try directory.write([1], to: "second/set/a.gz")
    #expect(try locations.find(entry) == [compressed, b])
    let plain = try directory.write([1], to: "second/set/a")
    #expect(try locations.find(entry) == [plain, b])
  }

  @Test(arguments: [ProblemConfiguration.DataSet.mnist, .fashionMNIST])
  func `a missing data set says where was looked and how to get it`(
    dataSet: ProblemConfiguration.DataSet
  ) throws {
    let configuration = ProblemConfiguration(dataSet: dataSet, order: .permuted, side: 28)
    let locations = DataLocations(option: "/no/such", environment: [:])
    let error = #expect(throws: DataError.self) { try configuration.load(from: locations) }
    let sentence = description(of: try #require(error))
    #expect(sentence.contains("/no/such/\(dataSet.rawValue): no train-images-idx3-ubyte.gz"))
    #expect(sentence.contains("interspike data fetch \(dataSet.rawValue)"))
  }

  @Test func `sentences name the file, what was found and what was expected`() {
    #expect(
      description(of: .wrongMagic(file: "f", found: 0x801, expected: 0x803))
        == "f: not the expected IDX file: it begins with 0x00000801, expected 0x00000803")
    #expect(
      description(of: .wrongDimensions(file: "f", found: [9], expected: [10, 28, 28]))
        == "f: holds 9 values, expected 10 x 28 x 28")
    #expect(
      description(of: .labelOutOfRange(file: "f", index: 4, found: 12, largest: 9))
        == "f: label 4 (counted from 0) is 12, expected 0 to 9")
    #expect(
      description(of: DataError.truncated(file: "f", foundBytes: 7, expectedBytes: 8))
        == "f: ends too early: 7 bytes after decompression, expected 8")
  }

  @Test func `every data set of a run has an entry under its name`() {
    for dataSet in ProblemConfiguration.DataSet.allCases {
      #expect(DataCatalogue.entry(named: dataSet.rawValue) != nil)
    }
    for file in DataCatalogue.entries.flatMap(\.files) {
      #expect(file.sha256.count == 64 && file.bytes > 0)
    }
  }
}
