/// Keeps the last and the best of every metric while evaluations go by.
struct MetricTally {
  private var metrics: [String: RunSummary.Metric] = [:]
  /// The best accuracy so far of each part of the data.
  private var bestAccuracies: [String: Double] = [:]

  /// All metrics in the order of their keys.
  var sorted: [RunSummary.Metric] { metrics.values.sorted { $0.key < $1.key } }

  /// Takes the numbers of an evaluation; keys are without the part of the data.
  mutating func take(_ numbers: [(key: String, value: Double)], split: String) {
    let leading = ["spiking.accuracy", "nonSpiking.accuracy"].lazy.compactMap { key in
      numbers.first { $0.key == key }?.value
    }.first
    let isBest = leading.map { $0 > bestAccuracies[split] ?? -.infinity } ?? true
    if isBest, let leading { bestAccuracies[split] = leading }
    for number in numbers {
      let key = split + "." + number.key
      guard var metric = metrics[key] else {
        guard metrics.count < Flattening.mostKeys else { continue }
        metrics[key] = RunSummary.Metric(key: key, last: number.value, best: number.value)
        continue
      }
      metric.last = number.value
      if number.key.hasSuffix("accuracy") {
        metric.best = max(metric.best, number.value)
      } else if number.key.hasSuffix("loss") {
        metric.best = min(metric.best, number.value)
      } else if isBest {
        metric.best = number.value
      }
      metrics[key] = metric
    }
  }
}
