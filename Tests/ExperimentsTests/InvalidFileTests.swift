import Experiments
import Foundation
import Testing

/// Every file in `Invalid` is refused with the sentences in the text file beside it.
@Suite struct InvalidFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Invalid")

  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func `there is a file for every kind of mistake`() {
    #expect(Self.names.count >= 20)
  }

  @Test(arguments: names)
  func `a file is refused with the expected sentences`(name: String) throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: "\(name).toml"), encoding: .utf8)
    let expectedFile = Self.folder.appending(path: "\(name).txt")
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.decode(text, file: "\(name).toml")
    }
    let expected = try String(contentsOf: expectedFile, encoding: .utf8)
    #expect(failure.sentences == expected.split(separator: "\n").map(String.init))
  }
}
