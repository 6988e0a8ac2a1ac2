import Testing

@testable import Engine

@Suite struct CSVFileTests {
  private func read(
    _ text: String, channels: Int = 1, labelFile: String? = nil
  ) throws(DataError) -> (values: SequenceValues, labels: [String]?) {
    let (values, labels) = try CSVFile.read(
      Array(text.utf8), file: "f.csv", channels: channels, labelFile: labelFile)
    return (values, labels?.names)
  }

  /// The sentence with which a file is refused.
  private func refusal(_ text: String, channels: Int = 1, labelFile: String? = nil) -> String {
    do {
      _ = try read(text, channels: channels, labelFile: labelFile)
      return ""
    } catch {
      return description(of: error)
    }
  }

  @Test(arguments: [
    "a,1,2\nb,-3,4e1\n", "\u{FEFF}label,x,y\r\na,1,2\r\n\r\n b , -3 ,+40",
    "class,x,y\na,1,2\nb,-3,40",
    "x,label,y\n1,a,2\n-3,\"b\",40.0\n", "\"a\",1,2\n\"b\" ,-3,40\n",
  ])
  func `the label is first or in its column, after a header or not`(text: String) throws {
    let (values, labels) = try read(text)
    #expect(values.values == [1, 2, -3, 40])
    #expect(values.shape.samples == 2 && values.shape.steps == 2)
    #expect(labels == ["a", "b"])
  }

  @Test func `labels in another file leave only values`() throws {
    let (values, labels) = try read("1,2,3,4\n5,6,7,8\n", channels: 2, labelFile: "l.txt")
    #expect(labels == nil)
    #expect(values.shape.steps == 2 && values.shape.channels == 2)
    #expect(try read("a,b\n1,2\n", labelFile: "l.txt").values.values == [1, 2])
  }

  @Test func `labels in quotation marks may hold commas and quotation marks`() throws {
    #expect(try read("\"a, \"\"b\"\"\",1\n\u{e9},2\n").labels == ["a, \"b\"", "\u{e9}"])
    for text in ["\"a,1\n", "\"a\"b,1\n", "a\"b,1\n", "\"a\",1,\"\n"] {
      #expect(
        refusal(text)
          == "f.csv:1: found a quotation mark out of place, expected \"...\" around a whole field")
    }
  }

  @Test func `mistakes are refused with their line`() {
    #expect(
      refusal("a,1,2\n\nb,1\n") == "f.csv:3: found 2 fields, expected 3 as in the first row")
    #expect(refusal("a,1,2\nb,1,x\n") == "f.csv:2: found \"x\" in column 3, expected a number")
    #expect(refusal("a,1,2\nb,,1\n") == "f.csv:2: found \"\" in column 2, expected a number")
    #expect(refusal("a,1\nb,0x10\n").hasPrefix("f.csv:2: found \"0x10\" in column 2"))
    for number in ["nan", "-inf", "1e39", "Infinity"] {
      #expect(
        refusal("a,1,2\nb,1,\(number)\n")
          == "f.csv:2: found \(number) as the value of sample 1, step 1, channel 0 (counted from 0), "
          + "expected a finite number of single precision")
    }
    #expect(refusal("a,nan\nb,1\n").hasPrefix("f.csv:1: found nan"))
    #expect(refusal("a,1\n,2\n") == "f.csv:2: found an empty label")
    #expect(
      refusal("a,1,2,3\n", channels: 2)
        == "f.csv:1: found 3 values, expected a multiple of the 2 channels")
    #expect(refusal("") == "f.csv: found no rows, expected one a sample")
    #expect(refusal("label,a\n") == "f.csv: found no rows, expected one a sample")
    #expect(refusal("a\nb\n") == "f.csv: found 0 steps, expected 1 to 1000000")
    #expect(
      refusal("a,1\nb,\u{0}\n") == "f.csv:2: not UTF-8 text, expected CSV or NPY")
    #expect(refusal("label,label\n") == "f.csv:1: found two columns named label, expected one")
    #expect(
      refusal("label,x\n", labelFile: "l.txt")
        == "f.csv:1: found a column named label beside the labels in l.txt, expected one of the two"
    )
  }

  @Test func `numbers too small for single precision become 0`() throws {
    #expect(try read("a,1e-60\n").values.values == [0])
  }
}
