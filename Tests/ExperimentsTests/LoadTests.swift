import Engine
import Experiments
import Foundation
import Testing

@Suite struct LoadTests {
  /// The sentences with which loading is refused.
  private func refusal(
    _ reference: String = "digits", sets: [String] = [], overrides: ExperimentOverrides = .init()
  ) -> [String] {
    do {
      _ = try ExperimentFile.load(reference, sets: sets, overrides: overrides)
      return []
    } catch {
      return error.sentences
    }
  }

  private func withFile(_ bytes: Data, named name: String, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try bytes.write(to: file)
    try body(file.path)
  }

  @Test(arguments: KeyTable.keys.map(\.path))
  func `every key can be set by an argument`(path: String) throws {
    let key = try #require(KeyTable.key(at: path))
    var sets: [String] = []
    if let condition = key.condition, case .names(let names) = condition.values {
      sets.append("\(condition.selector)=\(try #require(names.last))")
    } else if let condition = key.condition {
      let value =
        switch condition.values {
        case .path: "test.npy"
        case .other: "arctan"
        default: "3"
        }
      sets.append("\(condition.selector)=\(value)")
    }
    if path.hasPrefix("theory.") { sets.append("study=theory") }
    if path.hasPrefix("feedforward.") { sets.append("study=feedforward") }
    if path.hasPrefix("kolmogorov.") { sets.append("study=kolmogorov") }
    if path.hasPrefix("inhibitory.") { sets.append("study=inhibitory") }
    if path.hasPrefix("spiking.") { sets.append("study=spiking") }
    if path.hasPrefix("model.learned.") { sets.append("model.activation=learned") }
    if sets.contains("kolmogorov.data=table") {
      sets += ["kolmogorov.file=a.csv", "kolmogorov.target=kind"]
    }
    if sets.contains("feedforward.dataset=table") {
      sets += ["feedforward.file=a.csv", "feedforward.target=kind", "feedforward.model=chain"]
    }
    if path.hasPrefix("feedforward.learned.") { sets.append("feedforward.activation=learned") }
    if ["feedforward.points", "feedforward.order"].contains(path) {
      sets.append("feedforward.model=chain")
    }
    // Clipped inputs are not normalized otherwise.
    if path == "feedforward.learned.normalization" { sets.append("feedforward.learned.ends=open") }
    if key.section == "feedforward.schedule" {
      sets += ["\(key.section).boundaries=[5]", "\(key.section).values=[2, 1]"]
    }
    if sets.contains("problem.dataset=sequences") || path.hasPrefix("problem.test") {
      sets += ["problem.dataset=sequences", "problem.values=a.csv"]
    }
    if ["problem.side", "problem.convention"].contains(path) {
      sets.append("problem.dataset=mnist")
    }
    if path.contains("quantizer") && path.contains("schedule") || path.contains("learningRate")
      || path.hasPrefix("inhibitory.coupling")
    {
      let table = key.section
      if sets.contains(where: { $0.hasSuffix("piecewiseConstant") }) {
        sets += ["\(table).boundaries=[5]", "\(table).values=[2, 1]"]
      }
      if sets.contains(where: { $0.hasSuffix("keypoints") }) {
        sets.append("\(table).points=[[0, 2], [1, 1]]")
      }
      // The standard learning rate ends at 0, which has no logarithm.
      if sets.contains(where: { $0.hasSuffix("learningRate.shape=step") }) {
        sets.append("\(table).end=0.0001")
      }
    }
    let value = try #require(Self.values[path] ?? Self.values[key.name])
    let base = try ExperimentFile.load(sets: sets)
    let changed = try ExperimentFile.load(sets: sets + ["\(path)=\(value)"])
    #expect(changed != base)
  }

