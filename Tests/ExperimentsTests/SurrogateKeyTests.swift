import Engine
import Experiments
import Foundation
import Testing

@Suite struct SurrogateKeyTests {
  private func refusal(_ sets: [String], preset: String = "digits") -> [String] {
    do {
      _ = try ExperimentFile.load(preset, sets: sets)
      return []
    } catch {
      return error.sentences
    }
  }

  private func sites(_ sets: [String], preset: String = "digits") throws -> [SiteSurrogate] {
    let model = try ExperimentFile.load(preset, sets: sets).training.model
    switch model {
    case .lmu(let lmu): return [lmu.h.surrogate, lmu.m.surrogate, lmu.u.surrogate]
    case .rnn(let rnn): return [rnn.h.surrogate]
    case .lstm(let lstm): return [lstm.h.surrogate]
    case .gru(let gru): return [gru.h.surrogate]
    case .nru(let nru): return [nru.h.surrogate, nru.m.surrogate]
    }
  }

  @Test(arguments: ["digits", "digits-rnn", "digits-lstm", "digits-gru", "digits-nru"])
  func `every site of every model takes a surrogate by name`(preset: String) throws {
    for kind in Surrogate.Kind.allCases {
      let found = try sites(["quantizer.surrogate=\(kind.rawValue)"], preset: preset)
      #expect(found.allSatisfy { $0 == SiteSurrogate(.standard(kind)) })
    }
    let own = try sites(["quantizer.h.surrogate=arctan(alpha=3)"], preset: preset)
    #expect(own[0].curve.parameters == [3])
    #expect(own.dropFirst().allSatisfy { $0 == .straightThrough })
  }

  @Test func `a site's own key wins over that of all, and the identity forgets the rest`() throws {
    let found = try sites([
      "quantizer.surrogate=triangular", "quantizer.surrogatePlacement=thresholds",
      "quantizer.surrogateNormalization=unitMass", "quantizer.m.surrogate=gaussian",
      "quantizer.u.surrogate=identity",
    ])
    #expect(found[0].curve == .standard(.triangular) && found[1].curve == .standard(.gaussian))
    #expect(found[1].placement == .thresholds && found[1].normalization == .unitMass)
    #expect(found[2] == .straightThrough)
  }

  @Test func `what a file says of surrogates is written without the key of all`() throws {
    let experiment = try ExperimentFile.load(
      "digits", sets: ["quantizer.surrogate=boxcar(w=0.5)"])
    #expect(experiment.toml.contains("[quantizer.h]"))
    #expect(experiment.toml.components(separatedBy: "surrogate = \"boxcar(w=0.5)\"").count == 4)
    #expect(!experiment.toml.contains("[quantizer]"))
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
  }

  @Test func `mistakes are refused with names and limits`() {
    #expect(
      refusal(["quantizer.h.surrogate=arctn"]) == [
        "--set quantizer.h.surrogate=arctn: quantizer.h.surrogate: found \"arctn\", expected a "
          + "surrogate that `interspike list surrogates` shows, alone or with numbers as in "
          + "\"triangular(gamma=0.3, w=2)\"; did you mean \"arctan\"?"
      ])
    #expect(
      refusal(["quantizer.m.surrogate=arctan(alpha=-1)"]) == [
        "--set quantizer.m.surrogate=arctan(alpha=-1): quantizer.m.surrogate: alpha of \"arctan\": "
          + "found -1, expected a number in 0.0001...10000"
      ])
    #expect(
      refusal(["quantizer.surrogate=fast_sigmoid(slope=3)"]) == [
        "--set quantizer.surrogate=fast_sigmoid(slope=3): quantizer.surrogate: \"fast_sigmoid\" "
          + "has no number \"slope\", expected k"
      ])
    #expect(
      refusal([
        "quantizer.h.surrogate=relu", "quantizer.h.surrogatePlacement=thresholds",
      ]) == [
        "--set quantizer.h.surrogatePlacement=thresholds: quantizer.h.surrogate: \"relu\" does not "
          + "fit surrogatePlacement \"thresholds\": its mass is infinite, expected a finite one "
          + "above 0"
      ])
    #expect(
      refusal(["quantizer.h.surrogate=relu", "quantizer.h.surrogateNormalization=unitMass"]).first?
        .hasSuffix(
          "\"relu\" does not fit surrogateNormalization \"unitMass\": its mass is infinite, expected"
            + " a finite one above 0") == true)
    #expect(
      refusal([
        "quantizer.h.surrogate=slayer_lava_cuba", "quantizer.h.surrogatePlacement=thresholds",
      ]).first?.hasSuffix(
        "92.3 % of its mass lie beyond 8 thresholds, expected at most 25 %") == true)
    #expect(
      refusal([
        "quantizer.h.surrogate=arctan", "quantizer.h.surrogatePlacement=thresholds",
        "quantizer.h.kind=poisson",
      ]).first?.hasSuffix(
        "surrogatePlacement \"thresholds\" does not fit quantizer \"poisson\", which has none, "
          + "expected \"activity\"") == true)
    #expect(
      refusal(["quantizer.h.surrogateNormalization=unitMass"]).first?.contains(
        "used only where surrogate is not \"identity\"") == true)
    #expect(!refusal(["quantizer.m.surrogate=relu"], preset: "digits-gru").isEmpty)
  }

  @Test func `the list shows curve, support, mass, A-B and source of each`() throws {
    let group = try #require(Catalogue.group(named: "surrogates"))
    #expect(group.entries.map(\.name) == Surrogate.Kind.allCases.map(\.rawValue))
    let arctan = try #require(group.entries.first { $0.name == "arctan" })
    for part in ["█", "symmetric", "mass 1,", "A-B 0.0522", "alpha = 2", "arXiv:2007.05785"] {
      #expect(arctan.description.contains(part), "\(part)")
    }
    let relu = try #require(group.entries.first { $0.name == "relu" })
    for part in ["one-sided", "mass inf", "A-B 0;"] { #expect(relu.description.contains(part)) }
  }
}
