import Foundation
import Runs
import Testing

@Suite struct JSONTests {
  @Test func `strings of all kinds are read back by Foundation and by our parser`() throws {
    for text in ["", "a\"b\\c/d", "\u{0}\u{1F}\u{7F}\n\r\t", "é 語 🙂 \u{2028}", "\u{301}x"] {
      let json = Array(JSONValue.array([.string(text)]).text.utf8)
      let read = try JSONSerialization.jsonObject(with: Data(json)) as? [String]
      #expect(read?.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
      #expect(try JSONParser.parse(json) == .array([.string(text)]))
    }
  }

  @Test func `a text keeps the order of its keys through parsing and writing`() throws {
    let text = #"{"b":[1,-2.5,true,false,null],"a":{"z":"","y":[]},"c":{}}"#
    #expect(try JSONParser.parse(Array(text.utf8)).text == text)
  }

  @Test func `escapes and spaces are understood`() throws {
    let text = "\t{ \"a\" : \"\\u00e9\\ud83d\\ude42\\/\\b\" }\r\n"
    guard case .object(let object) = try JSONParser.parse(Array(text.utf8)) else {
      Issue.record("not an object")
      return
    }
    #expect(object["a"] == .string("é🙂/\u{8}"))
  }

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, JSONError.duplicateKey("a")),
    (#"{"a":1,}"#, .unexpected(byte: UInt8(ascii: "}"), offset: 7)),
    (#"{"a" 1}"#, .unexpected(byte: UInt8(ascii: "1"), offset: 5)),
    (#"[1 2]"#, .unexpected(byte: UInt8(ascii: "2"), offset: 3)),
    (#"[1]]"#, .unexpected(byte: UInt8(ascii: "]"), offset: 3)),
    (#"["abc"#, .endsEarly),
    (#"{"#, .endsEarly),
    (#"[nul]"#, .unexpected(byte: UInt8(ascii: "]"), offset: 4)),
    (#"[0x10]"#, .unexpected(byte: UInt8(ascii: "x"), offset: 2)),
    (#"[+1]"#, .unexpected(byte: UInt8(ascii: "+"), offset: 1)),
    (#"[inf]"#, .unexpected(byte: UInt8(ascii: "i"), offset: 1)),
    (#"["\ud83d"]"#, .notUnicode(offset: 8)),
    (#"["\q"]"#, .unexpected(byte: UInt8(ascii: "q"), offset: 3)),
  ])
  func `damaged texts are refused where they are damaged`(text: String, error: JSONError) {
    #expect(throws: error) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func `endless nesting is refused`() {
    #expect(throws: JSONError.nestedTooDeeply(offset: 64)) {
      try JSONParser.parse([UInt8](repeating: UInt8(ascii: "["), count: 100_000))
    }
  }
}
