import Engine
import Testing

@Suite struct ScheduleTests {
  @Test func `a geometric schedule is halfway in log at half its progress`() {
    let schedule = Schedule(.geometric(start: 64, end: 1))
    #expect(abs(schedule.value(at: 50, of: 100) - 8) < 1e-12)
    #expect(schedule.value(at: 500, of: 100) == 1)
  }

  @Test func `bypass is infinite and hold keeps the end value`() {
    let schedule = Schedule(.linear(start: 9, end: 1), bypass: 0.25, hold: 0.5)
    #expect(schedule.value(at: 24, of: 100) == .infinity)
    #expect(schedule.value(at: 25, of: 100) == 9)
    #expect(schedule.value(at: 50, of: 100) == 1)
    #expect(schedule.value(at: 100, of: 100) == 1)
  }

  @Test func `shapes that count steps stop during the hold`() {
    let exponential = Schedule(
      .exponential(start: 2, rate: 0.5, decaySteps: 10, staircase: false), hold: 0.5)
    #expect(exponential.value(at: 99, of: 100) == exponential.value(at: 50, of: 100))
    let piecewise = Schedule(
      .piecewiseConstant(boundaries: [20, 60], values: [8, 4, 2]), hold: 0.5)
    #expect(piecewise.value(at: 99, of: 100) == 4)
  }
}
