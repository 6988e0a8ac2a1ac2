/// What a terminal of the xterm kind would show after the bytes that it was sent. Knows the
/// sequences that ncurses uses without scrolling regions; colours and modes are skipped.
struct TerminalEmulator {
  private(set) var rows: [[Character]]
  /// The private modes (`ESC [ ? n h`) that are set; the cursor is visible to begin with.
  private(set) var modes: Set<Int> = [25]
  /// The modes whose state was asked for (`ESC [ ? n $ p`) and not answered yet.
  private(set) var questions: [Int] = []
  /// Frames that were shown at once, between the marks of mode 2026.
  private(set) var framesShownAtOnce = 0
  private var row = 0
  private var column = 0
  private var pending: [UInt8] = []
  private var lastCharacter: Character = " "

  init(columns: Int, rows: Int) {
    self.rows = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  var text: String {
    rows.map { row in
      let end = row.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
      return String(row[..<end])
    }.joined(separator: "\n")
  }

  /// Forgets what is shown, as when another program has written over it.
  mutating func clear() {
    for row in rows.indices { rows[row] = blankRow }
  }

  /// Another size; what was shown is forgotten, as the program has to draw it anew.
  mutating func resize(columns: Int, rows count: Int) {
    rows = Array(repeating: Array(repeating: " ", count: columns), count: count)
    (row, column) = (0, 0)
  }

  mutating func receive(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      // A character or sequence may be cut off by the one that follows.
      let isCut = (pending.first ?? 0) >= 0xC0 && byte & 0xC0 != 0x80
      if isCut || byte == 0x18 { pending = [] }
      pending.append(byte)
      if consume(pending) { pending = [] }
    }
  }

  /// Acts on a whole sequence or character; false while it is incomplete.
  private mutating func consume(_ bytes: [UInt8]) -> Bool {
    let first = bytes[0]
    if first == 0x1B { return consumeEscape(bytes) }
    if first < 0x20 || first == 0x7F {
      control(first)
      return true
    }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard bytes.count == length else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    put(text.count == 1 ? Character(text) : "\u{FFFD}")
    return true
  }

  private mutating func consumeEscape(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2 else { return false }
    switch bytes[1] {
    case UInt8(ascii: "["):
      guard let last = bytes.last, bytes.count > 2, (0x40...0x7E).contains(last) else {
        return false
      }
      sequence(bytes[2..<bytes.count - 1], final: last)
      return true
    case UInt8(ascii: "]"): return bytes.last == 7
    case UInt8(ascii: "("), UInt8(ascii: ")"): return bytes.count == 3
    default: return true
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 8: column = max(0, column - 1)
    case 9: column = min(rows[0].count - 1, (column / 8 + 1) * 8)
    case 10:
      if row == rows.count - 1 {
        rows.append(blankRow)
        rows.removeFirst()
      } else {
        row += 1
      }
    case 13: column = 0
    default: break
    }
  }

  private var blankRow: [Character] { Array(repeating: " ", count: rows[0].count) }

  private mutating func put(_ character: Character) {
    if column == rows[0].count {
      column = 0
      control(10)
    }
    rows[row][column] = character
    lastCharacter = character
    column += 1
  }

  private mutating func sequence(_ body: ArraySlice<UInt8>, final: UInt8) {
    let text = String(decoding: body, as: UTF8.self)
    if text.hasPrefix("?") { return setModes(text.dropFirst(), final: final) }
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first ?? nil
    let count = max(1, first ?? 1)
    switch final {
    case UInt8(ascii: "H"), UInt8(ascii: "f"):
      move(row: count - 1, column: (numbers.count > 1 ? numbers[1] ?? 1 : 1) - 1)
    case UInt8(ascii: "d"): move(row: count - 1, column: column)
    case UInt8(ascii: "G"): move(row: row, column: count - 1)
    case UInt8(ascii: "A"): move(row: row - count, column: column)
    case UInt8(ascii: "B"): move(row: row + count, column: column)
    case UInt8(ascii: "C"): move(row: row, column: column + count)
    case UInt8(ascii: "D"): move(row: row, column: column - count)
    case UInt8(ascii: "K"): erase(row: row, part: first ?? 0)
    case UInt8(ascii: "J"): eraseScreen(part: first ?? 0)
    case UInt8(ascii: "X"): blank(row: row, column..<column + count)
    case UInt8(ascii: "b"): for _ in 0..<count { put(lastCharacter) }
    case UInt8(ascii: "P"): shift(by: -count)
    case UInt8(ascii: "@"): shift(by: count)
    default: break
    }
  }

  /// The questions, which are then taken for answered.
  mutating func takeQuestions() -> [Int] {
    defer { questions = [] }
    return questions
  }

  private mutating func setModes(_ text: Substring, final: UInt8) {
    if final == UInt8(ascii: "p"), let mode = Int(text.dropLast()) { questions.append(mode) }
    guard final == UInt8(ascii: "h") || final == UInt8(ascii: "l") else { return }
    if text == "2026" && final == UInt8(ascii: "l") && modes.contains(2026) {
      framesShownAtOnce += 1
    }
    for mode in text.split(separator: ";").compactMap({ Int($0) }) {
      if final == UInt8(ascii: "h") { modes.insert(mode) } else { modes.remove(mode) }
    }
  }

  private mutating func move(row: Int, column: Int) {
    self.row = min(max(0, row), rows.count - 1)
    self.column = min(max(0, column), rows[0].count - 1)
  }

  private mutating func blank(row: Int, _ columns: Range<Int>) {
    for column in columns.clamped(to: 0..<rows[row].count) { rows[row][column] = " " }
  }

  private mutating func erase(row: Int, part: Int) {
    switch part {
    case 0: blank(row: row, column..<max(column, rows[row].count))
    case 1: blank(row: row, 0..<column + 1)
    default: rows[row] = blankRow
    }
  }

  private mutating func eraseScreen(part: Int) {
    erase(row: row, part: part)
    let others = part == 0 ? row + 1..<rows.count : part == 1 ? 0..<row : 0..<rows.count
    for row in others { rows[row] = blankRow }
  }

  /// Moves the rest of the row from the cursor on.
  private mutating func shift(by count: Int) {
    guard column < rows[row].count else { return }
    var rest = Array(rows[row][column...])
    let width = rest.count
    if count > 0 {
      rest.insert(contentsOf: Array(repeating: " ", count: count), at: 0)
    } else {
      rest.removeFirst(min(-count, width))
      rest.append(contentsOf: Array(repeating: " ", count: width))
    }
    rows[row].replaceSubrange(column..., with: rest.prefix(width))
  }
}
