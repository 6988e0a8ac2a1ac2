import Foundation
import Testing

/// Commands of the real program on runs that it has stored.
@Suite(.serialized) struct StoredRunProgramTests {
  private let folder: URL

  init() throws {
    folder = Program.home.appendingPathComponent("stored-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func object(_ line: Substring) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any])
  }

  private func number(_ object: [String: Any]?, _ path: String...) -> Double? {
    var value: Any? = object
    for key in path { value = (value as? [String: Any])?[key] }
    return (value as? NSNumber)?.doubleValue
  }

  private func write(_ text: String, to name: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  /// Trains an epoch of digits into a folder; returns it and the events.
  private func train(
    _ name: String, _ arguments: String...
  ) throws -> (path: String, events: [[String: Any]]) {
    let path = folder.appendingPathComponent(name).path
    let output = try Program.run(
      ["run", "--json", "--epochs", "1", "--save-to", path] + arguments)
    #expect(output.end == .exited(0), "\(output.errors)")
    return (path, try output.lines.map(object))
  }

  /// Every image of a class is the same: ones for one class, halves for the other.
  private func sequences(_ count: Int, isLabelled: Bool) -> String {
    (0..<count).map { index in
      let value = index % 2 == 0 ? "\(5 + index % 3)" : "\(1 + index % 2)"
      let values = (0..<6).map { _ in value }.joined(separator: ",")
      return isLabelled ? "\(index % 2 == 0 ? "high" : "low"),\(values)" : values
    }.joined(separator: "\n")
  }

  private func trainSequences() throws -> String {
    _ = try write(sequences(60, isLabelled: true), to: "mine.csv")
    let file = try write(
      """
      [problem]
      dataset = "sequences"
      values = "mine.csv"
      channels = 2
      normalization = "standardized"
      [training]
      epochs = 12
      batch = 8
      [model]
      hidden = 8
      order = 4
      """, to: "mine.toml")
    let path = folder.appendingPathComponent("mine").path
    let output = try Program.run("run", file, "--plain", "--save-to", path)
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("\(path)/checkpoints/step-"), "\(output.text)")
    return path
  }

  @Test func `a saved run is evaluated as it was at its end`() throws {
    let (path, events) = try train("digits")
    let ended = try #require(events.first { $0["event"] as? String == "ended" })
    #expect(events.last?["event"] as? String == "ended")
    let saved = try #require(events.dropLast().last)
    #expect(saved["event"] as? String == "saved")
    #expect((saved["checkpoint"] as? String)?.hasPrefix(path + "/checkpoints/") == true)
    let output = try Program.run("eval", path, "--json")
    #expect(output.end == .exited(0), "\(output.errors)")
    let evaluated = try object(try #require(output.lines.first))
    #expect(output.lines.count == 1 && output.text.hasPrefix(#"{"event":"evaluated","epoch":1"#))
    let test = try #require((ended["metrics"] as? [String: Any])?["test"] as? [String: Any])
    for (regime, metric) in [
      ("spiking", "accuracy"), ("spiking", "spread"), ("spiking", "loss"),
      ("nonSpiking", "accuracy"), ("nonSpiking", "loss"), ("operations", "events"),
    ] {
      let found = number(evaluated, regime, metric)
      #expect(found != nil && found == number(test, regime, metric), "\(regime).\(metric)")
    }
    #expect(number(evaluated, "sites", "m", "bitsRange") == number(test, "sites", "m", "bitsRange"))
    #expect(number(evaluated, "samples") == 359)
    let plain = try Program.run("eval", path + "/", "--split", "validation", "--draws", "2")
    #expect(plain.end == .exited(0), "\(plain.errors)")
    #expect(plain.text.contains("180 samples of the validation part"))
    #expect(plain.text.contains("non-spiking") && !plain.text.contains("\u{1B}"))
  }

  /// Layers, readout and the forms of a network are those it was trained with.
  @Test(arguments: [
    ["model.layers=2", "readout.kind=mean", "readout.steps=5"], ["readout.kind=rate"],
    [
      "model.hiddenToMemory=false", "model.memoryToMemory=false", "model.hiddenToHidden=false",
      "quantizer.h.kind=off", "quantizer.m.kind=off", "training.batch=25",
    ],
  ])
  func `a saved network is the one that was trained`(settings: [String]) throws {
    let path = folder.appendingPathComponent("kind").path
    let output = try Program.run(
      ["run", "--json", "--epochs", "1", "--save-to", path]
        + settings.flatMap { ["--set", $0] })
    #expect(output.end == .exited(0), "\(output.errors)")
    let events = try output.lines.map(object)
    let ended = try #require(events.first { $0["event"] as? String == "ended" })
    let evaluated = try Program.run("eval", path, "--json")
    #expect(evaluated.end == .exited(0), "\(evaluated.errors)")
    let found = try object(try #require(evaluated.lines.first))
    let test = (ended["metrics"] as? [String: Any])?["test"] as? [String: Any]
    for (group, metric) in [
      ("spiking", "loss"), ("nonSpiking", "loss"), ("operations", "macs"), ("operations", "dense"),
    ] {
      #expect(number(found, group, metric) == number(test, group, metric), "\(group).\(metric)")
    }
    let row = (0..<64).map { _ in "16" }.joined(separator: ",")
    let images = try write(String(repeating: row + "\n", count: 30), to: "images.csv")
    let predicted = try Program.run("predict", path, images, "--probabilities")
    #expect(predicted.end == .exited(0) && predicted.lines.count == 31, "\(predicted.errors)")
    for line in predicted.lines.dropFirst() {
      let shares = line.split(separator: ",").dropFirst(3).compactMap { Double($0) }
      #expect(shares.count == 10 && abs(shares.reduce(0, +) - 1) < 1e-3, "\(line)")
    }
  }

  @Test func `a run lies where eval finds it by its name or as the latest`() throws {
    let output = try Program.run(
      "run", "digits-rnn", "--plain", "--epochs", "1", "--seed", "4751")
    #expect(output.end == .exited(0), "\(output.errors)")
    let run = try #require(Program.runFolder(seed: 4751))
    #expect(output.text.contains(run.path))
    #expect(!Program.checkpoints(seed: 4751).isEmpty)
    let evaluated = try Program.run("eval", run.lastPathComponent, "--json", "--draws", "1")
    #expect(evaluated.end == .exited(0), "\(evaluated.errors)")
    #expect(evaluated.text.contains(run.lastPathComponent))
    // Other runs go on in the folder of all runs meanwhile.
    let latest = try Program.runInShell(
      "export XDG_DATA_HOME=\(folder.path); mkdir -p $XDG_DATA_HOME/interspike/runs; "
        + "cp -r \(run.path) $XDG_DATA_HOME/interspike/runs/; "
        + "\"$PROGRAM\" eval latest --json --draws 1")
    #expect(latest.end == .exited(0), "\(latest.errors)")
    #expect(latest.text.contains(run.lastPathComponent))
  }

  @Test func `a run on sequences is evaluated and used without its data`() throws {
    let path = try trainSequences()
    try FileManager.default.removeItem(at: folder.appendingPathComponent("mine.csv"))
    let labelled = try write(sequences(20, isLabelled: true), to: "other.csv")
    let evaluated = try Program.run("eval", path, "--values", labelled, "--json")
    #expect(evaluated.end == .exited(0), "\(evaluated.errors)")
    let result = try object(try #require(evaluated.lines.first))
    #expect(try #require(number(result, "spiking", "accuracy")) > 0.9, "\(evaluated.text)")
    #expect(number(result, "samples") == 20 && result["values"] as? String == labelled)
    let gone = try Program.run("eval", path)
    #expect(gone.end == .exited(3))
    #expect(gone.errors.contains("mine.csv"))
    let unlabelled = try write(sequences(20, isLabelled: false), to: "new.csv")
    let predicted = try Program.run("predict", path, unlabelled, "--probabilities")
    #expect(predicted.end == .exited(0), "\(predicted.errors)")
    #expect(predicted.lines.first == "sample,label,confidence,high,low")
    let labels = predicted.lines.dropFirst().map { $0.split(separator: ",")[1] }
    #expect(labels == (0..<20).map { $0 % 2 == 0 ? "high" : "low" })
    let file = folder.appendingPathComponent("predictions.jsonl").path
    let written = try Program.run(
      "predict", path, labelled, "--json", "--draws", "2", "--output", file)
    #expect(written.end == .exited(0) && written.text.isEmpty, "\(written.errors)")
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 20)
    #expect(try object(lines[1])["label"] as? String == "low")
  }

  @Test func `images are told by the network of a run on images`() throws {
    let (path, _) = try train("digits-images")
    let row = (0..<64).map { _ in "16" }.joined(separator: ",")
    let csv = try write(row + "\n" + row + "\n", to: "images.csv")
    let predicted = try Program.run("predict", path, csv)
    #expect(predicted.end == .exited(0), "\(predicted.errors)")
    #expect(predicted.lines.count == 3)
    let file = folder.appendingPathComponent("images-idx3-ubyte")
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 8]
    try Data(header + [UInt8](repeating: 16, count: 128)).write(to: file)
    #expect(try Program.run("predict", path, file.path).text == predicted.text)
    let wrong = try write("1,2,3\n", to: "wrong.csv")
    let refused = try Program.run("predict", path, wrong)
    #expect(refused.end == .exited(3))
    #expect(refused.errors.contains("wrong.csv:1: found 3 values, expected the 64"))
    #expect(try Program.run("predict", path, "no-such.csv").end == .exited(3))
  }

  @Test func `a sweep has the trained row and ends at infinity`() throws {
    let (path, _) = try train("swept")
    let output = try Program.run("w-sweep", path, "--json", "--limit", "50", "--draws", "2")
    #expect(output.end == .exited(0), "\(output.errors)")
    let rows = try output.lines.map(object)
    #expect(rows.count == 10)
    let trained = rows.filter { $0["trained"] as? Bool == true }
    #expect(trained.count == 1 && number(trained[0], "w", "h") == 1)
    #expect(number(rows.last, "nonSpiking", "accuracy") != nil)
    #expect((rows.last?["w"] as? [String: Any])?["h"] is NSNull)
    let plain = try Program.run(
      "w-sweep", path, "--sites", "m", "--from", "0.5", "--to", "8", "--points", "3", "--split",
      "test", "--draws", "1", "--limit", "20")
    #expect(plain.end == .exited(0), "\(plain.errors)")
    #expect(plain.lines[0].contains("20 samples of the test part, m varied"))
    #expect(plain.lines.count == 2 + 3 + 1 + 2, "\(plain.text)")
    #expect(plain.lines.allSatisfy { $0.count <= 100 })
  }

  @Test func `training begins with the weights of a run or a file`() throws {
    let (path, events) = try train("begun")
    let before = events.filter { $0["event"] as? String == "stepped" }.compactMap {
      number($0, "loss")
    }
    let first = try #require(before.first)
    let checkpoint = try #require(
      try FileManager.default.contentsOfDirectory(atPath: path + "/checkpoints").max())
    let file = path + "/checkpoints/" + checkpoint
    for from in [path, file] {
      let output = try Program.run("run", "--json", "--epochs", "1", "--from", from)
      #expect(output.end == .exited(0), "\(output.errors)")
      let began = try object(try #require(output.lines.first))
      #expect(began["from"] as? String == file)
      let losses = try output.lines.map(object).filter { $0["event"] as? String == "stepped" }
        .compactMap { number($0, "loss") }
      #expect(try #require(losses.first) < first)
    }
    let plain = try Program.run("run", "--plain", "--epochs", "1", "--from", path)
    #expect(plain.text.contains("begins with the weights of") && plain.text.contains(file))
  }

  @Test func `weights of another model are refused with all that is wrong`() throws {
    let (path, _) = try train("other")
    let output = try Program.run("run", "digits-gru", "--plain", "--from", path)
    #expect(output.end == .exited(2), "\(output.errors)")
    #expect(output.errors.contains("not the weights of this model"))
    #expect(output.errors.contains("missing: gru.hiddenWeights ("))
    #expect(output.errors.contains("not expected: lmu.bias (1 x 128)"))
    let smaller = try Program.run("run", "--plain", "--set", "model.hidden=16", "--from", path)
    #expect(smaller.errors.contains("lmu.bias: found 1 x 128, expected 1 x 16"))
    let changed = try Program.run("eval", path, "--set", "model.hidden=16")
    #expect(changed.end == .exited(2) && changed.errors.contains("step-"), "\(changed.errors)")
    let damaged = try write("no weights", to: "damaged.safetensors")
    let refused = try Program.run("run", "--json", "--from", damaged)
    #expect(refused.end == .exited(3))
    #expect(refused.errors.contains(damaged + ": not a safetensors file"), "\(refused.errors)")
    #expect(try Program.run("run", "--plain", "--from", "none.safetensors").end == .exited(2))
    #expect(try Program.run("run", "--plain", "--save-to", path).end == .exited(2))
  }

  @Test func `what is no stored run is refused with what was looked for`() throws {
    let empty = folder.appendingPathComponent("empty").path
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    let (path, _) = try train("few")
    for (arguments, end, words) in [
      (["eval", "no-such-run"], 2, "no run 'no-such-run'"),
      (["eval", empty], 2, "it has no experiment.toml"),
      (["eval", path, "--checkpoint", "3"], 2, "no checkpoint of step 3, expected one of: "),
      (["eval", path, "--checkpoint", "none.safetensors"], 2, "there is no such file"),
      (["eval", path, "--checkpoint", path + "/experiment.toml"], 3, "experiment.toml"),
      (["eval", path, "--values", "a.csv"], 2, "expected one on sequences"),
      (["eval", path, "--labels", "a.csv"], 2, "--labels needs --values"),
      (["eval", path, "--draws", "0"], 2, "--draws 0"),
      (["eval", path, "--set", "model.hiden=3"], 2, "model.hidden"),
      (["w-sweep", path, "--sites", "x"], 2, "unknown site 'x'"),
      (["w-sweep", path, "--from", "1"], 2, "--from and --to belong together"),
      (["w-sweep", path, "--from", "4", "--to", "1"], 2, "expected a smaller and a larger number"),
      (["predict", path], 2, "file"),
      (["run", "--once", "--save-to", "x"], 2, "exclude each other"),
    ] as [([String], Int32, String)] {
      let output = try Program.run(arguments)
      #expect(output.end == .exited(end), "\(arguments) \(output.errors)")
      #expect(output.errors.contains(words), "\(arguments) \(output.errors)")
      #expect(output.text.isEmpty)
    }
  }
}
