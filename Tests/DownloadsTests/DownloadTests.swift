import Checksums
import Downloads
import Engine
import Foundation
import Synchronization
import Testing

/// Downloads from a server on loopback.
@Suite struct DownloadTests {
  /// Larger than what a socket takes at once.
  private let body = (0..<700_001).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 9) }
  private let directory: TemporaryFolder
  private let file: DataSetEntry.File
  private var path: String { directory.path + "/set/file.gz" }
  private var part: String { path + ".part" }

  init() throws {
    directory = try TemporaryFolder()
    file = .init(name: "file.gz", bytes: body.count, sha256: sha256(body))
  }

  private func fetch(from address: String) throws(DownloadError) -> [FetchReport] {
    let entry = DataSetEntry(
      id: "set", contents: "", licence: "", source: "",
      storage: .files([file], address: nil))
    let locations = DataLocations(option: directory.path, environment: [:])
    let reports = Reports()
    try DataSetFetch(entry, mirror: address, locations: locations).run { reports.add($0) }
    return reports.all
  }

  private func failure(from address: String) -> DownloadError? {
    do throws(DownloadError) {
      _ = try fetch(from: address)
      return nil
    } catch {
      return error
    }
  }

  private func leave(_ bytes: some Sequence<UInt8>, at path: String) throws {
    try directory.write(Array(bytes), to: path)
  }

  private func expectWhole() {
    #expect(directory.bytes(path) == body)
    #expect(directory.bytes(part) == nil)
  }

  @Test func `a file arrives whole, with growing progress, and is not fetched twice`() throws {
    let server = try LoopbackServer(.honoursRanges, body: body)
    let reports = try fetch(from: server.address)
    expectWhole()
    #expect(reports.first == .began(file, bytes: 0))
    #expect(reports.last == .finished(file))
    let progress = reports.compactMap { report in
      if case .advanced(_, let bytes) = report { bytes } else { nil }
    }
    #expect(progress == progress.sorted() && progress.last == body.count)
    #expect(server.requests == [.init(path: "/files/file.gz", range: nil)])

    #expect(try fetch(from: server.address) == [.alreadyThere(file)])
    #expect(server.requests.count == 1)
  }

  @Test func `an interrupted download goes on from where it stopped`() throws {
    let server = try LoopbackServer(.honoursRanges, body: body)
    try leave(body.prefix(300_000), at: part)
    let reports = try fetch(from: server.address)
    expectWhole()
    #expect(reports.first == .began(file, bytes: 300_000))
    #expect(server.requests == [.init(path: "/files/file.gz", range: "bytes=300000-")])
  }

  @Test func `a server without ranges sends the whole file again`() throws {
    let server = try LoopbackServer(.ignoresRanges, body: body)
    try leave([1, 2, 3], at: part)
    _ = try fetch(from: server.address)
    expectWhole()
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [true, false])
  func `a server that does not go on from there is asked for the whole file`(
    isMisplaced: Bool
  ) throws {
    let server = try LoopbackServer(isMisplaced ? .misplacesRanges : .refusesRanges, body: body)
    try leave(body.prefix(300_000), at: part)
    _ = try fetch(from: server.address)
    expectWhole()
    #expect(server.requests.map(\.range) == ["bytes=300000-", nil])
  }

  @Test func `a whole part is only checked`() throws {
    let server = try LoopbackServer(.status(500), body: body)
    try leave(body, at: part)
    _ = try fetch(from: server.address)
    expectWhole()
    #expect(server.requests.isEmpty)
  }

  @Test func `a part that is too long is started again`() throws {
    let server = try LoopbackServer(.honoursRanges, body: body)
    try leave(body + [0], at: part)
    _ = try fetch(from: server.address)
    expectWhole()
    #expect(server.requests.map(\.range) == [nil])
  }

  @Test func `a redirection is followed`() throws {
    let server = try LoopbackServer(.redirects, body: body)
    _ = try fetch(from: server.address)
    expectWhole()
    #expect(server.requests.map(\.path) == ["/files/file.gz", "/moved"])
  }

  @Test func `a cut connection keeps what came, and the next try goes on`() throws {
    let broken = try LoopbackServer(.cuts(after: 200_000), body: body)
    let error = try #require(failure(from: broken.address))
    guard case .network(broken.address + "file.gz", _, _, let kept) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(kept == 200_000)
    #expect(description(of: error).contains("200000 bytes are kept"))
    #expect(directory.bytes(part) == Array(body.prefix(200_000)))
    #expect(directory.bytes(path) == nil)

    let server = try LoopbackServer(.honoursRanges, body: body)
    _ = try fetch(from: server.address)
    expectWhole()
    #expect(server.requests.map(\.range) == ["bytes=200000-"])
  }

  @Test func `a transfer that just ends early keeps what came`() throws {
    let server = try LoopbackServer(.stops(after: 150_000), body: body)
    #expect(
      failure(from: server.address)
        == .incomplete(
          address: server.address + "file.gz", part: part, found: 150_000,
          expected: body.count))
    #expect(directory.bytes(part) == Array(body.prefix(150_000)))
  }

  @Test func `wrong content is refused with both checksums and removed`() throws {
    var wrong = body
    wrong[500_000] ^= 1
    let server = try LoopbackServer(.honoursRanges, body: wrong)
    let expected = DownloadError.wrongChecksum(
      file: path, found: sha256(wrong), expected: file.sha256)
    #expect(failure(from: server.address) == expected)
    #expect(expected.isBadData)
    #expect(directory.bytes(part) == nil)
    #expect(directory.bytes(path) == nil)
  }

  @Test func `a file that is longer than published is refused and removed`() throws {
    let server = try LoopbackServer(.honoursRanges, body: body + [0])
    #expect(
      failure(from: server.address)
        == .tooLong(address: server.address + "file.gz", expected: body.count))
    #expect(directory.bytes(part) == nil)
  }

  @Test func `a damaged file in place is replaced, and stays when that fails`() throws {
    var damaged = body
    damaged[0] ^= 1
    try leave(damaged, at: path)
    let broken = try LoopbackServer(.status(404), body: body)
    #expect(failure(from: broken.address) != nil)
    #expect(directory.bytes(path) == damaged)
    let server = try LoopbackServer(.honoursRanges, body: body)
    _ = try fetch(from: server.address)
    expectWhole()
  }

  @Test(arguments: [404, 403, 500, 503])
  func `a refusal is reported with its status and leaves nothing`(status: Int) throws {
    let server = try LoopbackServer(.status(status), body: body)
    let error = try #require(failure(from: server.address))
    #expect(error == .refused(address: server.address + "file.gz", status: status))
    #expect(description(of: error).contains("the server answered \(status)"))
    #expect(directory.bytes(part) == nil)
  }

  @Test func `a refusal does not harm what an earlier try left`() throws {
    try leave(body.prefix(1000), at: part)
    let server = try LoopbackServer(.status(404), body: body)
    #expect(failure(from: server.address) != nil)
    #expect(directory.bytes(part) == Array(body.prefix(1000)))
  }

  @Test func `a file that is encoded on the way is refused`() throws {
    let server = try LoopbackServer(.encodes, body: body)
    #expect(
      failure(from: server.address)
        == .encoded(address: server.address + "file.gz", encoding: "gzip"))
  }

  @Test func `nobody listening is reported as that`() throws {
    let port = try LoopbackServer(.honoursRanges, body: []).port
    let error = try #require(failure(from: "http://127.0.0.1:\(port)"))
    #expect(
      description(of: error)
        == "http://127.0.0.1:\(port)/file.gz: no connection to the server")
    #expect(directory.bytes(part) == nil)
  }

  @Test func `two processes do not write into one part`() throws {
    let server = try LoopbackServer(.honoursRanges, body: body)
    try leave(body.prefix(10), at: part)
    let descriptor = open(part, O_RDWR)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(failure(from: server.address) == .busy(part: part))
    close(descriptor)
    _ = try fetch(from: server.address)
    expectWhole()
  }

  @Test func `a directory that cannot be made is reported`() throws {
    try leave([1], at: directory.path + "/set")
    let error = try #require(failure(from: "http://127.0.0.1:9/"))
    guard case .cannotWrite(directory.path + "/set", _) = error else {
      Issue.record("\(error)")
      return
    }
  }
}

/// Collects reports that come on several threads.
private final class Reports: Sendable {
  private let reports = Mutex<[FetchReport]>([])
  func add(_ report: FetchReport) { reports.withLock { $0.append(report) } }
  var all: [FetchReport] { reports.withLock(\.self) }
}

private func sha256(_ bytes: [UInt8]) -> String {
  SHA256.hexadecimal(of: bytes)
}
