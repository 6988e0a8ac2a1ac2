import Foundation
import FoundationNetworking
import Synchronization

/// One HTTP request whose body goes to the end of a part file as it arrives.
///
/// The session calls the delegate methods one after the other on its own queue.
final class Transfer: NSObject, URLSessionDataDelegate {
  /// How a request ended that did not fail.
  enum Outcome: Equatable {
    /// The server sent all it wanted to send; the part's length says whether that is the file.
    case ended
    /// The server has nothing from where the part ends: the part must be restarted.
    case rangeRefused
  }

  private let address: URL
  private let part: PartFile
  private let expectedBytes: Int
  private let progress: @Sendable (Int) -> Void
  /// `nil` while the answer is arriving.
  private let result = Mutex<Result<Outcome, DownloadError>?>(nil)
  private let finished = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - expectedBytes: size of the whole file
  ///   - progress: is told the length of the part whenever it grew, on a thread of the session
  init(
    from address: URL, to part: PartFile, expectedBytes: Int,
    progress: @escaping @Sendable (Int) -> Void
  ) {
    self.address = address
    self.part = part
    self.expectedBytes = expectedBytes
    self.progress = progress
  }

  /// Sends the request and blocks until its answer has ended.
  func run() throws(DownloadError) -> Outcome {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.urlCache = nil
    configuration.timeoutIntervalForRequest = 60
    var request = URLRequest(url: address)
    // A transparently unpacked .gz would not be the published file.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if part.length > 0 {
      request.setValue("bytes=\(part.length)-", forHTTPHeaderField: "Range")
    }
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    session.dataTask(with: request).resume()
    finished.wait()
    session.finishTasksAndInvalidate()
    return try (result.withLock(\.self) ?? .success(.ended)).get()
  }

  /// Only the first end counts: a cancelled task still reports its cancellation.
  private func end(_ end: Result<Outcome, DownloadError>) {
    result.withLock { result in
      if result == nil { result = end }
    }
  }

  private var isRunning: Bool { result.withLock { $0 == nil } }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    do throws(DownloadError) {
      if try !accept(response) { end(.success(.rangeRefused)) }
    } catch {
      end(.failure(error))
    }
    // This Foundation ignores the disposition, so the task must be cancelled as well.
    completionHandler(isRunning ? .allow : .cancel)
    if !isRunning { dataTask.cancel() }
  }

  /// Makes the part ready for the body. `false` when the part must be restarted first.
  private func accept(_ response: URLResponse) throws(DownloadError) -> Bool {
    guard let response = response as? HTTPURLResponse else {
      throw .badAddress(address.absoluteString)
    }
    if let encoding = response.value(forHTTPHeaderField: "Content-Encoding"),
      encoding.lowercased() != "identity", response.statusCode < 300
    {
      throw .encoded(address: address.absoluteString, encoding: encoding)
    }
    switch response.statusCode {
    case 200:
      // The whole file, be it that the server ignored the range.
      if part.length > 0 { try part.restart() }
      return true
    case 206:
      let range = response.value(forHTTPHeaderField: "Content-Range") ?? ""
      return range.hasPrefix("bytes \(part.length)-")
    case 416:
      return false
    default:
      throw .refused(address: address.absoluteString, status: response.statusCode)
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard isRunning else { return }
    do throws(DownloadError) {
      guard part.length + data.count <= expectedBytes else {
        throw .tooLong(address: address.absoluteString, expected: expectedBytes)
      }
      try part.append(data)
      progress(part.length)
    } catch {
      end(.failure(error))
      dataTask.cancel()
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    if let error {
      let code = (error as? URLError)?.code.rawValue ?? (error as NSError).code
      end(
        .failure(
          .network(
            address: address.absoluteString, code: code, detail: error.localizedDescription,
            kept: part.length)))
    } else {
      end(.success(.ended))
    }
    finished.signal()
  }
}