  /// A value unlike the standard one for each key, by path or else by name.
  private static let values = [
    "study": "theory", "mode": "sampled", "theory.steps": "77", "target": "drawn",
    "vStar": "[1, 2]", "wStar": "[3]", "patches": "5", "inputs": "6", "estimator": "relu",
    "race": "[]", "theory.rate": "0.1", "normaliseW": "true", "theory.start": "random",
    "startNorm": "3", "speed": "50",
    "feedforward.model": "resnet20", "bits": "3", "thresholds": "ceil",
    "feedforward.surrogate": "relu", "fullPrecisionEpochs": "0", "fullPrecisionRate": "0.3",
    "fullPrecisionMilestones": "[2]", "quantizedEpochs": "3", "quantizedRate": "0.3",
    "quantizedMilestones": "[2, 4]", "weightDecay": "1e-4", "augmentation": "true",
    "feedforward.resolution": "lsq", "elementWise": "0.1", "scaledNorm": "true",
    "feedforward.activation": "learned", "feedforward.recipe": "paper", "routines": "[\"ALT\"]",
    "feedforward.head": "kolmogorov", "features": "5", "feedforward.kolmogorov.points": "8",
    "feedforward.width": "9", "depth": "3", "filters": "8", "dropout": "0.25",
    "feedforward.points": "50", "feedforward.order": "2", "feedforward.rule": "adam",
    "feedforward.clipNorm": "2", "weightStart": "glorot", "basis": "legendre", "degree": "3",
    "degrees": "[2, 5]", "sharing": "layer", "feedforward.learned.normalization": "maximum",
    "inputNorm": "false", "gate": "true", "ends": "open", "clipScale": "2",
    "model.learned.sharing": "neuron", "model.learned.start": "relu", "reach": "2",
    "feedforward.learned.start": "tanh", "startDeviation": "0.2", "startReach": "2",
    "places": "1", "rateFactor": "5", "alternation": "20", "frozen": "true",
    "penaltyAbsolute": "0.1", "penaltySquare": "0.1", "penaltyOnLow": "true",
    "trainsOnValidation": "true", "trainingSamples": "9", "evaluationSamples": "9",
    "kolmogorov.data": "sine", "passes": "9", "file": "b.csv", "kolmogorov.target": "class",
    "task": "regression", "columns": "a, b", "split": "random", "units": "5",
    "kolmogorov.points": "8",
    "kernel": "matern52", "lengthScale": "0.75", "noise": "1e-4", "prior": "linear",
    "sum": "root", "warmUp": "7", "trained": "[\"noise\"]", "kolmogorov.energy": "0.01",
    "groupL1": "0.003",
    "neurons": "50", "topology": "global", "inDegree": "9", "lowest": "1.1", "highest": "1.75",
    "spread": "even", "delay": "0.25", "method": "heap", "clockStep": "0.001", "transient": "20",
    "duration": "30", "sampling": "0.05", "window": "7",
    "outer": "none",
    "spiking.dataSet": "mnist", "hiddenLayers": "50-R60", "spiking.thresholds": "[9, 8, 7]",
    "graph": "released", "lateral": "0.5", "membrane": "100", "synapse": "9", "refractory": "3",
    "spiking.steps": "50", "spiking.method": "hm2-bp", "postDerivative": "ratio",
    "weightRule": "full", "silentRatio": "0.25", "desired": "20", "undesired": "3", "margin": "2",
    "spiking.penalty": "3", "weighsSamples": "false", "heldOut": "7",
    "kolmogorov.quantizer": "uniform", "activationBits": "6", "spikeSteps": "9",
    "innerReach": "3", "outerReach": "5",
    "stop.when": "spiking.accuracy >= 0.98 or spiking.loss stalls 5",
    "preset": "psmnist-7", "name": "other", "title": "Another title", "dataset": "mnist",
    "problem.order": "rows", "convention": "kerasLMU", "side": "14", "model.kind": "gru",
    "layers": "2", "readout.kind": "rate", "readout.steps": "5", "hidden": "12", "order": "13",
    "theta": "14.5", "variant": "quantizedState",
    "discretization": "euler", "activation": "relu", "initialization": "full",
    "hiddenBias": "false", "memoryBias": "true", "hiddenToMemory": "false",
    "memoryToMemory": "false", "inputToHidden": "false", "hiddenToHidden": "false",
    "recurrentInitialization": "identity", "reset": "before",
    "memory": "36", "heads": "16", "rectified": "true", "layerNorm": "true",
    "kind": "nearest", "scale": "0.5", "quantile": "0.75",
    "surrogate": "triangular(gamma=0.3, w=2)", "surrogateNormalization": "unitPeak",
    "surrogatePlacement": "thresholds",
    "initialVoltage": "half", "voltageSeed": "7", "shape": "linear", "bypass": "0.25",
    "hold": "0.125", "value": "0.3", "start": "0.7", "end": "0.2", "plateaus": "6",
    "rate": "0.25", "decaySteps": "77", "staircase": "true", "boundaries": "[9]",
    "values": "[0.5, 0.25]", "points": "[[0, 0.5], [1, 0.25]]", "interpolation": "hold",
    "startBits": "3.5", "endBits": "1.5", "width": "1.25", "rule": "momentum", "beta1": "0.8",
    "beta2": "0.9", "epsilon": "1e-3", "momentum": "0.5", "clipNorm": "off", "patience": "4",
    "factor": "0.75", "minimum": "2", "epochs": "3", "batch": "16", "shards": "4", "seed": "11",
    "from": "w.safetensors",
    "problem.values": "b.csv", "labels": "b.txt", "testValues": "c.npy", "testLabels": "d.npy",
    "channels": "3", "validationShare": "0.25", "testShare": "0.125",
    "normalization": "standardized", "everyEpochs": "5", "draws": "6", "testDraws": "7",
    "weightRead": "640", "stateRead": "8", "stateWrite": "9", "add": "0.5", "multiply": "2.5",
  ]

