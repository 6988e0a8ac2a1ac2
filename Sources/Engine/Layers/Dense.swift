import Foundation
import Kernels

/// A fully connected layer: y = x W + b, W inputs x outputs, b one row.
package struct Dense: Sendable {
  package let inputs: Int
  package let outputs: Int
  let weights: ParameterHandle
  let bias: ParameterHandle

  package init(_ name: String, inputs: Int, outputs: Int, layout: inout ParameterLayout) {
    self.inputs = inputs
    self.outputs = outputs
    weights = layout.add("\(name).weights", rows: inputs, columns: outputs)
    bias = layout.add("\(name).bias", rows: 1, columns: outputs, role: .bias)
  }

  /// Glorot uniform weights from a stream of the layer's own, no bias.
  package func initialize(_ slab: ParameterSlab, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .initialization, lane: weights.index + 1)
    slab[weights].fillUniform(sqrt(6 / Double(inputs + outputs)), &stream)
    slab[bias].fill(0)
  }

  /// `output` (rows x outputs) = `input` (rows x inputs) W + b.
  package func forward(_ input: Matrix, into output: Matrix, weights slab: ParameterSlab) {
    for row in 0..<output.rows {
      (output.base + row * outputs).update(from: slab[bias].base, count: outputs)
    }
    Products.multiply(input, slab[weights], into: output, keep: 1)
  }

  /// Overwrites the gradients of W and b, and `inputGradient` (rows x inputs).
  package func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix,
    weights slab: ParameterSlab, gradients: ParameterSlab
  ) {
    Products.multiply(input, outputGradient, into: gradients[weights], form: .transposedLeft)
    gradients[bias].fill(0)
    add_column_sums(gradients[bias].base, outputGradient.base, outputGradient.rows, outputs)
    Products.multiply(outputGradient, slab[weights], into: inputGradient, form: .transposedRight)
  }
}
