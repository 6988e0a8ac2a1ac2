import COpenSSL

/// SHA-256 (FIPS 180-4) of bytes that come in pieces; computed by OpenSSL's libcrypto.
package final class SHA256 {
  private let context: OpaquePointer

  package init() {
    // OpenSSL is at a loss only without memory.
    guard let made = EVP_MD_CTX_new(), EVP_DigestInit_ex(made, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto has no SHA-256")
    }
    context = made
  }

  deinit { EVP_MD_CTX_free(context) }

  package func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  package func update(_ bytes: some Sequence<UInt8>) {
    Array(bytes).withUnsafeBytes { update($0) }
  }

  /// The 64 lower-case hexadecimal digits of what has come; called once, at the end.
  package func hexadecimal() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// The 64 lower-case hexadecimal digits of all these bytes.
  package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    let hash = SHA256()
    hash.update(bytes)
    return hash.hexadecimal()
  }
}