  @Test func `bare words, tables and dotted keys are taken from arguments`() throws {
    let experiment = try ExperimentFile.load(
      "digits",
      sets: [
        "title=Two words", "model = {hidden = 5, order = 6}", "quantizer.m.kind = \"off\"",
        "quantizer.h.schedule={shape=\"linear\", start=3}", "optimizer.clipNorm=0",
      ])
    #expect(experiment.title == "Two words")
    #expect(experiment.training.model.lmu?.hidden == 5)
    #expect(experiment.training.model.lmu?.order == 6)
    #expect(experiment.training.model.lmu?.m.kind == .off)
    #expect(
      experiment.training.model.lmu?.h.resolution == Schedule(.linear(start: 3, end: 1), hold: 0.6))
    #expect(experiment.training.optimizer.clipNorm == nil)
  }

  @Test func `another data set brings its largest side and theta follows the steps`() throws {
    let experiment = try ExperimentFile.load(
      "digits", sets: ["problem.dataset=mnist", "model.theta=steps"])
    #expect(experiment.problem.side == 28)
    #expect(experiment.training.model.lmu?.theta == 784)
    let smaller = try ExperimentFile.load(
      "digits", sets: ["model.theta=steps", "problem.dataset=mnist", "problem.side=14"])
    #expect(smaller.training.model.lmu?.theta == 196)
  }

  @Test func `options win over arguments, arguments over the file, the file over its preset`()
    throws
  {
    let text = """
      preset = "psmnist"
      [training]
      epochs = 7
      batch = 8
      seed = 9
      """
    try withFile(Data(text.utf8), named: "mine.toml") { path in
      let experiment = try ExperimentFile.load(
        path, sets: ["training.batch=16", "training.seed=10"],
        overrides: .init(seed: 11, epochs: nil))
      #expect(experiment.name == "mine")
      #expect(experiment.problem.dataSet == .mnist)
      #expect(experiment.training.epochs == 7)
      #expect(experiment.training.batch == 16)
      #expect(experiment.training.seed == 11)
    }
  }

  @Test func `an argument that changes the shape drops what the file gave to the old one`() throws {
    let text = "quantizer.m.schedule = {shape = \"exponential\", start = 8, rate = 0.5}"
    try withFile(Data(text.utf8), named: "mine.toml") { path in
      let experiment = try ExperimentFile.load(path, sets: ["quantizer.m.schedule.shape=hold"])
      #expect(experiment.training.model.lmu?.m.resolution == Schedule(.hold(8), hold: 0.6))
    }
  }

  @Test func `mistakes in arguments name the argument`() {
    #expect(
      refusal(sets: ["model.hiden=3", "training.epochs=many", "seed", "model.order=[1", "=3"]) == [
        "--set model.hiden=3: unknown key model.hiden; did you mean model.hidden?",
        "--set seed: expected key=value",
        "--set model.order=[1: not valid TOML: Error while parsing array: encountered "
          + "end-of-file",
        "--set =3: unknown key \"\"",
        "--set training.epochs=many: training.epochs: found \"many\", expected an integer in "
          + "1...100000",
      ])
    #expect(
      refusal(overrides: .init(seed: .max, epochs: 0)) == [
        "--epochs 0: training.epochs: found 0, expected an integer in 1...100000",
        "--seed 18446744073709551615: training.seed: found 1.8446744073709552e19, expected an "
          + "integer in 0...9223372036854775807",
      ])
  }

  @Test func `an unknown preset is answered with the nearest and all`() {
    let sentence = refusal("digts").first ?? ""
    #expect(
      sentence.hasPrefix("unknown preset \"digts\"; did you mean digits?; presets are digits,"))
    #expect(Presets.all.allSatisfy { sentence.contains($0.name) })
  }

  @Test func `files that cannot be read are refused by reason`() throws {
    #expect(refusal("./nowhere.toml") == ["./nowhere.toml: no such file"])
    #expect(refusal("/tmp/") == ["/tmp/: is a directory, not an experiment file"])
    #expect(
      refusal("/dev/zero") == [
        "/dev/zero: longer than 1048576 bytes, too long for an experiment file"
      ])
    try withFile(Data([0x61, 0x0A, 0x23, 0xFF]), named: "x.toml") { path in
      #expect(refusal(path) == ["\(path):2: not UTF-8 text"])
    }
    try withFile(Data("a = 1\n# \u{0}".utf8), named: "x.toml") { path in
      #expect(refusal(path) == ["\(path):2:3: not valid TOML: contains a zero byte"])
    }
  }

  @Test func `mistakes of the file come before those of the arguments`() throws {
    try withFile(Data("[training]\nepochs = 0\nshards = 0\n".utf8), named: "x.toml") { path in
      #expect(
        refusal(path, sets: ["training.batch=0"]) == [
          "\(path):2: training.epochs: found 0, expected an integer in 1...100000",
          "\(path):3: training.shards: found 0, expected an integer in 1...256",
          "--set training.batch=0: training.batch: found 0, expected an integer in 1...65536",
        ])
    }
  }
}
