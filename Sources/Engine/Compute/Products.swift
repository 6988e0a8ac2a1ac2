import COneDNN

/// Matrix products through oneDNN, on the calling thread alone.
package enum Products {
  /// Which factor is read as its transpose.
  package enum Form {
    /// a b
    case plain
    /// a' b
    case transposedLeft
    /// a b'
    case transposedRight
  }

  /// Makes products of the calling thread use only that thread. OpenMP keeps this per thread, so
  /// every thread that multiplies calls it once.
  package static func confineToThisThread() { omp_set_num_threads(1) }

  /// c = a b + keep * c in the given form; `keep` 0 overwrites.
  package static func multiply(
    _ a: Matrix, _ b: Matrix, into c: Matrix, keep: Float = 0, form: Form = .plain
  ) {
    let (m, k) = form == .transposedLeft ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = form == .transposedRight ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == inner && c.rows == m && c.columns == n, "shapes of a product fit")
    guard m > 0, n > 0, k > 0 else { return }
    let status = dnnl_sgemm(
      form == .transposedLeft ? letterT : letterN, form == .transposedRight ? letterT : letterN,
      dnnl_dim_t(m), dnnl_dim_t(n), dnnl_dim_t(k), 1, a.base, dnnl_dim_t(a.columns), b.base,
      dnnl_dim_t(b.columns), keep, c.base, dnnl_dim_t(c.columns))
    precondition(status == dnnl_success, "oneDNN refused a product with status \(status)")
  }

  private static let letterN = CChar(UInt8(ascii: "N"))
  private static let letterT = CChar(UInt8(ascii: "T"))
}
