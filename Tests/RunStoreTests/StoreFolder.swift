import Foundation
import RunStore
import Runs

/// A folder of a test's own with runs as the recorder leaves them.
final class StoreFolder {
  let root = NSTemporaryDirectory() + "store-" + UUID().uuidString
  let location: RunStoreLocation
  /// Warnings of the indexes that were opened.
  private(set) var warnings: [IndexWarning] = []

  init() {
    location = RunStoreLocation(runsFolder: root + "/interspike/runs")
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func openIndex() throws -> RunIndex {
    try RunIndex(location) { [weak self] in self?.warnings.append($0) }
  }

  /// Makes or changes a run, by default in the folder of all runs; returns its folder.
  @discardableResult
  func write(
    _ name: String, events: [String]? = nil, experiment: String = "name = \"digits\"\n",
    about: String? = nil, in parent: String? = nil
  ) throws -> String {
    let folder = (parent ?? location.runsFolder) + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(experiment, to: folder + "/experiment.toml")
    if let events { try write(events.map { $0 + "\n" }.joined(), to: folder + "/events.jsonl") }
    if let about { try write(about, to: folder + "/about.json") }
    return folder
  }

  func write(_ text: String, to path: String) throws {
    try DurableFile.write(Array(text.utf8), to: path)
  }

  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: location.dataFolder)) ?? []).sorted()
  }
}

/// Lines of `events.jsonl`.
enum EventLine {
  static func began(
    _ name: String = "digits", batch: Int = 32, at second: Int = 0, parent: String? = nil
  ) -> String {
    let fork = parent.map { #","parent":{"run":"\#($0)","step":20}"# } ?? ""
    return #"{"event":"began","version":"0.1.0","run":"r","seed":7,"#
      + #""experiment":{"name":"\#(name)","training":{"batch":\#(batch),"epochs":60,"from":""},"model":{"kind":"lmu","gated":true},"#
      + #""schedule":{"points":[0,0.5]}},"parameters":26315,"state":192,"form":"stepwise","#
      + #""name":"\#(name)","model":"LMU 128/64","steps":100,"epochs":10\#(fork),\#(time(second))}"#
  }

  static func time(_ second: Int) -> String {
    let (minutes, rest) = second.quotientAndRemainder(dividingBy: 60)
    let padded = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
    return #""time":"2026-11-27T18:\#(padded(minutes)):\#(padded(rest)).500Z""#
  }

  static func evaluated(
    _ accuracy: Double, step: Int, split: String = "validation", bits: Double = 1.5, at second: Int
  ) -> String {
    #"{"event":"evaluated","epoch":\#(step / 10),"step":\#(step),"split":"\#(split)","#
      + #""spiking":{"accuracy":\#(accuracy),"loss":\#(1 - accuracy)},"#
      + #""nonSpiking":{"accuracy":0.95,"loss":0.2},"sites":{"h":{"bitsRange":\#(bits)},"#
      + #""m":{"bitsRange":2.5}},"energy":{"compute45nm":{"assumptions":"none"}},\#(time(second))}"#
  }

  static func edited(step: Int, at second: Int) -> String {
    #"{"event":"edited","step":\#(step),"edit":{"undo":{}},\#(time(second))}"#
  }

  static func saved(step: Int, _ reason: String, at second: Int) -> String {
    #"{"event":"saved","checkpoint":"checkpoints/step-0.safetensors","step":\#(step),"#
      + #""reason":"\#(reason)",\#(time(second))}"#
  }

  static func resumed(step: Int, at second: Int) -> String {
    #"{"event":"resumed","step":\#(step),"epoch":\#(step / 10),"checkpoint":"c",\#(time(second))}"#
  }

  static func ended(
    _ outcome: String = "completed", test: Double? = nil, seconds: Double = 41, at second: Int
  ) -> String {
    let metrics = test.map { #""test":{"spiking":{"accuracy":\#($0)}}"# } ?? ""
    return #"{"event":"ended","outcome":"\#(outcome)","reason":"done","epochs":10,"#
      + #""seconds":\#(seconds),"metrics":{\#(metrics)},\#(time(second))}"#
  }
}
