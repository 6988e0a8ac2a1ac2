import Engine
import Runs
import Terminal
import Testing

@testable import Dashboard

/// The estimators of gradients to pick from.
@Suite struct EstimatorTests {
  private func dashboard(
    _ run: FeedForwardRun, width: Int = 80, height: Int = 24, glyphs: Glyphs = .unicode
  ) -> Dashboard {
    var dashboard = Dashboard(size: Size(width: width, height: height), glyphs: glyphs)
    dashboard.tell(run.beginning)
    dashboard.press(.character("D"))
    return dashboard
  }

  private func picker(_ dashboard: Dashboard) throws -> EstimatorPicker {
    guard case .estimators(let picker) = dashboard.overlay else { throw NotOpen() }
    return picker
  }

  private struct NotOpen: Error {}

  @Test(arguments: [(80, 24), (40, 12), (20, 6), (120, 40)])
  func `it is drawn as it should be`(width: Int, height: Int) throws {
    let run = try FeedForwardRun()
    var dashboard = dashboard(run, width: width, height: height)
    let name = "estimators-\(width)x\(height)"
    if width == 120 { for _ in 0..<16 { dashboard.press(.down) } }
    try Drawing.expect(dashboard.frame, is: name)
  }

  @Test func `that of a theory is over a step, and suits plain terminals`() throws {
    var dashboard = try Dashboard.theory(width: 80, height: 24, glyphs: .ascii)
    dashboard.press(.character("D"), .end, .pageUp)
    #expect(dashboard.frame.text.unicodeScalars.allSatisfy { $0.isASCII })
    try Drawing.expect(dashboard.frame, is: "estimators-theory-80x24")
  }

  @Test func `Enter puts what was turned in force, Escape nothing`() throws {
    let run = try FeedForwardRun()
    var dashboard = dashboard(run)
    #expect(try picker(dashboard).estimator == .clippedReLU)
    dashboard.press(.character("a"), .character("a"), .right, .tab)
    #expect(try picker(dashboard).estimator.text == "arctan(alpha=2.5)")
    #expect(dashboard.press(.escape).isEmpty && dashboard.overlay == nil)
    dashboard.press(.character("D"), .character("a"), .character("a"), .character("l"))
    let effects = dashboard.press(.enter)
    #expect(
      effects == [.send(.edit(.choose(knob: "estimator", option: "arctan(alpha=2.5)")))])
    dashboard.tell(try run.carryOut(effects))
    #expect(dashboard.status?.text == "estimator is now arctan(alpha=2.5)")

    // Its scale is one row further; what is in force already is no edit.
    dashboard.press(.character("D"))
    #expect(try picker(dashboard).estimator.text == "arctan(alpha=2.5)")
    dashboard.press(.backTab, .right)
    let scaled = dashboard.press(.enter)
    #expect(
      scaled
        == [.send(.edit(.choose(knob: "estimator.normalization", option: "unitMass")))])
    dashboard.tell(try run.carryOut(scaled))
    dashboard.press(.character("D"))
    #expect(dashboard.press(.enter).isEmpty && dashboard.overlay == nil)
    dashboard.press(.character("D"), .home, .down)
    #expect(try picker(dashboard).estimator == .relu, "no mass that could be 1")
    dashboard.tell(try run.carryOut(dashboard.press(.enter)))
    #expect(run.study.knobs.contains { $0.id == "estimator.normalization" })
  }

  @Test func `numbers go through round ones and stay in their range`() {
    let slope = Surrogate.Kind.leakyReLU.parameters[0]
    let width = Surrogate.Kind.boxcar.parameters[0]
    var values = [0.1]
    for _ in 0..<3 {
      values.append(EstimatorPicker.notch(values[values.count - 1], of: slope, isUp: true))
    }
    #expect(values == [0.1, 0.15, 0.2, 0.25])
    #expect(EstimatorPicker.notch(0.03, of: slope, isUp: false) == 0)
    #expect(EstimatorPicker.notch(0, of: slope, isUp: false) == 0)
    #expect(EstimatorPicker.notch(1, of: slope, isUp: true) == 1)
    #expect(EstimatorPicker.notch(1.95, of: width, isUp: true) == 2)
    #expect(EstimatorPicker.notch(1.95, of: width, isUp: false) == 1.5)
    #expect(EstimatorPicker.notch(0.1, of: width, isUp: false) == 0.08)
    #expect(EstimatorPicker.notch(1e4, of: width, isUp: true) == 1e4)
    #expect(EstimatorPicker.notch(1e-4, of: width, isUp: false) == 1e-4)
  }

  @Test func `a theory takes numbers too, and a network that reads sequences none`() throws {
    var theory = try Dashboard.theory(width: 100, height: 30)
    theory.press(.character("D"), .down, .down, .right)
    #expect(
      theory.press(.enter)
        == [.send(.edit(.choose(knob: "estimator", option: "clipped_relu(c=1.2)")))])
    var run = try TheoryRun()
    theory.tell(try run.edit(.choose(knob: "estimator", option: "clipped_relu(c=1.2)")))
    theory.press(.character("D"))
    #expect(try picker(theory).estimator.text == "clipped_relu(c=1.2)")
    #expect(theory.press(.enter).isEmpty && theory.status?.text == Sentence.sameEstimator)
    var training = Dashboard.training(width: 100, height: 30)
    training.press(.character("D"))
    #expect(training.frame.text.contains("not to be changed while training"))
    #expect(training.press(.down, .enter).isEmpty)
    #expect(training.status?.text == Sentence.surrogatesStay)
    training.press(.escape)
    for letter in ":estimator" { training.press(.character(letter)) }
    training.press(.enter)
    #expect(try picker(training).scope == .nothing)
  }

  @Test func `a row is marked by a click and taken by another`() throws {
    let run = try FeedForwardRun()
    var dashboard = dashboard(run, width: 100, height: 30)
    let place = try #require(dashboard.place(of: "hard_tanh"))
    #expect(dashboard.click(place).isEmpty)
    #expect(try picker(dashboard).estimator.kind == .hardTanh)
    dashboard.point(.wheel(2), place)
    #expect(try picker(dashboard).estimator.kind == .swishSign)
    dashboard.point(.wheel(-2), place)
    let again = try #require(dashboard.place(of: "hard_tanh"))
    #expect(
      dashboard.click(again) == [.send(.edit(.choose(knob: "estimator", option: "hard_tanh")))])
    #expect(dashboard.click(.zero).isEmpty)
  }

  @Test func `every curve is drawn at any size`() throws {
    let run = try FeedForwardRun { ($0.bits, $0.thresholds) = (5, .hwgq) }
    for (width, height) in [(0, 0), (1, 1), (12, 4), (24, 9), (36, 8), (60, 20), (200, 60)] {
      var dashboard = dashboard(run, width: width, height: height)
      for _ in 0..<30 {
        #expect(dashboard.frame.size == dashboard.size)
        dashboard.press(.down)
      }
    }
  }
}
