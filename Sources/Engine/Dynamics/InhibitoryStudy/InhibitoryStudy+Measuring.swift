/// What is measured of the network, beside what theory says.
extension InhibitoryStudy {
  /// As the gauges have it, over the last window.
  var comparisons: [DynamicsReport.Comparison] {
    typealias Gauges = InhibitoryGauges
    let latest = course.latest
    let recent = course.recent
    let compare = {
      (id: String, title: String, measured: Double?, predicted: Double?) in
      DynamicsReport.Comparison(
        id: id, title: title, measured: measured, predicted: predicted,
        theory: predicted == nil ? nil : predictions.theory?.rawValue)
    }
    return [
      compare(
        Gauges.rate, "mean rate", recent.meanRate(at: course.time), predictions.meanRate),
      compare(
        Gauges.activeFraction, "active neurons", recent.activeFraction(at: course.time),
        predictions.activeFraction),
      compare(Gauges.order, "order parameter", recent.order, nil),
      compare(
        Gauges.variation, "CV of intervals", latest.intervals.meanVariation,
        predictions.variation),
      compare(
        Gauges.localVariation, "CV2 of intervals", latest.intervals.meanLocalVariation, nil),
      compare(
        Gauges.modulation, "rate modulation", latest.rates.modulation,
        nil),
      compare(Gauges.freeFraction, "free intervals", latest.bursts.freeFraction, nil),
      compare(Gauges.spikesPerBurst, "spikes per burst", latest.bursts.spikesPerBurst, nil),
    ]
  }

  /// Everything that was measured since the transient or the last edit; nothing before that.
  var measurement: [Reading] {
    guard let observables = course.finished else { return [] }
    let pauses = observables.bursts.pauses
    let values: [(String, Double?)] = [
      ("from", observables.window.start), ("to", min(course.time, observables.window.end)),
      ("activeFraction", observables.activeFraction), ("rate", rateSoFar),
      ("order", observables.potentials.order),
      ("variation", observables.intervals.meanVariation),
      ("localVariation", observables.intervals.meanLocalVariation),
      ("modulation", observables.rates.modulation), ("period", observables.period),
      ("freeFraction", observables.bursts.freeFraction),
      ("spikesPerBurst", observables.bursts.spikesPerBurst),
      ("medianPause", pauses.quantile(0.5)), ("longPause", pauses.quantile(0.95)),
      ("predicted.rate", predictions.meanRate),
      ("predicted.activeFraction", predictions.activeFraction),
      ("predicted.period", predictions.period),
    ]
    return values.compactMap { id, value in value.map { Reading("observables.\(id)", $0) } }
  }

  /// Over the part of the window that has passed.
  private var rateSoFar: Double? {
    let observables = course.observables
    let length = min(course.time, observables.window.end) - observables.window.start
    guard length > 0 else { return nil }
    return Double(observables.intervals.spikes) / (Double(observables.neurons) * length)
  }

  /// Keeps where the run has been, in steps that can be told apart on a map.
  mutating func notePlace() {
    let place = DynamicsReport.Place(
      coupling: steering.coupling(at: max(step - 1, 0)), delay: steering.dials.delay,
      order: course.recent.order)
    if let last = places.last, last.isNear(place) {
      places[places.count - 1] = place
    } else {
      places.append(place)
    }
    if places.count > Self.mostPlaces { places.removeFirst(places.count - Self.mostPlaces) }
  }

  private static let mostPlaces = 400
}

extension DynamicsReport.Comparison {
  /// Whether the prediction is a gauge too.
  var isDrawn: Bool {
    id == InhibitoryGauges.rate || id == InhibitoryGauges.activeFraction
  }
}

extension DynamicsReport.Place {
  /// Within 3 %.
  fileprivate func isNear(_ other: Self) -> Bool {
    func isNear(_ one: Double, _ other: Double) -> Bool {
      one == other || abs(one - other) <= 0.03 * max(abs(one), abs(other))
    }
    return isNear(coupling, other.coupling) && isNear(delay, other.delay)
  }
}
