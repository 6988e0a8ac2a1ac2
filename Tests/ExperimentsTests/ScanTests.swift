import Documents
import Engine
import Testing

@testable import Experiments

@Suite struct ScanTests {
  private func parse(_ text: String, areIntegers: Bool = false) throws(ScanError) -> [DocumentValue]
  {
    try ScanValues(option: "--g \(text)", areIntegers: areIntegers).parse(text)
  }

  private func numbers(_ text: String) throws -> [Double] {
    try parse(text).map { value in
      switch value {
      case .integer(let integer): Double(integer)
      case .number(let number): number
      default: .nan
      }
    }
  }

  private func refusal(_ text: String, areIntegers: Bool = false) -> ScanError? {
    do {
      _ = try parse(text, areIntegers: areIntegers)
      return nil
    } catch {
      return error
    }
  }

  private func base(_ sets: [String] = []) throws -> Experiment {
    try ExperimentFile.load(
      "inhibitory-regular", sets: ["inhibitory.neurons=30", "inhibitory.seed=7"] + sets)
  }

  private func sentence(over argument: String) -> String {
    do throws(ScanError) {
      _ = try ScanAxis(over: argument)
      return "nothing"
    } catch {
      return error.sentence
    }
  }

  // MARK: Values

  @Test func `lists and ranges give their values in order, both ends among them`() throws {
    #expect(try numbers("400,800, 1600") == [400, 800, 1600])
    #expect(try numbers("0:1:5") == [0, 0.25, 0.5, 0.75, 1])
    #expect(try numbers("0:0.3:4") == [0, 0.1, 0.2, 0.3])
    #expect(try numbers("1:-1:3") == [1, 0, -1])
    #expect(try numbers("0.01:1:log3") == [0.01, 0.1, 1])
    #expect(try numbers("0,0.1:10:log3,20") == [0, 0.1, 1, 10, 20])
    #expect(try numbers("1e-4:1e-2:log3") == [1e-4, 1e-3, 1e-2])
    #expect(try numbers("0.1:10:log20").count == 20)
    #expect(
      try parse("20:320:log5", areIntegers: true) == [20, 40, 80, 160, 320].map { .integer($0) })
    #expect(try parse("1:2:3", areIntegers: false)[1] == .number(1.5))
    #expect(try parse("drawn,even") == [.text("drawn"), .text("even")])
    #expect(try parse("true") == [.flag(true)])
  }

  @Test func `ratios of a geometric range are equal`() throws {
    let values = try numbers("0.01:1:log20")
    let ratios = zip(values.dropFirst(), values).map { $0 / $1 }
    for ratio in ratios { #expect(abs(ratio / ratios[0] - 1) < 1e-10) }
  }

  @Test(arguments: [
    "", ",", "1,", "1,,2", "1:2", "1:2:3:4", ":", "::", "1:2:", "1:2:1", "1:2:0", "1:2:-3", "1:2:x",
    "1:2:log", "1:2:log1", "1:2:log2.5", "1:2:3.5", "x:2:3", "1:y:3", "0:1:log5", "-1:1:log5",
    "1:0:log5", "1:inf:3", "nan:1:3", "1,1", "1,2,1", "1:1:2", "a;b", "a b=c", "\"drawn\"",
    "1:2:100001", "1:2:LOG5", "1:2:999999999999999999999",
  ])
  func `malformed values are refused with what was found and expected`(text: String) throws {
    let error = try #require(refusal(text))
    #expect(error.sentence.hasPrefix("--g \(text): found "), "\(error.sentence)")
    #expect(error.sentence.contains("expected"), "\(error.sentence)")
    #expect(!error.sentence.contains("\n"))
  }

  @Test func `rounding two points onto one whole number is refused`() {
    #expect(
      refusal("1:4:log10", areIntegers: true)
        == .repeatedValue(option: "--g 1:4:log10", value: .integer(1)))
    #expect(refusal("1:1e30:3", areIntegers: true) != nil)
    #expect(
      refusal("1:2:100000,3:4:2")
        == .tooManyValues(option: "--g 1:2:100000,3:4:2", found: 100_002, most: 100_000))
  }

  @Test(arguments: [
    ("1e-300:1e9:log3", true), ("1e-300:1e300:log3", false), ("1e300:1e-300:log3", false),
    ("-1e308:1e308:3", false),
  ])
  func `ends between which numbers overflow are refused`(text: String, areIntegers: Bool) {
    #expect(
      refusal(text, areIntegers: areIntegers)
        == .tooWideRange(option: "--g \(text)", found: text))
  }

  @Test func `the widest ranges that can be computed with are taken`() throws {
    #expect(try numbers("1e-150:1e150:log3") == [1e-150, 1, 1e150])
    #expect(try numbers("-8e307:8e307:3") == [-8e307, 0, 8e307])
    #expect(
      try parse("1:9e15:log2", areIntegers: true) == [.integer(1), .integer(9_000_000_000_000_000)])
  }

  // MARK: Axes

  @Test func `an axis over a schedule holds each value throughout`() throws {
    let axis = try ScanAxis(over: "inhibitory.coupling=1,5")
    let plan = try ScanPlan(
      try ExperimentFile.load("inhibitory-winner"), axes: [axis], seeds: 1)
    #expect(axis.key == "inhibitory.coupling.value" && axis.name == "inhibitory.coupling")
    #expect(try plan.experiment(of: 2).inhibitory.coupling.shape == .hold(5))
    #expect(plan.base.inhibitory.steadyCoupling == nil)
  }

  @Test func `wrong axes are refused by their option`() {
    #expect(sentence(over: "inhibitory.delay") == "--over inhibitory.delay: expected key=values")
    #expect(
      sentence(over: "inhibitory.dely=1,2")
        == "--over inhibitory.dely 1,2: unknown key inhibitory.dely; did you mean inhibitory.delay?"
    )
    #expect(sentence(over: "title=a,b").contains("expected a key of numbers or words"))
    #expect(sentence(over: "quantizer.kind=a").contains("unknown key"))
    #expect(
      sentence(over: "inhibitory.delay=0,200").contains(
        "inhibitory.delay: found 200, expected a number in 0...100"))
    #expect(
      sentence(over: "inhibitory.neurons=10,20.5").contains(
        "inhibitory.neurons: found 20.5, expected"))
    #expect(
      sentence(over: "inhibitory.spread=evn").contains("did you mean \"even\"?"))
  }

  // MARK: Plans

  @Test func `points have a fixed order, the seed fastest`() throws {
    let plan = try ScanPlan(
      base(),
      axes: [
        ScanAxis("g", key: "inhibitory.coupling", text: "1,2", option: "--g"),
        ScanAxis("delay", key: "inhibitory.delay", text: "0.1,0.2,0.3", option: "--delay"),
      ], seeds: 2)
    #expect(plan.count == 12 && plan.seeds == [7, 8])
    #expect(plan.values(of: 1) == [.number(1), .number(0.1)] && plan.seed(of: 1) == 7)
    #expect(plan.values(of: 2) == [.number(1), .number(0.1)] && plan.seed(of: 2) == 8)
    #expect(plan.values(of: 3) == [.number(1), .number(0.2)])
    #expect(plan.values(of: 7) == [.number(2), .number(0.1)])
    #expect(plan.values(of: 12) == [.number(2), .number(0.3)] && plan.seed(of: 12) == 8)
    let last = try plan.experiment(of: 12)
    #expect(last.seed == 8 && last.inhibitory.delay == 0.3)
    #expect(last.inhibitory.steadyCoupling == 2)
    let all = (1...12).map { plan.grid.coordinates(of: $0) }
    #expect(Set(all).count == 12 && all.last == [1, 2, 1])
  }

  @Test func `values that do not go together are refused before anything is measured`() throws {
    let sparse = try base(["inhibitory.topology=sparse", "inhibitory.inDegree=5"])
    let plan = try ScanPlan(
      sparse,
      axes: [
        ScanAxis("n", key: "inhibitory.neurons", text: "10,100", option: "--n"),
        ScanAxis("k", key: "inhibitory.inDegree", text: "5,20", option: "--k"),
      ], seeds: 3)
    do {
      try plan.check()
      Issue.record("nothing was refused")
    } catch {
      #expect(error.sentences.count == 1)
      #expect(
        error.sentences[0].contains("--k 20: inhibitory.inDegree: found 20, expected at most 9"),
        "\(error.sentences)")
    }
  }

  @Test func `a plan that is too large or has an axis twice is refused`() throws {
    let axis = { (name: String, key: String, text: String) throws(ScanError) in
      try ScanAxis(name, key: key, text: text, option: "--\(name)")
    }
    let g = try axis("g", "inhibitory.coupling", "0:1:10000")
    let delay = try axis("delay", "inhibitory.delay", "0:1:10000")
    let base = try base()
    #expect(throws: ScanError.tooManyPoints(most: 10_000_000)) {
      try ScanPlan(base, axes: [g, delay], seeds: 1)
    }
    let other = try ScanAxis(over: "inhibitory.coupling.value=1,2")
    do {
      _ = try ScanPlan(base, axes: [g, other], seeds: 1)
      Issue.record("nothing was refused")
    } catch {
      #expect(
        error.sentence
          == "--over inhibitory.coupling.value 1,2: sets inhibitory.coupling.value, which "
          + "--g 0:1:10000 sets already")
    }
  }

  @Test func `the seed is no axis, as every point gets its own`() throws {
    let axis = try ScanAxis(over: "inhibitory.seed=1,2,3")
    let base = try base()
    let error = #expect(throws: ScanError.self) { try ScanPlan(base, axes: [axis], seeds: 1) }
    #expect(
      error?.sentence
        == "--over inhibitory.seed 1,2,3: found the seed, expected --seeds COUNT, "
        + "from that of --set inhibitory.seed=SEED on")
  }

  @Test func `equal plans have equal texts, and everything that matters is in them`() throws {
    let plan = { (sets: [String], text: String, seeds: Int) in
      try ScanPlan(
        self.base(sets),
        axes: [ScanAxis("g", key: "inhibitory.coupling", text: text, option: "--g")],
        seeds: seeds
      ).text(columns: ["point", "g"])
    }
    let text = try plan([], "1,2", 2)
    #expect(try plan([], "1:2:2", 2) == text)
    #expect(try plan([], "1,3", 2) != text)
    #expect(try plan([], "2,1", 2) != text)
    #expect(try plan([], "1,2", 3) != text)
    #expect(try plan(["inhibitory.duration=5"], "1,2", 2) != text)
    #expect(ScanOutline(planText: text) == nil)
    let outline = try #require(ScanOutline(planText: text + "fingerprint = \"abc\"\n"))
    #expect(outline.points == 4 && outline.columns == ["point", "g"])
    #expect(outline.fingerprint == "abc")
  }
}
