/// Why a teacher, a start or a setting of the theory study was refused.
package enum CoarseGradientError: Error, Sendable, Equatable {
  /// A vector of the teacher that is empty, zero or not finite.
  case unusableTeacher(vector: String)
  /// A vector of another length than the teacher's.
  case wrongLength(vector: String, expected: Int, found: Int)
  /// A number of a start that is not finite.
  case notFinite(vector: String)
}
