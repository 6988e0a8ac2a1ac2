import Foundation

/// Means and variances over time of all potentials and of their mean V̄, from samples: 16 bytes a
/// neuron, N steps a sample (specification of inhibitory networks, 4).
package struct PotentialStatistics: Sendable {
  private var means: [Double]
  /// Summed squared deviations from the means (Welford 1962), so that nothing cancels where the
  /// potentials are far below 0.
  private var spreads: [Double]
  private var field = Moments()
  private var groupField = Moments()
  private let group: [Int]

  /// Of one quantity over all samples.
  private struct Moments: Sendable {
    var mean = 0.0
    var spread = 0.0

    mutating func add(_ value: Double, number: Double) {
      let offset = value - mean
      mean += offset / number
      spread += offset * (value - mean)
    }

    mutating func merge(_ other: Moments, own: Double, others: Double) {
      let offset = other.mean - mean
      spread += other.spread + offset * offset * own * others / (own + others)
      mean += offset * others / (own + others)
    }
  }

  package private(set) var samples = 0

  /// - Parameters:
  ///   - neurons: N.
  ///   - group: Neurons of which the order parameter is wanted too, such as those that fired during
  ///     the transient. It has to be known beforehand, because V̄ of a group cannot be had from sums
  ///     over all neurons.
  package init(neurons: Int, group: [Int] = []) {
    means = Array(repeating: 0, count: neurons)
    spreads = means
    self.group = group
  }

  package var neurons: Int { means.count }

  /// Takes the potentials of all neurons at one time.
  package mutating func sample(_ potentials: UnsafeBufferPointer<Double>) {
    precondition(potentials.count == neurons, "a potential for each neuron")
    samples += 1
    let number = Double(samples)
    var sum = 0.0
    means.withUnsafeMutableBufferPointer { means in
      spreads.withUnsafeMutableBufferPointer { spreads in
        for index in potentials.indices {
          let potential = potentials[index]
          let offset = potential - means[index]
          means[index] += offset / number
          spreads[index] += offset * (potential - means[index])
          sum += potential
        }
      }
    }
    field.add(sum / Double(neurons), number: number)
    guard !group.isEmpty else { return }
    let ofGroup = group.reduce(0) { $0 + potentials[$1] }
    groupField.add(ofGroup / Double(group.count), number: number)
  }

  package mutating func removeAll() {
    for index in means.indices { (means[index], spreads[index]) = (0, 0) }
    (field, groupField, samples) = (Moments(), Moments(), 0)
  }

  /// Adds other samples of the same neurons and group (Chan, Golub and LeVeque 1979).
  package mutating func merge(_ other: PotentialStatistics) {
    precondition(other.neurons == neurons && other.group == group, "of the same neurons")
    guard other.samples > 0 else { return }
    let (own, others) = (Double(samples), Double(other.samples))
    for index in means.indices {
      var moments = Moments(mean: means[index], spread: spreads[index])
      moments.merge(
        Moments(mean: other.means[index], spread: other.spreads[index]), own: own, others: others)
      (means[index], spreads[index]) = (moments.mean, moments.spread)
    }
    field.merge(other.field, own: own, others: others)
    groupField.merge(other.groupField, own: own, others: others)
    samples += other.samples
  }

  // MARK: What they come to

  /// The mean of V̄ over time; `nil` without samples.
  package var meanField: Double? { samples > 0 ? field.mean : nil }

  /// The variance of V̄ over time (divided by the number of samples); `nil` without samples.
  package var fieldVariance: Double? { samples > 0 ? field.spread / Double(samples) : nil }

  /// The variance of a potential over time, mean over all neurons; `nil` without samples.
  package var meanVariance: Double? {
    samples > 0 ? spreads.reduce(0, +) / Double(neurons * samples) : nil
  }

  /// ρ of Golomb and Rinzel 1993, there χ: 1 where all potentials coincide, about 1/√N where they
  /// are independent. `nil` without samples and where nothing moves.
  package var order: Double? {
    Self.order(field.spread, spreads.reduce(0, +) / Double(neurons))
  }

  /// ρ of the group alone; `nil` without a group too.
  package var groupOrder: Double? {
    let spread = group.reduce(0) { $0 + spreads[$1] }
    return Self.order(groupField.spread, spread / Double(group.count))
  }

  private static func order(_ field: Double, _ single: Double) -> Double? {
    single > 0 ? (field / single).squareRoot() : nil
  }

  /// γ = ln(ρ1/ρ2)/ln(N2/N1), by which ρ falls from a network of N1 neurons to one of N2: 1/2 in
  /// asynchronous states, 0 in oscillating ones; below 1/4 between 2000 and 8000 neurons counts as
  /// oscillating.
  package static func sizeExponent(
    _ first: (neurons: Int, order: Double), _ second: (neurons: Int, order: Double)
  ) -> Double? {
    guard first.neurons > 0, second.neurons > 0, first.neurons != second.neurons,
      first.order > 0, second.order > 0
    else { return nil }
    let exponent =
      log(first.order / second.order)
      / log(Double(second.neurons) / Double(first.neurons))
    return exponent.isFinite ? exponent : nil
  }
}

extension PotentialStatistics: NumberStreamed {
  func write(to stream: inout NumberStream) {
    stream.put(samples)
    stream.put([field.mean, field.spread, groupField.mean, groupField.spread])
    stream.put(means)
    stream.put(spreads)
  }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let samples = stream.takeCount(), let moments = stream.take(count: 4),
      let means = stream.take(count: neurons), let spreads = stream.take(count: neurons)
    else { return false }
    (self.samples, self.means, self.spreads) = (samples, means, spreads)
    field = Moments(mean: moments[0], spread: moments[1])
    groupField = Moments(mean: moments[2], spread: moments[3])
    return true
  }
}
