/// Labelled spike trains in three splits. Immutable; may be read from several threads at once.
package protocol SpikeData: Sendable {
  var title: String { get }
  /// Trains of a sample.
  var channels: Int { get }
  /// T of every sample.
  var steps: Int { get }
  /// What each class is called.
  var classNames: [String] { get }

  func count(in split: Gauge.Split) -> Int
  func label(_ index: Int, in split: Gauge.Split) -> Int

  /// The trains of sample `index`. The same arguments give the same trains.
  ///
  /// - Parameter presentation: how often the sample has been shown before, such as the epoch; it
  ///   matters only to data that are drawn anew each time.
  func trains(_ index: Int, in split: Gauge.Split, presentation: Int) -> SpikeTrains
}

extension SpikeData {
  package var classes: Int { classNames.count }
}
