import Kernels

/// What every way to run an ``LMU`` does alike.
extension LMU {
  /// Gradient of what gives u its share of `signal`, channels x columns.
  static func encoderGradient(_ drive: Matrix, _ signal: Matrix, into encoder: Matrix) {
    encoder.fill(0)
    addEncoderGradient(drive, signal, into: encoder)
  }

  static func addEncoderGradient(_ drive: Matrix, _ signal: Matrix, into encoder: Matrix) {
    guard drive.columns == 1 else {
      return Products.multiply(drive, signal, into: encoder, keep: 1, form: .transposedLeft)
    }
    add_scaled_column_sums(
      encoder.base, drive.base, signal.base, signal.rows, signal.columns)
  }

  static func biasGradient(_ gradient: Matrix, into bias: Matrix) {
    bias.fill(0)
    add_column_sums(bias.base, gradient.base, gradient.rows, gradient.columns)
  }

  /// u = signal encoder', plus what is in u where `isAdded`.
  static func encode(_ signal: Matrix, _ encoder: Matrix, into u: Matrix, isAdded: Bool) {
    guard u.columns == 1 else {
      return Products.multiply(
        signal, encoder, into: u, keep: isAdded ? 1 : 0, form: .transposedRight)
    }
    let encode = isAdded ? add_row_dots : row_dots
    encode(u.base, signal.base, encoder.base, signal.rows, signal.columns)
  }

  /// What the gradient of u gives to the signal that it came from: dL/du encoder.
  static func decode(_ drive: Matrix, _ encoder: Matrix, into signal: Matrix) {
    guard drive.columns == 1 else {
      return Products.multiply(drive, encoder, into: signal)
    }
    outer_product(signal.base, drive.base, encoder.base, signal.rows, signal.columns)
  }

  /// z without what comes from other hidden units: W_x x + W_m mq + b. Where `memory` is what the
  /// memory is formed from, `memoryWeights` are W_m with that.
  func project(
    _ input: Matrix, _ memory: Matrix, by memoryWeights: Matrix? = nil, into z: Matrix,
    weights: ParameterSlab
  ) {
    let isProduct = handles.inputWeights != nil && inputs > Self.fewInputs
    affine_rows(
      z.base, input.base, weights[handles.inputWeights ?? handles.memoryWeights].base,
      handles.bias.map { UnsafePointer(weights[$0].base) }, z.rows,
      handles.inputWeights == nil || isProduct ? 0 : inputs, z.columns)
    if isProduct, let handle = handles.inputWeights {
      Products.multiply(input, weights[handle], into: z, keep: 1)
    }
    Products.multiply(memory, memoryWeights ?? weights[handles.memoryWeights], into: z, keep: 1)
  }

  /// Up to so many inputs are added one by one, more in a product.
  private static let fewInputs = 16

  /// dL/dh_{t-1} from dL/du_t and dL/dz_t: du e_h + dz W_h'.
  func hiddenGradient(
    _ hidden: Matrix, fromDrive u: Matrix, fromHidden z: Matrix, _ hiddenWeightsTransposed: Matrix,
    _ weights: ParameterSlab
  ) {
    if let handle = handles.hiddenEncoder {
      Self.decode(u, weights[handle], into: hidden)
    } else {
      hidden.fill(0)
    }
    guard handles.hiddenWeights != nil else { return }
    Products.multiply(z, hiddenWeightsTransposed, into: hidden, keep: 1)
  }

  /// dL/dx of all steps from dL/du of all and dL/dz of the last of them: du e_x + dz W_x'.
  func inputGradient(
    _ gradient: Matrix, fromDrive u: Matrix, fromHidden z: Matrix, _ weights: ParameterSlab
  ) {
    Self.decode(u, weights[handles.inputEncoder], into: gradient)
    guard let handle = handles.inputWeights else { return }
    Products.multiply(
      z, weights[handle], into: gradient.rows(gradient.rows - z.rows, z.rows), keep: 1,
      form: .transposedRight)
  }
}
