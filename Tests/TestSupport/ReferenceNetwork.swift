package import Engine
import Foundation

/// A feed-forward network in plain Double, one sample after another: what the engine's layers are
/// held against. A value is sample by sample, then channel, row and column.
package struct ReferenceNetwork {
  let network: FeedForwardNetwork
  let activation: FeedForwardActivation
  package var isTraining = true
  /// By the names of the layout.
  package var parameters: [String: [Double]]

  package init(
    _ network: FeedForwardNetwork, _ weights: ParameterSlab, _ activation: FeedForwardActivation
  ) {
    self.network = network
    self.activation = activation
    let flat = weights.flat.array
    parameters = Dictionary(
      uniqueKeysWithValues: network.layout.entries.map {
        ($0.name, flat[$0.offset..<$0.offset + $0.count].map(Double.init))
      })
  }

  /// The network's output for samples one after another.
  package func output(_ input: [Double]) -> [Double] {
    let samples = input.count / network.input.count
    var values = [input]
    for (index, node) in network.nodes.enumerated() {
      let x = values[node.input]
      switch node.work {
      case .sum(let other): values.append(zip(x, values[other]).map(+))
      case .layer(let layer): values.append(output(of: layer, named: index + 1, x, samples))
      }
    }
    return values[values.count - 1]
  }

  private func output(
    of layer: any FeedForwardLayer, named number: Int, _ x: [Double], _ samples: Int
  ) -> [Double] {
    switch layer {
    case let layer as Convolution: convolution(layer, number, x, samples)
    case let layer as BatchNorm: normalized(layer, number, x, samples)
    case let layer as Pooling: pooled(layer, x, samples)
    case let layer as Shortcut: shortened(layer, x, samples)
    case is ActivationLayer: x.map(activated)
    case let layer as SelfLearnableActivation: learned(layer, number, x)
    default: x
    }
  }

  private func activated(_ x: Double) -> Double {
    switch activation.form {
    case .rectified: max(x, 0)
    case .quantized(let relu, _): relu.value(x)
    }
  }

  func parameter(_ number: Int, _ ending: String) -> [Double]? {
    parameters.first { $0.key.hasPrefix("\(number).") && $0.key.hasSuffix(ending) }?.value
  }

  /// What is at a place of a sample's plane, 0 beyond it.
  private func at(
    _ x: [Double], _ shape: ImageShape, _ sample: Int, _ channel: Int, _ row: Int, _ column: Int
  ) -> Double {
    guard row >= 0, row < shape.height, column >= 0, column < shape.width else { return 0 }
    return x[((sample * shape.channels + channel) * shape.height + row) * shape.width + column]
  }

  /// A number for each place of the output, in order.
  private func fill(
    _ shape: ImageShape, _ samples: Int, _ number: (Int, Int, Int, Int) -> Double
  ) -> [Double] {
    var all: [Double] = []
    for sample in 0..<samples {
      for channel in 0..<shape.channels {
        for row in 0..<shape.height {
          for column in 0..<shape.width { all.append(number(sample, channel, row, column)) }
        }
      }
    }
    return all
  }

  private func convolution(
    _ layer: Convolution, _ number: Int, _ x: [Double], _ samples: Int
  ) -> [Double] {
    let weights = parameter(number, ".weights") ?? []
    let bias = parameter(number, ".bias")
    let (k, channels) = (layer.kernel, layer.input.channels)
    return fill(layer.output, samples) { sample, out, row, column in
      var sum = bias?[out] ?? 0
      for channel in 0..<channels {
        for down in 0..<k {
          for right in 0..<k {
            sum +=
              weights[((out * channels + channel) * k + down) * k + right]
              * at(
                x, layer.input, sample, channel, row * layer.stride + down - layer.padding,
                column * layer.stride + right - layer.padding)
          }
        }
      }
      return sum
    }
  }

  private func normalized(
    _ layer: BatchNorm, _ number: Int, _ x: [Double], _ samples: Int
  ) -> [Double] {
    let (shape, gain, shift) = (
      layer.input, parameter(number, ".gain"), parameter(number, ".shift")
    )
    var (means, variances) = (
      parameter(number, ".mean") ?? [], parameter(number, ".variance") ?? []
    )
    if isTraining {
      for channel in 0..<shape.channels {
        let own = x.indices.filter { $0 / shape.area % shape.channels == channel }.map { x[$0] }
        means[channel] = own.reduce(0, +) / Double(own.count)
        variances[channel] =
          own.reduce(0) { $0 + pow($1 - means[channel], 2) } / Double(own.count)
      }
    }
    return x.indices.map { index in
      let channel = index / shape.area % shape.channels
      let plain = (x[index] - means[channel]) / (variances[channel] + 1e-5).squareRoot()
      return (gain?[channel] ?? 1) * plain + (shift?[channel] ?? 0)
    }
  }

  private func pooled(_ layer: Pooling, _ x: [Double], _ samples: Int) -> [Double] {
    fill(layer.output, samples) { sample, channel, row, column in
      var seen: [Double] = []
      for down in 0..<layer.kernel {
        for right in 0..<layer.kernel {
          seen.append(
            at(
              x, layer.input, sample, channel, row * layer.stride + down,
              column * layer.stride + right))
        }
      }
      return layer.kind == .mean ? seen.reduce(0, +) / Double(seen.count) : seen.max() ?? 0
    }
  }

  private func shortened(_ layer: Shortcut, _ x: [Double], _ samples: Int) -> [Double] {
    fill(layer.output, samples) { sample, channel, row, column in
      channel < layer.input.channels
        ? at(x, layer.input, sample, channel, row * layer.stride, column * layer.stride) : 0
    }
  }
}
