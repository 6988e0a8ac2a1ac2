import Engine
import Testing

@Suite struct TableTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func load(
    _ text: String, target: String = "kind",
    _ change: (inout TableConfiguration) -> Void = { _ in }
  ) throws -> TableSet {
    var configuration = TableConfiguration()
    configuration.file = try directory.write(Array(text.utf8), to: "t.csv")
    configuration.target = target
    change(&configuration)
    return try configuration.load(seed: 3)
  }

  private func refusal(
    _ text: String, target: String = "kind",
    _ change: (inout TableConfiguration) -> Void = { _ in }
  ) -> String {
    do {
      _ = try load(text, target: target, change)
      return "nothing"
    } catch {
      guard let error = error as? DataError else { return "\(error)" }
      return description(of: error).replacing("\(directory.path)/", with: "")
    }
  }

  private let rows = "1,2,a\n3,5,b\n5,2,a\n4,4,b\n2,3,a\n"

  @Test func `quotes, carriage returns, a byte order mark and blank lines at the end are read`()
    throws
  {
    let text =
      "\u{FEFF}\"x, left\",y,kind\r\n1,2,\"a\"\"b\"\r\n3,5,b\r\n5,2,b\r\n4,4,b\r\n9,9,b\r\n\r\n\n"
    let table = try load(text)
    #expect(table.names == ["x, left", "y"] && table.classes == ["a\"b", "b"])
    #expect(table.targets == [0, 1, 1, 1, 1] && table.rows[4] == [9, 9])
    #expect(table.parts.test == [4] && table.indices(of: .validation) == [4])
  }

  @Test func `inputs are scaled by what trains, and constants are 0`() throws {
    let table = try load("x,c,kind\n1,7,10\n3,7,9\n5,7,10\n4,7,9\n9,8,9\n") {
      $0.columns = " c , x"
    }
    #expect(table.names == ["c", "x"] && table.classes == ["9", "10"])
    #expect(table.scaledRow(0) == [0, -1] && table.scaledRow(4) == [0, 3])
    #expect(table.constants == ["c"] && table.original(0.5, input: 1) == 4)
    let values = try load("x,y\n1,2\n2,4\n3,6\n4,8\n9,1\n", target: "y") { $0.task = .regression }
    #expect(values.classes.isEmpty && values.targetScaling.mean == 5)
    #expect(abs(values.scaledTarget(0) + 3 / 5.0.squareRoot()) < 1e-12)
  }

  @Test func `a drawn fifth tests, the same for the same seed`() throws {
    let first = TableParts(rows: 100, split: .random, seed: 1)
    #expect(first.test.count == 20 && Set(first.test + first.training).count == 100)
    #expect(first == TableParts(rows: 100, split: .random, seed: 1))
    #expect(first != TableParts(rows: 100, split: .random, seed: 2))
  }

  @Test func `mistakes are told with file, line, column, what was found and what is expected`() {
    let head = "x,y,kind\n"
    #expect(refusal("").hasPrefix("t.csv: empty, expected a line of column names"))
    #expect(refusal("1,2,3\n4,5,6\n").hasPrefix("t.csv:1: found only numbers in the first line"))
    #expect(refusal("x,x,kind\n" + rows).contains("found two columns named x"))
    #expect(refusal("x,,kind\n" + rows) == "t.csv:1: column 2 has no name")
    #expect(
      refusal(head + rows, target: "class")
        == "t.csv: found no column class, expected one of: x, y, kind")
    #expect(
      refusal(head + "1,2,a\n3,b\n") == "t.csv:3: found 2 fields, expected 3 as in the first line")
    for cell in ["nan", "inf", "", "0x1p3", "word"] {
      #expect(
        refusal(head + "1,2,a\n3,\(cell),b\n")
          == "t.csv:3: column y: found \"\(cell)\", expected a finite number")
    }
    #expect(refusal(head + "1,2,a\n") == "t.csv: found 1 rows, expected at least 2")
    #expect(refusal(head + "1,2,a\n1,2,b\n") == "t.csv: found 2 rows, expected at least 5")
    #expect(
      refusal(head + rows.replacing("b", with: "a")).contains("found only \"a\" in the rows"))
    #expect(
      refusal("x,y\n" + String(repeating: "1,2\n", count: 6), target: "y") { $0.task = .regression }
        .contains("found only 2.0 in the rows that train"))
    #expect(refusal(head + rows) { $0.columns = "x,kind" }.contains("column kind is the target"))
    #expect(refusal("kind\na\nb\n").contains("found no column but the target"))
    #expect(refusal(head + "1,2,\n3,4,b\n").contains(":2: column kind: found nothing"))
    #expect(refusal(head + "1,2,\"a\n").hasPrefix("t.csv:2: found a quotation mark out of place"))
    let many = (0...100).map { "1,2,c\($0)\n" }.joined()
    #expect(refusal(head + many).contains("found 101 different values, expected at most 100"))
    let far = "x,kind\n1e308,a\n-1e308,b\n1,a\n1,b\n1,a\n"
    #expect(refusal(far).contains("column x: the values lie too far apart"))
    #expect(refusal("a") { $0.file += ".missing" }.contains("cannot be read"))
  }
}

@Suite(
  .enabled(
    if: isHere(DataCatalogue.banknote),
    "SKIPPED: no banknote.csv in INTERSPIKE_DATA or ../shared/data"))
struct BanknoteTableTests {
  @Test func `the fixed split has its numbers of rows, with a header and without`() throws {
    let table = try BanknoteTable.load(from: realData)
    #expect(table.parts.training.count == 1098 && table.parts.test.count == 274)
    #expect(table.parts.test.count { table.targets[$0] == 0 } == 152)
    #expect(table.ranges[0] == -7.0421...6.5633 && table.constants.isEmpty)
    let directory = try TemporaryDirectory()
    let path = try #require(try realData.find(DataCatalogue.banknote).first)
    let bytes = try #require(contents(of: path))
    let bare = bytes.split(separator: UInt8(ascii: "\n")).dropFirst()
      .flatMap { $0 + [UInt8(ascii: "\r"), UInt8(ascii: "\n")] }
    let other = try directory.write(bare, to: "data_banknote_authentication.txt")
    #expect(try BanknoteTable.read(other).rows == table.rows)
  }
}
