import Engine
import TestSupport
import Testing

@Suite("Linear systems of recurrent layers")
struct CountSystemTests {
  /// A system over random synapses whose diagonal is `dominance` times the sum of all else in its row
  /// of Omega', and a right-hand side.
  private static func random(
    _ units: Int, dominance: Double, _ generator: inout SeededGenerator
  ) -> (system: CountSystem, delta: [Double]) {
    let targets = (0..<units).map { _ in
      (0..<units).filter { _ in generator.uniform() < 0.2 }
    }
    let graph = RecurrentGraph(targets: targets)
    let strengths = generator.uniforms(graph.synapses, in: -1..<1)
    let diagonal = (0..<units).map { before in
      let others = (Int(graph.offsets[before])..<Int(graph.offsets[before + 1])).filter {
        Int(graph.targets[$0]) != before
      }
      let size = max(0.1, others.reduce(0) { $0 + abs(strengths[$1]) })
      return (generator.uniform() < 0.8 ? 1 : -1) * dominance * size
    }
    return (
      CountSystem(graph: graph, diagonal: diagonal, strengths: strengths),
      generator.uniforms(units, in: -2..<2)
    )
  }

  /// Omega', from what the system is made of.
  private static func rows(_ system: CountSystem) -> [[Double]] {
    let units = system.graph.units
    var rows = [[Double]](repeating: [Double](repeating: 0, count: units), count: units)
    for before in 0..<units {
      for place in Int(system.graph.offsets[before])..<Int(system.graph.offsets[before + 1]) {
        rows[before][Int(system.graph.targets[place])] -= system.strengths[place]
      }
      rows[before][before] = system.diagonal[before]
    }
    return rows
  }

  private static func residual(_ system: CountSystem, _ found: [Double], _ delta: [Double])
    -> Double
  {
    zip(rows(system), delta).reduce(0) { worst, pair in
      let sum = zip(pair.0, found).reduce(0) { $0 + $1.0 * $1.1 }
      return max(worst, abs(sum - pair.1))
    }
  }

  @Test(arguments: [1, 2, 7, 30, 60])
  func `Sweeps find what dense factorization finds`(units: Int) throws {
    var generator = SeededGenerator(UInt64(units))
    for _ in 0..<10 {
      let (system, delta) = Self.random(units, dominance: 1.5, &generator)
      let found = system.solve(delta)
      #expect(!found.isDense && found.sweeps > 0 && found.sweeps <= CountSystem.mostSweeps)
      let dense = try #require(DenseSolver.solve(Self.rows(system), delta))
      #expect(areClose(found.adjoint, dense, 1e-5))
      #expect(Self.residual(system, dense, delta) < 1e-10)
    }
  }

  @Test func `What sweeps do not solve is factorized`() {
    var generator = SeededGenerator(5)
    var dense = 0
    for _ in 0..<20 {
      let (system, delta) = Self.random(25, dominance: 0.15, &generator)
      let found = system.solve(delta)
      dense += found.isDense ? 1 : 0
      let scale = found.adjoint.map(abs).max() ?? 0
      #expect(Self.residual(system, found.adjoint, delta) < 1e-6 * max(1, scale))
      if found.isDense { #expect(found.sweeps == 0) }
    }
    #expect(dense >= 10)
  }

  @Test func `A system without a solution gives numbers all the same`() {
    let system = CountSystem(
      graph: RecurrentGraph(targets: [[1], [0]]), diagonal: [1, 1], strengths: [1, 1])
    let found = system.solve([1, 0.5])
    #expect(found.isDense && found.adjoint == [1, 0.5])
  }

  @Test func `A graph without loops takes one sweep`() throws {
    let graph = RecurrentGraph(sides: [3, 3, 4], rule: .released)
    var generator = SeededGenerator(8)
    let system = CountSystem(
      graph: graph, diagonal: generator.uniforms(graph.units, in: 0.8..<1.2),
      strengths: generator.uniforms(graph.synapses, in: -0.5..<0.5))
    let delta = generator.uniforms(graph.units, in: -1..<1)
    let found = system.solve(delta)
    #expect(found.sweeps == 1 && !found.isDense)
    let dense = try #require(DenseSolver.solve(Self.rows(system), delta))
    #expect(areClose(found.adjoint, dense, 1e-9))
  }

  @Test func `Rows that their diagonal outweighs are counted`() {
    // 0 -> 1 and 2 -> 1 together outweigh 1, the self synapse of 0 does not count.
    let system = CountSystem(
      graph: RecurrentGraph(targets: [[0, 1], [], [1]]), diagonal: [1, -1, 1],
      strengths: [5, 0.6, -0.6])
    #expect(abs(system.dominantShare - 2.0 / 3) < 1e-12)
  }

  @Test func `Dense factorization swaps rows, and knows singular systems`() {
    #expect(DenseSolver.solve([[0, 2], [4, 1]], [6, 7]) == [1, 3])
    #expect(DenseSolver.solve([[1, 2], [2, 4]], [1, 1]) == nil)
    #expect(DenseSolver.solve([], []) == [])
  }
}
