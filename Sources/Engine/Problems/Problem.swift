/// A classification problem on sequences: labelled samples in three splits.
///
/// A sample is `steps` x `channels` floats. Indices within a split run from 0. A problem is
/// immutable and may be read from several threads at once.
package protocol Problem: Sendable {
  /// Short name, e.g. `digits, permuted`.
  var title: String { get }
  /// Time steps of every sequence.
  var steps: Int { get }
  /// Inputs per time step.
  var channels: Int { get }
  var classes: Int { get }
  /// What a network on this problem takes in and tells apart.
  var inputs: InputDescription { get }

  func count(in split: Gauge.Split) -> Int
  func label(_ index: Int, in split: Gauge.Split) -> Int

  /// Writes sample `index` into `destination`: the value of channel c at step t goes to
  /// `destination[t * stride + c]`.
  func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int)
}
