import Foundation
import Golden
import Testing

@testable import Engine

/// The reference networks and the anchors on the real data (specification, section 9).
@Suite(
  .enabled(
    if: isHere(DataCatalogue.banknote),
    "SKIPPED: no banknote.csv in INTERSPIKE_DATA or ../shared/data"))
struct BanknoteGoldenTests {
  private let table: TableSet

  init() throws {
    Products.confineToThisThread()
    table = try BanknoteTable.load(from: realData)
  }

  private func file(_ name: String) throws -> GoldenValue {
    try GoldenValue(
      contentsOf: packageRoot.appendingPathComponent("Tests/Golden/gp/\(name).json"))
  }

  private func network(_ value: GoldenValue, bias: Double) throws -> KolmogorovNetwork {
    let points = try ControlPoints.uniform()
    let units = try value.value("u").elements()
    return KolmogorovNetwork(
      inner: points, outer: points, innerOutputs: try units.map { try $0.rows() },
      outerOutputs: try value.value("v").rows().map { [$0] }, biases: [bias])
  }

  private func score(
    _ network: KolmogorovNetwork, _ split: Gauge.Split
  ) -> KolmogorovScore {
    KolmogorovScore(table.indices(of: split), of: table, loss: .logistic) {
      network.run($0).outputs
    }
  }

  @Test func `reference networks are right on all rows, and as important as told`() throws {
    let file = try file("banknote_reference")
    #expect(try file.value("lo").doubles() == table.ranges.map(\.lowerBound))
    #expect(try file.value("hi").doubles() == table.ranges.map(\.upperBound))
    for item in try file.value("networks").elements() {
      let trained = try item.value("trained")
      let network = try network(trained, bias: trained.value("b").double())
      for (split, name) in [(Gauge.Split.training, "train"), (.test, "test")] {
        let score = score(network, split)
        #expect(score.accuracy == 1)
        #expect(abs(score.meanLoss - (try item.value("\(name)_loss").double())) < 1e-7)
      }
      let importance = KolmogorovImportance(
        network, rows: table.parts.training.map(table.scaledRow))
      let edges = try item.value("edge_importance").rows()
      for (found, expected) in zip(importance.edges.joined(), edges.joined()) {
        #expect(abs(found - expected) < 1e-6)
      }
      for (name, share) in zip(table.names, importance.shares) {
        #expect(abs(share - (try item.value("feature_share").value(name).double())) < 1e-6)
      }
      try checkRows(item, network)
    }
  }

  /// Rows as they are scaled, and their logits in single precision.
  private func checkRows(_ item: GoldenValue, _ network: KolmogorovNetwork) throws {
    let rows = try item.value("rows").elements()
    let indices = try rows.map { try $0.value("csv_row_index_0based").integer() }
    for (row, index) in zip(rows, indices) {
      let expected = try row.value("x_scaled").doubles()
      for (found, x) in zip(table.scaledRow(index), expected) { #expect(abs(found - x) < 1e-12) }
      #expect(table.targets[index] == (try row.value("class").double()))
    }
    let trainer = KolmogorovTrainer(
      network, rows: indices.map(table.scaledRow), targets: indices.map(table.scaledTarget),
      configuration: KolmogorovTraining())
    trainer.whole.forward(trainer.weights)
    for (found, row) in zip(trainer.whole.outputs.array, rows) {
      let value = try row.value("logit")
      let logit = try (try? value.double()) ?? value.doubles().first
      #expect(abs(Double(found) - (try #require(logit))) < 5e-3)
    }
  }

  @Test func `tables of inner curves are as right as told`() throws {
    let reference = try #require(try file("banknote_reference").value("networks").elements().first)
    let trained = try reference.value("trained")
    let network = try network(trained, bias: trained.value("b").double())
    for item in try file("lut_quantised").value("cases").elements() {
      let bits = try item.value("bits").integer()
      let range = try item.value("output_low").double()...item.value("output_high").double()
      let tables = (0..<4).map {
        CurveTable(network.innerCurve(unit: 0, input: $0), bits: bits, range: range)
      }
      for (split, name) in [(Gauge.Split.training, "train"), (.test, "test")] {
        let score = KolmogorovScore(table.indices(of: split), of: table, loss: .logistic) { x in
          network.pass([zip(tables, x).map { $0.value($1) }]).outputs
        }
        #expect(score.accuracy == (try item.value("\(name)_accuracy").double()))
      }
    }
  }

  private func trained(
    _ units: Int, warmUp: Int, _ change: (inout KolmogorovConfiguration) -> Void = { _ in }
  ) throws -> KolmogorovStudy {
    var configuration = KolmogorovConfiguration()
    (configuration.data, configuration.units) = (.banknote, units)
    (configuration.warmUp, configuration.everyEpochs) = (warmUp, 400)
    change(&configuration)
    let study = try KolmogorovStudy(
      name: "anchor", configuration: configuration, table: table, seed: 1)
    while study.progress.epoch < study.progress.epochs { _ = try study.advance(within: .zero) }
    return study
  }

  @Test func `own trainings reach the anchors, also as tables of 4 bits`() throws {
    let small = try trained(1, warmUp: 100)
    let full = try trained(9, warmUp: 0)
    let additive = try trained(1, warmUp: 0) { ($0.outer, $0.sum) = (.none, .one) }
    let value = { (study: KolmogorovStudy, metric: String) in
      study.evaluation(of: .test)["nonSpiking.\(metric)"] ?? .nan
    }
    #expect(value(small, "accuracy") >= 0.99 && value(small, "loss") < 0.01)
    #expect(value(full, "accuracy") >= 0.995 && value(full, "loss") < 0.01)
    let rounded = try trained(1, warmUp: 100) { $0.quantizer = .uniform }
    let spiking = try trained(1, warmUp: 100) { ($0.quantizer, $0.spikeSteps) = (.spiking, 8) }
    for study in [rounded, spiking] {
      #expect(try #require(study.evaluation(of: .test)["spiking.accuracy"]) >= 0.93)
    }
    #expect(additive.summary.parameters == 29)
    #expect(value(additive, "accuracy") >= 0.99 && value(additive, "loss") < 0.1)
    #expect(small.scoreOfTables(bits: 4, .test).accuracy >= 0.99)
    #expect(small.scoreOfTables(bits: 8, .test).accuracy >= 0.995)
    let shares = small.trainer.shares
    #expect(shares[3] < 0.15 && shares[..<3].allSatisfy { $0 > 0.2 })
  }

  @Test func `with prior energy labels without meaning are not learnt by heart`() throws {
    var stream = RandomStream(seed: 1, purpose: .permutation)
    var labels = table.parts.training.map(table.scaledTarget)
    labels.shuffle(with: &stream)
    let points = try ControlPoints.uniform()
    var training = KolmogorovTraining()
    training.energy = 3e-2
    let trainer = KolmogorovTrainer(
      KolmogorovNetwork.start(units: 3, inputs: 4, inner: points, outer: points, seed: 1),
      rows: table.parts.training.map(table.scaledRow), targets: labels, configuration: training)
    for _ in 0..<300 { trainer.step() }
    let majority = Double(labels.count { $0 == 0 }) / Double(labels.count)
    #expect(abs(trainer.evaluate().accuracy - majority) < 0.03)
  }
}
