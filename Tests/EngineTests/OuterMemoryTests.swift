import Kernels
import Testing

@Suite struct OuterMemoryTests {
  /// What one head of strength 3 writes to four numbers, p and q having equal numbers `x`, and
  /// what comes back for a gradient of (1, 0, 0, 0).
  private func run(_ x: Float) -> (memory: [Float], gradients: [Float]) {
    let shape = memory_shape(units: 4, heads: 1, side: 2, rectified: false)
    var vectors: [Float] = [3, 0, x, x, x, x, 0, 0, 0, 0]
    var (memory, sizes) = ([Float](repeating: 0, count: 4), [Float](repeating: 0, count: 2))
    var scratch = [Float](repeating: 0, count: 6)
    outer_memory(&memory, &sizes, vectors, [1, 1, 1, 1], &scratch, 1, shape)
    outer_memory_backward(&vectors, [1, 0, 0, 0], sizes, &scratch, 1, shape)
    return (memory, vectors)
  }

  /// Each direction is 4^(-1/5), also where fifth powers leave the range of a float below.
  @Test(arguments: [1, 1e-4, 1e-5, 1e3, 5e3] as [Float])
  func `directions and gradients do not depend on the size of the vectors`(x: Float) {
    let (memory, gradients) = run(x)
    let direction: Float = 0.757_858_28
    for number in memory { #expect(abs(number - (1 + 3 * direction)) < 4e-6) }
    #expect(abs(gradients[0] - direction) < 1e-6)
    #expect(abs(gradients[1]) == 0)
    // dV = 3 (1 - d^5, -d^5, -d^5, -d^5) / |V| with d^5 = 1/4 and |V| = x^2 / d.
    let expected = 3 * direction / (x * x) * x * 0.5
    for (gradient, sign) in zip(gradients[2..<6], [1, -1, 1, -1] as [Float]) {
      #expect(abs(gradient - sign * expected) < 1e-5 * expected)
    }
  }

  /// In single precision the fifth powers of such rows have an infinite sum.
  @Test(arguments: [1e4, 1e12, 1e30] as [Float])
  func `vectors that are too large change nothing`(x: Float) {
    let (memory, gradients) = run(x)
    #expect(memory == [1, 1, 1, 1])
    #expect(gradients == [Float](repeating: 0, count: 10))
  }

  @Test func `vectors that vanish change nothing, and what is no number stays none`() {
    let none = run(0)
    #expect(none.memory == [1, 1, 1, 1])
    #expect(none.gradients == [Float](repeating: 0, count: 10))
    for number in run(.nan).memory { #expect(number.isNaN) }
    // At its least the norm is 1e-12 whatever the vectors.
    #expect(abs(run(1e-7).memory[0] - 1.03) < 1e-6)
  }
}
