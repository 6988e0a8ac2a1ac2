import Foundation
import TestSupport
import Testing

/// Runs written for other programs, and read by them where they are there.
@Suite struct ExportProgramTests {
  private let folder: URL

  init() throws {
    folder = Program.home.appendingPathComponent("export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func train() throws {
    let output = try Program.run(
      "run", "digits-rnn", "--epochs", "2", "--seed", "4921", "--json", "--save-to", path("run"),
      "--tfevents", path("live"))
    #expect(output.end == .exited(0), "\(output.errors)")
    for (format, name) in [
      ("csv", "run.csv"), ("tfevents", "tensorboard"), ("safetensors", "run.safetensors"),
      ("nir", "run.nir"),
    ] {
      let exported = try Program.run(
        "export", path("run"), "--format", format, "--output", path(name))
      #expect(exported.end == .exited(0), "\(exported.errors)")
    }
  }

  @Test func `a run is written in every form, and not over what is there`() throws {
    try train()
    let table = try String(contentsOfFile: path("run.csv"), encoding: .utf8)
    let lines = table.components(separatedBy: "\r\n").dropLast()
    #expect(lines.count == 81 && lines[0].hasPrefix("step,epoch,seconds,branch,loss,"))
    let results = try String(contentsOfFile: path("run-evaluations.csv"), encoding: .utf8)
    #expect(results.contains("validation") && results.contains("test"))
    let report = try String(contentsOfFile: path("run.nir.txt"), encoding: .utf8)
    #expect(report.contains("plain RNN (156 hidden units)"), "\(report)")
    let again = try Program.run(
      "export", path("run"), "--format", "csv", "--output", path("run.csv"))
    #expect(again.end == .exited(2) && again.errors.contains("--force"), "\(again.errors)")
    let plot = try Program.run(
      "plot", path("run"), "--gauge", "loss", "-g", "validation.spiking.accuracy", "--svg",
      path("run.svg"))
    #expect(plot.end == .exited(0), "\(plot.errors)")
    let picture = try String(contentsOfFile: path("run.svg"), encoding: .utf8)
    #expect(picture.contains(">loss<") && picture.contains("validation.spiking.accuracy %"))
    let unknown = try Program.run("plot", path("run"), "--gauge", "lose")
    #expect(unknown.end == .exited(2) && unknown.errors.contains("'loss'"), "\(unknown.errors)")
    let wrong = try Program.run("export", path("run"), "--format", "csv", "--with-optimizer")
    #expect(wrong.end == .exited(2))
  }

  @Test func `a simulation has no weights to write`() throws {
    let output = try Program.run(
      "run", "inhibitory-regular", "--plain", "--seed", "5441", "--save-to", path("network"),
      "--set", "inhibitory.neurons=30", "--set", "inhibitory.transient=5",
      "--set", "inhibitory.duration=10")
    #expect(output.end == .exited(0), "\(output.errors)")
    let weights = try Program.run(
      "export", path("network"), "--format", "safetensors", "--output", path("weights"))
    #expect(weights.end == .exited(2), "\(weights.errors)")
    #expect(weights.errors.contains("a simulation has none"), "\(weights.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("weights")))
    let table = try Program.run(
      "export", path("network"), "--format", "csv", "--output", path("network.csv"))
    #expect(table.end == .exited(0), "\(table.errors)")
  }

  @Test(.enabled(if: PythonPeer.isThere, Comment(rawValue: PythonPeer.absence)))
  func `the packages of Python read the same numbers`() throws {
    let python = try #require(PythonPeer.interpreter)
    try train()
    let script = """
      import csv, sys, nir, numpy
      from safetensors.numpy import load_file
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      root = sys.argv[1]
      rows = list(csv.DictReader(open(root + '/run.csv', newline='')))
      losses = [numpy.float32(row['loss']) for row in rows]
      for folder in ['tensorboard', 'live']:
          events = EventAccumulator(root + '/' + folder, size_guidance={'scalars': 0})
          events.Reload()
          found = events.Scalars('loss')
          assert [e.step for e in found] == [int(row['step']) for row in rows], folder
          assert [numpy.float32(e.value) for e in found] == losses, folder
          assert 'validation/spiking/accuracy' in events.Tags()['scalars'], folder
      weights = load_file(root + '/run.safetensors')
      assert weights['rnn.hiddenWeights'].shape == (156, 156), weights.keys()
      assert weights['readout.bias'].shape == (1, 10)
      assert all(numpy.isfinite(w).all() for w in weights.values())
      graph = nir.read(root + '/run.nir')
      affine = graph.nodes['readout']
      assert (affine.weight == weights['readout.weights'].T).all()
      assert (affine.bias == weights['readout.bias'][0]).all()
      assert graph.nodes['hidden_quantizer'].metadata['standsFor'] == 'quantizer'
      print('the same')
      """
    try script.write(toFile: path("check.py"), atomically: true, encoding: .utf8)
    let output = try Program.runInShell("\(python) \(path("check.py")) \(folder.path)")
    #expect(output.text.hasSuffix("the same\n"), "\(output.errors)")
  }
}
