import Foundation
import FoundationNetworking

/// The sentence a person reads when a download failed: what, where, and what to do.
package func description(of error: DownloadError) -> String {
  switch error {
  case .noDestination:
    return "no directory to download into: give --data DIR, or set INTERSPIKE_DATA or HOME"
  case .noAddress(let dataSet, let embedded):
    return embedded
      ? "\(dataSet) is part of the program: there is nothing to download"
      : "\(dataSet) has no public address to download from; give one with --mirror URL"
  case .badAddress(let address):
    return "not an address to download from: \(address), expected http://... or https://..."
  case .network(let address, let code, let detail, let kept):
    let reason = "\(address): \(networkReason(code: code, detail: detail))"
    return kept == 0
      ? reason : reason + "; \(kept) bytes are kept, and the same command goes on from there"
  case .refused(let address, let status):
    return "\(address): the server answered \(status) "
      + "(\(HTTPURLResponse.localizedString(forStatusCode: status)))"
  case .encoded(let address, let encoding):
    return "\(address): the server sends the file with the encoding \(encoding), expected the "
      + "file as it is; try another address with --mirror URL"
  case .incomplete(let address, let part, let found, let expected):
    return "\(address): the transfer ended after \(found) of \(expected) bytes; they are kept in "
      + "\(part), and the same command goes on from there"
  default:
    return fileDescription(of: error)
  }
}

/// The errors about what lies on disk or should have been written there.
private func fileDescription(of error: DownloadError) -> String {
  switch error {
  case .tooLong(let address, let expected):
    "\(address): the server sends more than the expected \(expected) bytes; "
      + "what came was removed"
  case .wrongChecksum(let file, let found, let expected):
    "\(file): wrong SHA-256: found \(found), expected \(expected); what came was removed"
  case .busy(let part):
    "\(part): another process is downloading this file"
  case .cannotWrite(let file, let reason):
    "\(file): cannot be written: \(reason)"
  default:
    "\(error)"
  }
}

/// What went wrong in words; the codes are those of `URLError`, whose own texts on Linux are
/// mostly numbers.
private func networkReason(code: Int, detail: String) -> String {
  switch URLError.Code(rawValue: code) {
  case .cannotFindHost, .dnsLookupFailed: "the server's name is not known here (no network?)"
  case .cannotConnectToHost: "no connection to the server"
  case .notConnectedToInternet: "no network"
  case .timedOut: "the server did not answer in time"
  case .networkConnectionLost: "the connection broke"
  case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate:
    "no secure connection to the server: \(detail)"
  default: detail
  }
}
