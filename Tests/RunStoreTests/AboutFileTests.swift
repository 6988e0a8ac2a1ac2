import Foundation
import RunStore
import Testing

@Suite struct AboutFileTests {
  private let store = StoreFolder()

  @Test func `what is not known is kept`() throws {
    let folder = try store.write("a", about: #"{"colour":[1,{"x":2}],"note":"old"}"#)
    let setAside = try AboutFile.update(in: folder) { about in
      about.note = "new \"note\"\nof two lines"
      about.tags += ["keep", "good"]
    }
    #expect(setAside == nil)
    let about = try AboutFile.read(in: folder)
    #expect(about.note == "new \"note\"\nof two lines" && about.tags == ["keep", "good"])
    let text = try String(contentsOfFile: folder + "/about.json", encoding: .utf8)
    #expect(text.contains(#""colour":[1,{"x":2}]"#))
    try AboutFile.update(in: folder) { about in
      about.note = ""
      about.tags = []
    }
    let empty = try String(contentsOfFile: folder + "/about.json", encoding: .utf8)
    #expect(empty == "{\"colour\":[1,{\"x\":2}]}\n")
  }

  @Test func `a damaged file is put aside and not lost`() throws {
    let folder = try store.write("a", about: "my notes, edited by hand")
    #expect(throws: AboutError.damaged(path: folder + "/about.json")) {
      try AboutFile.read(in: folder)
    }
    let setAside = try #require(try AboutFile.update(in: folder) { $0.note = "n" })
    #expect(try String(contentsOfFile: setAside, encoding: .utf8) == "my notes, edited by hand")
    #expect(try AboutFile.read(in: folder).note == "n")
  }

  @Test func `tags are words`() {
    for tag in ["keep", "w=1", "größer", "a.b/c"] { #expect(AboutFile.isTag(tag), "\(tag)") }
    for tag in ["", "a b", "a,b", "a\u{1B}[0m", "\u{202E}x", String(repeating: "x", count: 65)] {
      #expect(!AboutFile.isTag(tag), "\(tag)")
    }
  }

  @Test func `several that write at once lose nothing`() async throws {
    let folder = try store.write("a")
    await withTaskGroup { group in
      for index in 0..<20 {
        group.addTask { _ = try? AboutFile.update(in: folder) { $0.tags.append("t\(index)") } }
      }
    }
    #expect(try AboutFile.read(in: folder).tags.count == 20)
  }
}
