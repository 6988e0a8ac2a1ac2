/// The TI46 corpus (LDC93S9): 46 words spoken by sixteen people at 12,500 samples a second. The
/// digits are in `ti20/{train,test}/{speaker}/`, the letters in `ti_alpha/{train,test}/{speaker}/`,
/// NIST SPHERE files whose names tell all (specification of the spiking networks, 5.1).
package enum TI46 {
  package static let id = "ti46"
  package static let sampleRate = 12_500

  /// Which of the words are to be told apart.
  package enum Vocabulary: String, Sendable, Codable, CaseIterable {
    case digits, letters

    var folder: String { self == .digits ? "ti20" : "ti_alpha" }

    package var classNames: [String] {
      switch self {
      case .digits: FSDD.digitNames
      case .letters: (0..<26).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))) }
      }
    }
  }

  /// The recordings below a folder, those of the training part first, in order of their paths.
  /// Words that are not of the vocabulary, such as the commands, are passed over.
  ///
  /// - Throws: ``RecordingError``; of single files only where `faults` says so.
  package static func recordings(
    of vocabulary: Vocabulary, in folder: String, faults: RecordingFaults = .stop
  ) throws(RecordingError) -> RecordingSet {
    let root = folder + "/" + vocabulary.folder
    var collector = FaultCollector(faults)
    var items: [RecordingSet.Item] = []
    for part in ["train", "test"] {
      let place = root + "/" + part
      for name in RecordingBytes.paths(below: place) where name.lowercased().hasSuffix(".wav") {
        let path = place + "/" + name
        let found = try collector.attempt { () throws(RecordingError) in
          try makeItem(path, of: vocabulary, tests: part == "test")
        }
        if let found, let item = found { items.append(item) }
      }
    }
    guard !items.isEmpty else {
      throw .noRecordings(
        place: root,
        expected: "train/f1/\(vocabulary == .digits ? "00" : "0a")f1set0.wav and others")
    }
    return RecordingSet(
      id: "ti46-" + vocabulary.rawValue, classNames: vocabulary.classNames,
      sampleRate: sampleRate, items: items,
      fingerprint: FileFingerprint.of(items.map { $0.name }), skipped: collector.skipped)
  }

  /// `nil` for a word that is not of the vocabulary.
  private static func makeItem(
    _ path: String, of vocabulary: Vocabulary, tests: Bool
  ) throws(RecordingError) -> RecordingSet.Item? {
    let name = try TI46Name(path: path)
    guard (name.session != nil) == tests else {
      throw .wrong(
        file: path, field: "session in the name", found: name.session == nil ? "se" : "a test",
        expected: tests ? "s1 to s8 in the folder test" : "se in the folder train")
    }
    let label: Int? =
      switch (name.word, vocabulary) {
      case (.digit(let digit), .digits): digit
      case (.letter(let letter), .letters): letter
      default: nil
      }
    guard let label else { return nil }
    return RecordingSet.Item(
      name: path, place: .file(path), label: label, speaker: name.speaker, tests: tests)
  }
}

/// What the name of a file of TI46 says, such as `00f1set3.wav`: word, speaker, session and token.
package struct TI46Name: Sendable, Equatable {
  package enum Word: Sendable, Equatable {
    case digit(Int)
    /// 0 for a.
    case letter(Int)
    /// One of the commands.
    case other
  }

  package let word: Word
  /// f1 to f8 and m1 to m8.
  package let speaker: String
  /// 1 to 8 in the test part; `nil` for the training part, the enrolment.
  package let session: Int?
  package let token: Int

  /// - Throws: ``RecordingError`` for a name of another form. Upper and lower case are the same.
  package init(path: String) throws(RecordingError) {
    let file = (path.split(separator: "/").last ?? "").lowercased()
    let name = Array(file.utf8)
    let form = "names such as 00f1set3.wav or 0zm8s5t1.wav"
    guard name.count == 12, file.hasSuffix(".wav"), name[4] == UInt8(ascii: "s"),
      name[6] == UInt8(ascii: "t"), let token = Self.digit(name[7])
    else { throw .name(file: path, expected: form) }
    guard name[2] == UInt8(ascii: "f") || name[2] == UInt8(ascii: "m"),
      let number = Self.digit(name[3]), 1...8 ~= number
    else {
      throw .wrong(
        file: path, field: "speaker in the name", found: name.text(2..<4),
        expected: "f1 to f8 or m1 to m8")
    }
    if name[5] == UInt8(ascii: "e") {
      session = nil
    } else if let session = Self.digit(name[5]), 1...8 ~= session {
      self.session = session
    } else {
      throw .name(file: path, expected: form)
    }
    word = try Self.word(name, path)
    speaker = name.text(2..<4)
    self.token = token
  }

  private static func word(_ name: [UInt8], _ path: String) throws(RecordingError) -> Word {
    if name[0] == UInt8(ascii: "0") {
      if let digit = digit(name[1]) { return .digit(digit) }
      if UInt8(ascii: "a")...UInt8(ascii: "z") ~= name[1] {
        return .letter(Int(name[1] - UInt8(ascii: "a")))
      }
    } else if digit(name[0]) != nil, digit(name[1]) != nil {
      return .other
    }
    throw .wrong(
      file: path, field: "word in the name", found: name.text(0..<2),
      expected: "00 to 09, 0a to 0z or the number of a command")
  }

  private static func digit(_ character: UInt8) -> Int? {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= character ? Int(character - UInt8(ascii: "0")) : nil
  }
}
