/// The user's own sequences: which files they are in and how they are divided.
///
/// Paths are opened as they are; an empty path stands for none.
package struct SequenceConfiguration: Sendable, Equatable, Codable {
  package enum Normalization: String, Sendable, Codable, CaseIterable {
    /// The values as they are in the files.
    case none
    /// Each channel less its mean over the training part, divided by its standard deviation there
    /// (by 1 where that is 0).
    case standardized
  }

  /// NPY or CSV file of the values.
  package var values = ""
  /// NPY or text file of the labels; empty where the CSV file of the values has them.
  package var labels = ""
  /// Values of the test part; empty where it is a share of `values`.
  package var testValues = ""
  package var testLabels = ""
  /// Values of a time step. An NPY file of three dimensions says so itself.
  package var channels = 1
  /// Shares of the samples of `values` that are drawn for the two parts.
  package var validationShare = 0.1
  package var testShare = 0.2
  package var normalization = Normalization.none

  package init() {}
}
