import Foundation
import Testing

@testable import RunStore

@Suite struct TimestampTests {
  @Test func `times are those of the calendar`() throws {
    let formatter = ISO8601DateFormatter()
    for text in [
      "1970-01-01T00:00:00Z", "2026-11-27T18:06:34Z", "2000-02-29T23:59:59Z",
      "1999-12-31T00:00:01Z", "2100-03-01T12:00:00Z", "0001-01-01T00:00:00Z",
    ] {
      let seconds = try #require(Timestamp.seconds(text))
      if !text.hasPrefix("0001") {
        #expect(seconds == formatter.date(from: text)?.timeIntervalSince1970, "\(text)")
      }
      #expect(Timestamp.text(seconds) == text.dropLast() + ".000Z", "\(text)")
    }
    #expect(Timestamp.seconds("1970-01-01T00:00:01.25Z") == 1.25)
    #expect(Timestamp.text(1.2509) == "1970-01-01T00:00:01.250Z")
    #expect(Timestamp.text(-1) == "1969-12-31T23:59:59.000Z")
  }

  @Test func `other texts are no times`() {
    for text in [
      "", "2026-11-27", "2026-11-27T18:06:34", "2026-11-27 18:06:34Z", "2026-13-27T18:06:34Z",
      "2026-11-27T24:06:34Z", "2026-11-27T18:06:34.Z", "2026-11-27T18:06:34.1xZ",
      "2026-11-27T18:06:34+1Z", "-026-11-27T18:06:34Z",
    ] { #expect(Timestamp.seconds(text) == nil, "\(text)") }
  }
}
