import Engine
import Golden
import Testing

@Suite("The Legendre memory")
struct LegendreMemoryTests {
  @Test func `Euler steps are refused below the limit, which the error tells`() throws {
    #expect(throws: LegendreMemoryError.self) {
      try LegendreMemory(order: 32, theta: 128, discretization: .euler)
    }
    do {
      _ = try LegendreMemory(order: 32, theta: 128, discretization: .euler)
    } catch LegendreMemoryError.unstableEuler(let order, let theta, let minimum) {
      #expect(order == 32 && theta == 128)
      #expect(abs(minimum - 196.85089884264) < 1e-6)
    }
    let memory = try LegendreMemory(order: 32, theta: 200, discretization: .euler)
    #expect(memory.stateMatrix.count == 1024)
  }

  @Test(arguments: [1, 2, 5, 16, 32, 64])
  func `Just above the Euler limit the memory decays, just below it grows`(order: Int) {
    let limit = LegendreMemory.smallestEulerWindow(order: order)
    let radii = [1.0001, 0.9999].map {
      LegendreMemory.spectralRadius(order: order, theta: limit * $0, discretization: .euler)
    }
    #expect(radii[0] < 1)
    #expect(radii[1] > 1)
  }

  @Test(arguments: [(0, 10.0), (-3, 10), (4, 0), (4, -1), (4, .nan), (4, .infinity), (4, 1e-300)])
  func `Numbers out of range are refused`(order: Int, theta: Double) {
    for discretization in LMUConfiguration.Discretization.allCases {
      #expect(throws: LegendreMemoryError.self) {
        try LegendreMemory(order: order, theta: theta, discretization: discretization)
      }
    }
  }

  @Test func `A held input is remembered as the Legendre coefficients of a constant`() throws {
    let memory = try LegendreMemory(order: 6, theta: 20, discretization: .zeroOrderHold)
    var m = [Double](repeating: 0, count: 6)
    for _ in 0..<400 {
      let before = m
      for row in 0..<6 {
        m[row] = memory.inputVector[row]
        for column in 0..<6 { m[row] += memory.stateMatrix[row * 6 + column] * before[column] }
      }
    }
    #expect(abs(m[0] - 1) < 1e-9)
    #expect(m.dropFirst().allSatisfy { abs($0) < 1e-9 })
  }
}
