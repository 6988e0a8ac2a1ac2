import Foundation

/// One model of a race.
struct SpeedEntry {
  /// As the script's line begins.
  let title: String
  /// Of `bench`.
  let arguments: [String]
  /// Operations of the products of a training step, in GFLOP.
  let operations: Double
  var theirs: [Double] = []
  var ours: [Double] = []
  /// In MiB.
  var theirPeak = 0
  var peak = 0

  /// A recurrent model on sequences of 784 steps, 100 at once.
  private init(_ title: String, _ arguments: [String], weights: Int, constants: Int = 0) {
    self.title = title
    self.arguments = ["step"] + arguments
    // Weights take part in three products, forward, backward and for their gradient; constants
    // in the first two.
    operations = 2e-9 * 784 * 100 * Double(3 * weights + 2 * constants)
  }

  /// A network of convolutions; `products` are the multiplications of one image going forward, `first`
  /// those of the first layer, whose inputs need no gradient.
  private init(_ title: String, _ model: String, batch: Int, products: Int, first: Int) {
    self.title = title
    arguments = ["feedforward", "--model", model, "--batch", "\(batch)"]
    operations = 2e-9 * Double(batch) * Double(3 * products - first)
  }

  static var convolutional: [SpeedEntry] {
    [
      SpeedEntry("LeNet-5", "lenet", batch: 64, products: 416_520, first: 117_600),
      SpeedEntry("VGG-11", "vgg", batch: 128, products: 152_900_000, first: 1_769_472),
      SpeedEntry("ResNet-20", "resnet", batch: 128, products: 40_550_000, first: 442_368),
    ]
  }

  /// Dense networks of 784, 512, 512 and 10 units on 256 samples; the operations are those of their
  /// products.
  private init(_ title: String, learned arguments: [String]) {
    self.title = title
    self.arguments = ["learned"] + arguments
    let products = 784 * 512 + 512 * 512 + 512 * 10
    operations = 2e-9 * 256 * Double(3 * products - 784 * 512)
  }

  static var learned: [SpeedEntry] {
    [
      SpeedEntry("ReLU", learned: ["--degree", "0"]),
      SpeedEntry("Chebyshev 4", learned: ["--degree", "4"]),
      SpeedEntry("Chebyshev 12", learned: ["--degree", "12"]),
      SpeedEntry("normalized 4", learned: ["--degree", "4", "--paper"]),
    ]
  }

  static var recurrent: [SpeedEntry] {
    let (n, d) = (212, 256)
    let (stepwise, memory) = (n * n + d * n, (d * d + d * d / 8) / 2)
    return [
      // In chunks of eight steps: d + 8 numbers of state, and the constants once a chunk.
      SpeedEntry("LMU 212/256", [], weights: n * n + (d + 8) * n, constants: (d + 8) * (d + 8) / 8),
      // The way back in such chunks too.
      SpeedEntry("LMU stepwise", ["--hybrid", "--bypassed"], weights: stepwise, constants: memory),
      SpeedEntry("LMU hybrid", ["--hybrid"], weights: stepwise, constants: memory),
      SpeedEntry(
        "LMU hybrid, quantized state", ["--hybrid", "--quantized-state"], weights: stepwise,
        constants: memory),
      SpeedEntry(
        "LMU without e_h, e_m", ["--model", "open"], weights: n * n + (d + 8) * n,
        constants: (d + 8) * (d + 8) / 8),
      // One product with the impulse response each way, for the last step.
      SpeedEntry(
        "LMU feed-fwd FFT", ["--model", "feedforward"], weights: d * n / 784, constants: d),
      SpeedEntry(
        "LMU feed-forward, all steps read", ["--model", "feedforward", "--sequence"],
        weights: d * n, constants: (d + 8) * (d + 8) / 8),
      SpeedEntry(
        "LMU feed-forward hybrid", ["--model", "feedforward", "--hybrid"], weights: d * n / 784,
        constants: d),
      SpeedEntry("LSTM 200", ["--model", "lstm"], weights: 200 * 800),
      SpeedEntry("GRU 200", ["--model", "gru"], weights: 200 * 600),
      SpeedEntry("RNN 200", ["--model", "rnn"], weights: 200 * 200),
      SpeedEntry(
        "NRU 200/256", ["--model", "nru"],
        weights: (200 + 256) * (200 + 8 + 4 * 32)),
    ]
  }

  func summary(limit: Double) -> String {
    let own = Measurement(ours).median
    let rate = operations / own
    var text = title.padding(toLength: 28, withPad: " ", startingAt: 0)
    text += " ours \(own.fixed(own < 0.05 ? 6 : 3)) s, \(peak) MiB, \(operations.fixed(1)) GFLOP at"
    text += " \(rate.fixed(0)) GFLOP/s, \((100 * rate / limit).fixed(0)) % of the limit"
    guard !theirs.isEmpty else { return text }
    let other = Measurement(theirs).median
    return text
      + "; theirs \(other.fixed(other < 0.05 ? 6 : 3)) s, \(theirPeak) MiB; ratio \((other / own).fixed(2))"
  }
}
