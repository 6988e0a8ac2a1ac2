extension Key {
  /// A key by its name as it is printed, in any case: `Space`, `Ctrl-R`, `PgUp`, `F5`, `Left`, or a
  /// character for itself. `nil` for a name that is none.
  package init?(name: String) {
    if name.count == 1, let character = name.first {
      guard !character.isNewline, character.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
        return nil
      }
      self = .character(character)
      return
    }
    let name = name.lowercased()
    let named: [Key] = [
      .character(" "), .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape,
      .tab, .backTab, .backspace, .delete, .insert,
    ]
    if let key = named.first(where: { $0.plainName.lowercased() == name }) {
      self = key
    } else if name.hasPrefix("ctrl-"), name.count == 6, let letter = name.last, letter.isASCII,
      letter.isLetter
    {
      self = .control(letter)
    } else if name.hasPrefix("f"), let number = Int(name.dropFirst()), 1...24 ~= number {
      self = .function(number)
    } else {
      return nil
    }
  }
}
