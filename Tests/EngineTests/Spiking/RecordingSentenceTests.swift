import Engine
import Testing

@Suite struct RecordingSentenceTests {
  static let sentences: [(RecordingError, String)] = [
    (
      .unreadable(file: "a", reason: "No such file or directory"),
      "a: cannot be read: No such file or directory"
    ),
    (
      .tooLarge(file: "a", found: 9, largest: 8), "a: has 9 bytes, expected at most 8"
    ),
    (
      .truncated(file: "a", foundBytes: 3, expectedBytes: 5),
      "a: ends too early: 3 bytes, expected 5"
    ),
    (
      .foreign(file: "a", found: Array("OggS".utf8), expected: "\"RIFF\""),
      "a: begins with \"OggS\", expected \"RIFF\""
    ),
    (
      .foreign(file: "a", found: [0x1F, 0x8B, 8], expected: "\"RIFF\""),
      "a: begins with 1F 8B 08, expected \"RIFF\""
    ),
    (
      .foreign(file: "a", found: [], expected: "\"RIFF\""),
      "a: begins with nothing, expected \"RIFF\""
    ),
    (.absent(file: "a", field: "data chunk"), "a: has no data chunk"),
    (
      .wrong(file: "a", field: "channels", found: "2", expected: "1"),
      "a: channels: found 2, expected 1"
    ),
    (
      .wrong(file: "a", field: "word", found: "x\ny", expected: "1"),
      "a: word: found x\\ny, expected 1"
    ),
    (
      .name(file: "a", expected: "names such as b"),
      "a: the name does not tell what was recorded, expected names such as b"
    ),
    (.noRecordings(place: "a", expected: "b.wav"), "a: no recordings, expected b.wav"),
  ]

  @Test(arguments: sentences)
  func `an error is one sentence with file, what was found and what was expected`(
    error: RecordingError, sentence: String
  ) {
    #expect(description(of: error) == sentence)
    #expect(description(of: DataError.recordings(error)) == sentence)
    #expect(error.file == "a")
  }

  @Test func `only a cache that was of no use is spoken of`() {
    #expect(description(of: SpikeCache.Outcome.read) == nil)
    #expect(description(of: SpikeCache.Outcome.made) == nil)
    #expect(
      description(of: SpikeCache.Outcome.madeAgain(file: "a", .checksum))
        == "a: the checksum is not that of the contents; the recordings were encoded again")
    #expect(
      description(of: SpikeCache.Outcome.unsaved(file: "a", reason: "Is a directory"))
        == "a: cannot be written: Is a directory; the recordings will be encoded again next time")
  }

  @Test func `a missing data set says where to get it`() {
    let locations = DataLocations(option: "/none", environment: [:])
    for dataSet in RecordedDataSet.allCases {
      do throws(DataError) {
        _ = try RecordedSpikes(dataSet).load(from: locations)
        Issue.record("\(dataSet) was found")
      } catch {
        let sentence = description(of: error)
        #expect(sentence.contains("/none/\(dataSet.entry.id)"))
        #expect(sentence.contains(dataSet.entry.source))
      }
    }
  }
}
