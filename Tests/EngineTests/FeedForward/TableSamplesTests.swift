import Testing

@testable import Engine

/// Tables as data of feed-forward networks.
@Suite struct TableSamplesTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func configuration(
    _ rows: [String], header: String = "x,y,kind",
    _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudyConfiguration {
    var configuration = FeedForwardStudyConfiguration()
    (configuration.model, configuration.width, configuration.depth) = (.chain, 6, 1)
    (configuration.activation, configuration.rule) = (.learned, .adam)
    configuration.take(.stable(degree: 4))
    configuration.fullPrecision = .init(epochs: 30, rate: 0.03)
    (configuration.quantized.epochs, configuration.batch) = (0, 32)
    configuration.dataSet = .table
    let text = ([header] + rows).joined(separator: "\n")
    configuration.table.file = try directory.write(Array(text.utf8), to: "t.csv")
    configuration.table.target = "kind"
    change(&configuration)
    return configuration
  }

  private let nowhere = DataLocations(option: nil, environment: [:])

  private func study(_ configuration: FeedForwardStudyConfiguration) throws -> FeedForwardStudy {
    try FeedForwardStudy(
      name: "test", configuration: configuration,
      images: configuration.loadImages(from: nowhere, seed: 3), seed: 3, threads: 2)
  }

  /// Points of a square, by whether they are far from its middle.
  private let rows = (0..<200).map { row in
    let (x, y) = (Double(row * 37 % 201) / 100 - 1, Double(row * 83 % 199) / 99 - 1)
    return "\(x),\(300 + 50 * y),\(x * x + y * y > 0.6 ? "far" : "near")"
  }

  @Test func `inputs are scaled by the rows that train, and classes keep their names`() throws {
    let configuration = try configuration(["1,2,a", "3,5,b", "5,2,a", "4,4,b", "9,3,a"])
    let samples = try configuration.loadImages(from: nowhere, seed: 1)
    #expect(samples.classNames == ["a", "b"] && samples.shape == ImageShape(channels: 2))
    #expect(samples.count(in: .training) == 4 && samples.count(in: .validation) == 1)
    var row: [Float] = [0, 0, 0]
    row.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress {
        samples.copyImage(0, in: .test, to: base, stride: 2)
      }
    }
    #expect(row[0] == 3 && abs(row[2] + 1 / 3) < 1e-6)
    #expect((0..<4).map { samples.label($0, in: .training) } == [0, 1, 0, 1])
    #expect(samples.label(0, in: .test) == 0 && !samples.isRegression)
  }

  @Test func `the classes of a table are learned`() throws {
    let study = try study(try configuration(rows))
    guard case .ended(let end)? = try study.events().last else {
      Issue.record("the study has no end")
      return
    }
    let score = try #require(end.metrics.first { $0.gauge == "test.nonSpiking.accuracy" })
    #expect(score.last >= 0.8)
    guard case .curves(let look)? = study.probe(.curves(CurvesRequest())) else {
      Issue.record("there is no look")
      return
    }
    #expect(look.classes == ["far", "near"])
  }

  @Test func `a regression is told by its error in the units of the data`() throws {
    let values = (0..<150).map { row in
      let x = Double(row * 37 % 151) / 75 - 1
      return "\(x),\(Double(row % 7)),\(1000 * x * x)"
    }
    let configuration = try configuration(values) { $0.table.task = .regression }
    let study = try study(configuration)
    guard case .ended(let end)? = try study.events().last else {
      Issue.record("the study has no end")
      return
    }
    let value = { (name: String) in end.metrics.first { $0.gauge == "test.nonSpiking.\(name)" } }
    let (error, share) = (try #require(value("rmse")), try #require(value("r2")))
    let samples = try configuration.loadImages(from: nowhere, seed: 3)
    let loss = try #require(value("loss")).last
    #expect(abs(error.last - samples.targetScale * loss.squareRoot()) < 1e-9 * error.last)
    #expect(samples.targetScale > 100 && error.last > 1)
    let targets = (0..<samples.count(in: .test)).map { Double(samples.target($0, in: .test)) }
    let mean = targets.reduce(0, +) / Double(targets.count)
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(targets.count)
    #expect(abs(share.last - (1 - loss / variance)) < 1e-9 && share.last > 0.8)
    #expect(study.gauges.contains { $0.id == "validation.nonSpiking.rmse" })
  }

  @Test func `mistakes are told with file, line and column`() throws {
    let configuration = try configuration(["1,2,a", "3,wet,b"])
    let error = try #require(throws: DataError.self) {
      try configuration.loadImages(from: nowhere, seed: 1)
    }
    let text = description(of: error)
    #expect(text.hasSuffix("t.csv:3: column y: found \"wet\", expected a finite number"), "\(text)")
  }
}
