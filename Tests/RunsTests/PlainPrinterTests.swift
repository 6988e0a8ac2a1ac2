import Engine
import Foundation
import Runs
import TestSupport
import Testing

@Suite struct PlainPrinterTests {
  private func lines(_ script: Script, colour: Bool = false) throws -> [String] {
    var harness = RunnerHarness(script, paused: false)
    var printer = PlainPrinter(colour: colour) { "\($0)" }
    return try harness.wait(for: .ended).flatMap { printer.lines(for: $0) }
  }

  private func stepped(epoch: Int, step: Int, seconds: Double) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: seconds, samplesPerSecond: 0,
        progress: StudyProgress(
          step: step, steps: 100, epoch: epoch - 1, epochs: 10, stepsPerEpoch: 10, samples: step),
        event: .stepped(
          Readings(epoch: epoch, step: step, samples: step, values: [Reading("loss", 1e9)]))))
  }

  private func printer(_ script: Script = Script()) -> (PlainPrinter, header: [String]) {
    var printer = PlainPrinter { _ in "no such knob" }
    let study = ScriptedStudy(script)
    let beginning = RunBeginning(
      summary: study.summary, progress: study.progress, gauges: study.gauges)
    let header = printer.lines(for: .began(beginning))
    return (printer, header)
  }

  @Test func `a whole run reads as a table with its edits and results`() throws {
    let script = Script.with {
      $0.epochs = 3
      $0.ruleAtStep = 15
      $0.resolution = Schedule(.geometric(start: 64, end: 1), bypass: 0.4, hold: 0.3)
    }
    let expected = """
      scripted: scripted numbers, seed 1
      1234 parameters, 24 state variables, units h 16, m 8, 3 epochs of 10 steps

      epoch  step    loss  spiking  non-spiking    w h    w m  bits h  bits m  rate h  rate m  samples/s
          1    10  0.7132  79.77 %      81.57 %    inf    inf       -       -       -       -       1600
      edit by rule at step 15: scale w.* by 0.5: w.h 16 -> 8, w.m 16 -> 8
          2    20  0.2552  93.01 %      94.90 %  1.260  1.260    1.82    1.82   0.756   0.378       1600
          3    30  0.1288  95.42 %      97.41 %  0.500  0.500    1.00    1.00   0.300   0.150       1600

      completed after 3 epochs and 0.6 s of work: all epochs are done

      test                     accuracy    spread  draws     loss
      spiking                   95.42 %    0.40 %      5   0.1588
      non-spiking               97.41 %         -      -   0.1288

      per site                        h          m
      bitsRange                   1.000      1.000
      bitsDistinct                1.000      1.000
      bitsEntropy                 0.900      0.900
      bitsCapacity                1.000      1.000
      significantBits             0.379      0.202
      significantBitsSigned       0.879      0.702
      popcount                    0.189      0.101
      spikeRate                   0.300      0.150
      zeroFraction                0.741      0.861

      operations per inference
      events                          4096
      unitOps                         6000
      shiftAdds                       5000
      dense                          16384
      macs                            1000
      elementwise.functions            240

      energy per inference    dense float    dense int  unit spikes   shift-adds
      compute45nm                   80 nJ      55.6 nJ       3.8 nJ       3.7 nJ
      withMemory                        -       142 nJ      38.8 nJ      29.2 nJ
      devices                    synaptic       neuron        total
        loihi                      190 nJ      19.4 nJ       209 nJ
      compute45nm: arithmetic alone at 45 nm (Horowitz 2014): float32 add 0.9 pJ, multiply 3.7 pJ, int32
        add 0.1 pJ, multiply 3.1 pJ; memory traffic and functions such as tanh left out.
      devices: keras-spiking's constants per synaptic event and per neuron update; a count of n is n
        events, other numbers are one a step; devices that do not spike do every product at every step.
      withMemory: weight read 5 pJ, add 0.1 pJ; one sequence at a time, sums in registers; no nonlinear
        functions, control or transport.
      """
    let printed = try lines(script).joined(separator: "\n")
    #expect(printed == expected)
  }

  @Test func `no line is wider than a hundred characters, whatever the run is called`() throws {
    let script = Script.with {
      $0.name = String(repeating: "long name ", count: 30)
      $0.epochs = 1000
      $0.stepsPerEpoch = 4
      $0.sites.append(.init(id: "u", title: "input of the memory", units: 1))
    }
    let lines = try lines(script)
    #expect(lines.count > 1000)
    #expect(lines.allSatisfy { $0.count <= PlainPrinter.width })
    let titles = lines.filter { $0.hasPrefix("epoch") }
    #expect(titles.count == 25)
    #expect(titles.allSatisfy { $0.contains("bits u") && !$0.contains("rate u") })
  }

  @Test func `the sites of many layers stand in tables below each other`() throws {
    let script = Script.with {
      $0.sites = (1...8).flatMap { layer in
        ["h", "m"].map { StudySummary.Site(id: "\($0)\(layer)", title: "\($0) \(layer)", units: 4) }
      }
    }
    let lines = try lines(script)
    #expect(lines.allSatisfy { $0.count <= PlainPrinter.width })
    let heads = lines.filter { $0.hasPrefix("per site") }.map {
      $0.split(separator: " ").dropFirst(2)
    }
    #expect(heads.count == 3)
    #expect(heads.flatMap { $0.map(String.init) } == script.sites.map(\.id))
  }

  @Test func `a line comes every two seconds of work and for each epoch without evaluation`() {
    var (printer, _) = printer()
    var steps: [String] = []
    for step in 1...25 {
      let seconds = step <= 20 ? Double(step) / 100 : Double(step - 20)
      let report = stepped(epoch: (step - 1) / 10 + 1, step: step, seconds: seconds)
      steps += printer.lines(for: report).compactMap {
        let words = $0.split(separator: " ")
        return words.first == "epoch" || words.isEmpty ? nil : words[0...2].joined(separator: " ")
      }
    }
    #expect(steps == ["1 10 1e+09", "2 20 1e+09", "3 23 1e+09", "3 25 1e+09"])
  }

  @Test func `what goes wrong is said`() {
    var (printer, _) = printer()
    let edit = Edit.set(knob: "q", value: 1)
    #expect(
      printer.lines(for: .refused(edit, .unknownKnob("q"))) == ["edit refused: no such knob"])
    #expect(printer.lines(for: .saveFailed(reason: "disk full")) == ["could not save: disk full"])
    #expect(printer.lines(for: .saved(path: "/a b")) == ["saved /a b"])
    #expect(printer.lines(for: .failed(reason: "no data")) == ["failed: no data"])
  }

  @Test func `colour is there only when it is asked for and changes nothing else`() throws {
    let plain = try lines(Script())
    let coloured = try lines(Script(), colour: true)
    #expect(!plain.joined().contains("\u{1B}"))
    #expect(coloured.joined().contains("\u{1B}[1m"))
    let stripped = coloured.map {
      $0.replacingOccurrences(of: "\u{1B}\\[[0-9]*m", with: "", options: .regularExpression)
    }
    #expect(stripped == plain)
  }
}
