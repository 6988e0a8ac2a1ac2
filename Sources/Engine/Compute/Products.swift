import COneDNN
import Kernels
import Synchronization

/// Matrix products, on the calling thread alone: through oneDNN or, of a single row with many
/// zeros, over the rows of weights whose entry is not zero, so that a sequence that runs alone
/// takes the less the sparser its spikes are.
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

  /// Up to how many rows products may go over entries that are not zero.
  package static let standardEventRows = 1
  private static let presentEventRows = Atomic<Int>(standardEventRows)

  /// The number in force for the whole process: only measurements change it.
  package static var eventRows: Int {
    get { presentEventRows.load(ordering: .relaxed) }
    set { presentEventRows.store(newValue, ordering: .relaxed) }
  }

  /// c = a b + keep * c in the given form; `keep` 0 overwrites.
  package static func multiply(
    _ a: Matrix, _ b: Matrix, into c: Matrix, keep: Float = 0, form: Form = .plain
  ) {
    let (m, k) = form == .transposedLeft ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = form == .transposedRight ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == inner && c.rows == m && c.columns == n, "shapes of a product fit")
    guard m > 0, n > 0, k > 0 else { return }
    if form == .plain, m <= eventRows, keep == 0 || keep == 1, isSparse(a) {
      if keep == 0 { c.fill(0) }
      return add_active_rows(c.base, a.base, b.base, m, k, n)
    }
    multiply(ColumnBlock(a), ColumnBlock(b), into: ColumnBlock(c), keep: keep, form: form)
  }

  /// The same of parts of matrices, always through oneDNN.
  static func multiply(
    _ a: ColumnBlock, _ b: ColumnBlock, into c: ColumnBlock, keep: Float = 0, form: Form = .plain
  ) {
    let (m, k) = form == .transposedLeft ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = form == .transposedRight ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == inner && c.rows == m && c.columns == n, "shapes of a product fit")
    guard m > 0, n > 0, k > 0 else { return }
    let status = dnnl_sgemm(
      form == .transposedLeft ? letterT : letterN, form == .transposedRight ? letterT : letterN,
      dnnl_dim_t(m), dnnl_dim_t(n), dnnl_dim_t(k), 1, a.base, dnnl_dim_t(a.stride), b.base,
      dnnl_dim_t(b.stride), keep, c.base, dnnl_dim_t(c.stride))
    precondition(status == dnnl_success, "oneDNN refused a product with status \(status)")
  }

  /// Whether going over what is not zero is faster, as measured: several rows share the weights
  /// that oneDNN has loaded.
  private static func isSparse(_ a: Matrix) -> Bool {
    let active = count_active(a.base, a.count)
    return a.rows == 1 ? 3 * active <= 2 * a.count : 4 * active <= a.count
  }

  private static let letterN = CChar(UInt8(ascii: "N"))
  private static let letterT = CChar(UInt8(ascii: "T"))
}
