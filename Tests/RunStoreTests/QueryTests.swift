import Foundation
import TestSupport
import Testing

@testable import RunStore

@Suite struct QueryTests {
  private let store = StoreFolder()

  private func makeIndex() throws -> RunIndex {
    try store.write(
      "a",
      events: [
        EventLine.began(batch: 100), EventLine.evaluated(0.7, step: 10, at: 1),
        EventLine.evaluated(0.6, step: 20, at: 2), EventLine.ended(test: 0.97, at: 3),
      ], about: #"{"tags":["keep","old"],"note":"it's 100 % \"good\""}"#)
    try store.write(
      "b", events: [EventLine.began("psmnist", at: 60), EventLine.evaluated(0.8, step: 5, at: 61)],
      about: #"{"tags":["new"]}"#)
    try store.write("c", experiment: "name = \"c\"\n[training]\nbatch = 9\n")
    let index = try store.openIndex()
    try index.refresh()
    return index
  }

  @Test func `expressions pick runs`() throws {
    let index = try makeIndex()
    for (condition, names) in [
      ("test.spiking.accuracy > 0.96 and experiment = digits and tag = keep", "a"),
      ("training.batch = 100", "a"), ("training.batch=32 or training.batch<10", "bc"),
      ("training.batch != 100", "bc"), ("not training.batch = 100", "bc"),
      ("not (test.spiking.accuracy > 0.5)", "bc"), ("test.spiking.accuracy != 5", "a"),
      ("tag != keep", "bc"), ("tag ~ E", "ab"), ("NOT tag = new AND NOT tag = keep", "c"),
      ("best.validation.spiking.accuracy > 0.65", "ab"), ("best >= 0.7", "ab"),
      ("validation.spiking.accuracy > 0.65", "b"), ("last <= 0.6", "a"),
      ("experiment ~ MNIST", "b"), ("note ~ \"it's\"", "a"), ("note ~ '\"good\"'", "a"),
      ("note = 'it''s 100 % \"good\"'", "a"), ("name = a or name = 'b' and best > 1", "a"),
      ("(name = a or name = b) and best > 0.75", "b"), ("created >= 2026-11-27T18:01", "bc"),
      ("state = completed", "a"), ("model.kind = lmu", "ab"), ("model.gated == true", "ab"),
      ("model.kind > a", "ab"), ("model.kind > 3", ""), ("training.batch = '100'", ""),
      ("training.batch ~ 0", "a"), ("best ~ 0.7", "a"), ("seed = 7", "ab"), ("seed = 7.0", "ab"),
      ("name = \"a'; DROP TABLE runs; --\"", ""), ("step > -inf", "ab"),
      ("sites.x = 1 or name = a", nil), ("best = nan", nil),
    ] as [(String, String?)] {
      let rows = try? index.list(RunQuery(condition: condition, sort: "name"))
      #expect(rows?.map(\.name).joined() == names, "\(condition)")
    }
    #expect(try index.list().count == 3)
  }

  @Test func `runs are sorted by any key, those without it last`() throws {
    let index = try makeIndex()
    for (sort, isReversed, names) in [
      (nil, false, "cba"), (nil, true, "abc"), ("name", false, "abc"), ("name", true, "cba"),
      ("best", false, "bac"), ("best", true, "abc"), ("tag", false, "abc"),
      ("validation.spiking.accuracy", false, "bac"), ("test.spiking.accuracy", false, "acb"),
      ("best.validation.spiking.loss", true, "bac"), ("training.batch", false, "abc"),
      ("training.batch", true, "cba"), ("model.kind", false, "bac"), ("created", true, "abc"),
      ("evaluation.draws", false, "cba"),
    ] as [(String?, Bool, String)] {
      let rows = try index.list(RunQuery(sort: sort, isReversed: isReversed))
      #expect(rows.map(\.name).joined() == names, "\(sort ?? "-") \(isReversed)")
    }
    let rows = try index.list(RunQuery(condition: "last > 0", sort: "training.batch", limit: 1))
    #expect(rows.map(\.name) == ["a"])
    #expect(rows[0].values == [.init(name: "training.batch", value: .integer(100))])
    #expect(
      throws: UnknownSortKey(name: "traning.batch", nearest: "training.batch")
    ) { try index.list(RunQuery(sort: "traning.batch")) }
  }

  @Test func `mistakes are told with their place`() throws {
    let index = try makeIndex()
    for (text, place, reason) in [
      ("", 0..<0, .unexpected(found: nil, expected: "the name of a column, metric or setting")),
      ("tag =", 5..<5, .unexpected(found: nil, expected: "a value to compare tag with")),
      ("tag", 3..<3, .unexpected(found: nil, expected: "one of = != < <= > >= ~")),
      ("tag ! x", 4..<5, .unexpected(found: "!", expected: "one of = != < <= > >= ~")),
      ("best > 1 x", 9..<10, .unexpected(found: "x", expected: "and, or, or the end")),
      ("(best > 1", 9..<9, .unexpected(found: nil, expected: "and, or, or )")),
      ("best > 1)", 8..<9, .unexpected(found: ")", expected: "the end: no ( is open")),
      ("best > x", 7..<8, .notNumber(name: "best", found: "x")),
      ("best > 1 and bets > 1", 13..<17, .unknownName("bets", nearest: "best")),
      ("tag = 'x", 6..<8, .unclosed),
    ] as [(String, Range<Int>, QueryError.Reason)] {
      #expect(throws: QueryError(text: text, place: place, reason: reason), "\(text)") {
        try index.list(RunQuery(condition: text))
      }
    }
    let deep = String(repeating: "(", count: 3000) + "best > 1"
    #expect(throws: QueryError.self) { try index.list(RunQuery(condition: deep)) }
    let long = Array(repeating: "best > 1", count: 201).joined(separator: " or ")
    #expect(throws: QueryError.self) { try index.list(RunQuery(condition: long)) }
    let most = Array(repeating: "not tag = x", count: 200).joined(separator: " and ")
    #expect(try index.list(RunQuery(condition: most)).count == 3)
  }

  @Test func `no expression traps, and what is taken runs`() throws {
    let index = try makeIndex()
    let words = [
      "best", "tag", "name", "training.batch", "test.spiking.accuracy", "=", "!=", "<", ">=", "~",
      "(", ")", "and", "or", "not", "'", "\"x\"", "1", "0.5", "-inf", "nan", "é", "\u{0}", "!", " ",
    ]
    var generator = SeededGenerator(44)
    var taken = 0
    let trials = Trials.count(20_000)
    for _ in 0..<trials {
      let count = 1 + generator.below(9)
      let parts = (0..<count).map { _ in words[generator.below(words.count)] }
      let text = parts.joined(separator: generator.below(3) == 0 ? "" : " ")
      do {
        _ = try index.list(RunQuery(condition: text, limit: 1))
        taken += 1
      } catch let error as QueryError {
        #expect(error.place.upperBound <= text.count, "\(text)")
      }
    }
    #expect(taken > trials / 1000, "\(taken)")
    #expect(store.warnings.isEmpty)
  }
}
