import Foundation
import Glibc
import Synchronization

/// A small HTTP server on 127.0.0.1 that serves one file under any path, in one of several good
/// and bad ways, and remembers what it was asked.
final class LoopbackServer: Sendable {
  enum Manner: Sendable {
    case honoursRanges
    case ignoresRanges
    /// Answers every request for a range with 416.
    case refusesRanges
    /// Answers ranges from another place than asked for.
    case misplacesRanges
    /// Announces everything and closes the connection after so many bytes of the body.
    case cuts(after: Int)
    /// Announces no length and closes the connection after so many bytes of the body.
    case stops(after: Int)
    case status(Int)
    /// Says that the file is encoded on the way.
    case encodes
    /// Sends the client to another address first.
    case redirects
  }

  /// What the server was asked, in order.
  struct Request: Sendable, Equatable {
    var path: String
    /// The value of the `Range` header.
    var range: String?
  }

  private let manner: Manner
  private let body: [UInt8]
  private let listener: Int32
  private let seen = Mutex<[Request]>([])
  let port: UInt16

  /// Listens on a free port at once; the server ends with the value.
  init(_ manner: Manner, body: [UInt8]) throws {
    self.manner = manner
    self.body = body
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRINUSE) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        self?.answer(connection)
        close(connection)
      }
    }
  }

  deinit {
    // Wakes the accepting thread, which then ends.
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  var address: String { "http://127.0.0.1:\(port)/files/" }
  var requests: [Request] { seen.withLock(\.self) }

  private func answer(_ connection: Int32) {
    guard let request = readRequest(connection) else { return }
    seen.withLock { $0.append(request) }
    let start = request.range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
    switch manner {
    case .status(let status):
      send("HTTP/1.1 \(status) No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", connection)
    case .redirects where !request.path.hasPrefix("/moved"):
      send(
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(port)/moved\r\n"
          + "Content-Length: 0\r\nConnection: close\r\n\r\n", connection)
    case .refusesRanges where start != nil:
      send(
        "HTTP/1.1 416 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", connection)
    case .ignoresRanges:
      sendBody(from: nil, connection)
    case .misplacesRanges:
      sendBody(from: start.map { $0 / 2 }, connection)
    default:
      sendBody(from: start, connection)
    }
  }

  private func sendBody(from start: Int?, _ connection: Int32) {
    var head = start == nil ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n"
    let rest = body.dropFirst(start ?? 0)
    if let start {
      head += "Content-Range: bytes \(start)-\(body.count - 1)/\(body.count)\r\n"
    }
    var sent = rest.count
    switch manner {
    case .cuts(let after):
      sent = min(sent, after)
      head += "Content-Length: \(rest.count)\r\n"
    case .stops(let after):
      sent = min(sent, after)
    case .encodes:
      head += "Content-Encoding: gzip\r\nContent-Length: \(rest.count)\r\n"
    default:
      head += "Content-Length: \(rest.count)\r\n"
    }
    send(head + "Connection: close\r\n\r\n", connection)
    send(Array(rest.prefix(sent)), connection)
  }

  private func readRequest(_ connection: Int32) -> Request? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.hasSuffix("\r\n\r\n") {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let lines = text.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    let range = lines.first { $0.lowercased().hasPrefix("range: ") }
    return Request(path: String(words[1]), range: range.map { String($0.dropFirst(7)) })
  }

  private func send(_ text: String, _ connection: Int32) {
    send(Array(text.utf8), connection)
  }

  private func send(_ bytes: [UInt8], _ connection: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
