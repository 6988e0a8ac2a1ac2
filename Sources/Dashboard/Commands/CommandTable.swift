import Engine

/// What the command line understands beside the names of keys: words with arguments.
enum CommandTable {
  /// One command. Its words are checked when it is given; what the run makes of it comes later.
  struct Command: Sendable {
    var name: String
    /// The arguments, as the palette and errors show them.
    var usage: String
    var description: String
    /// What the first argument may be, for completion.
    var words: Words = .none
    var make: @Sendable ([String]) throws(CommandError) -> Action
  }

  /// Kinds of words that arguments are made of.
  enum Words: Sendable {
    case none, knobs, sites, exports, surrogates
  }

  static let commands: [Command] = turning + steering + viewing

  private static let turning: [Command] = [
    Command(name: "w", usage: "VALUE", description: "set w of all sites from now on") {
      (words) throws(CommandError) in
      .edit(.set(knob: "w.*", value: try number(words, count: 1, at: 0)))
    },
    Command(name: "lr", usage: "VALUE", description: "set the learning rate from now on") {
      (words) throws(CommandError) in
      .edit(.set(knob: "learningRate", value: try number(words, count: 1, at: 0)))
    },
    Command(
      name: "set", usage: "KNOB VALUE", description: "set a knob, such as w.h, from now on",
      words: .knobs
    ) { (words) throws(CommandError) in
      guard words.count == 2 else { throw .usage }
      guard let value = Double(words[1]), value.isFinite else {
        return .edit(.choose(knob: words[0], option: words[1]))
      }
      return .edit(.set(knob: words[0], value: value))
    },
    Command(
      name: "scale", usage: "KNOB FACTOR", description: "multiply what a schedule says from now on",
      words: .knobs
    ) { (words) throws(CommandError) in
      .edit(.scale(knob: try word(words, 0), factor: try number(words, count: 2, at: 1)))
    },
    Command(
      name: "schedule", usage: "KNOB SHAPE START END [HOLD]",
      description: "a schedule over the whole run, from now on: linear, geometric, harmonic, cosine"
        + " or cosineLog, held at its end for a share of the run",
      words: .knobs
    ) { (words) throws(CommandError) in
      let hold = words.count > 4 ? try number(words, count: 5, at: 4) : 0
      let start = try number(words, count: words.count > 4 ? 5 : 4, at: 2)
      let shape = try shape(words[1], start, try number(words, count: words.count, at: 3))
      return .edit(.schedule(knob: words[0], schedule: Schedule(shape, hold: hold)))
    },
  ]

  private static let steering: [Command] = [
    Command(
      name: "point", usage: "VALUE", description: "give the chosen point of a schedule a value"
    ) { (words) throws(CommandError) in
      .draft(.set(try number(words, count: 1, at: 0)))
    },
    Command(
      name: "hold", usage: "[KNOB]", description: "hold a schedule, or those of w", words: .knobs
    ) { (words) throws(CommandError) in .edit(.hold(knob: try knob(words))) },
    Command(
      name: "release", usage: "[KNOB]", description: "let a schedule go on, or those of w",
      words: .knobs
    ) { (words) throws(CommandError) in .edit(.release(knob: try knob(words))) },
    Command(name: "run", usage: "BATCHES", description: "train so many batches, then pause") {
      (words) throws(CommandError) in
      .run(batches: try count(words, least: 1))
    },
    Command(
      name: "stability", usage: StabilityWords.usage,
      description: "test whether the weights stay with a surrogate, or give the test up",
      words: .surrogates
    ) { (words) throws(CommandError) in
      // Alone it is the name of a screen.
      guard !words.isEmpty else { throw .usage }
      return .testStability(try StabilityWords(words))
    },
  ]

  private static let viewing: [Command] = [
    Command(
      name: "site", usage: "SITE", description: "show the raster of a site", words: .sites
    ) { (words) throws(CommandError) in .showSite(try only(words)) },
    Command(
      name: "sample", usage: "NUMBER", description: "show the raster of a sample of the batch"
    ) { (words) throws(CommandError) in .showSample(try count(words, least: 0)) },
    Command(
      name: "theme", usage: "[NAME]", description: "the next theme, or one by its name or file"
    ) { (words) throws(CommandError) in
      words.isEmpty ? .nextTheme : .useTheme(try only(words))
    },
    Command(
      name: "picture", usage: "[FILE.svg]", description: "save the screen as SVG and as text"
    ) { (words) throws(CommandError) in
      guard words.count <= 1 else { throw .usage }
      return .picture(words.first)
    },
    Command(
      name: "export", usage: "FORMAT",
      description: "write the run as csv, tfevents, safetensors or nir", words: .exports
    ) { (words) throws(CommandError) in
      let format = try only(words)
      guard exportFormats.contains(format) else {
        throw .unknownWord(format, expected: exportFormats)
      }
      return .export(format)
    },
  ]

  static let exportFormats = ["csv", "tfevents", "safetensors", "nir"]

  // MARK: Words

  private static func word(_ words: [String], _ index: Int) throws(CommandError) -> String {
    guard words.indices.contains(index) else { throw .usage }
    return words[index]
  }

  private static func only(_ words: [String]) throws(CommandError) -> String {
    guard words.count == 1 else { throw .usage }
    return words[0]
  }

  private static func knob(_ words: [String]) throws(CommandError) -> String {
    guard words.count <= 1 else { throw .usage }
    return words.first ?? "w.*"
  }

  private static func number(
    _ words: [String], count: Int, at index: Int
  ) throws(CommandError) -> Double {
    guard words.count == count, words.indices.contains(index) else { throw .usage }
    guard let value = Double(words[index]), value.isFinite else {
      throw .notNumber(words[index])
    }
    return value
  }

  private static func count(_ words: [String], least: Int) throws(CommandError) -> Int {
    let word = try only(words)
    guard let value = Int(word), least...1_000_000_000 ~= value else { throw .notNumber(word) }
    return value
  }

  private static func shape(
    _ name: String, _ start: Double, _ end: Double
  ) throws(CommandError) -> ScheduleShape {
    switch name {
    case "linear": return .linear(start: start, end: end)
    case "geometric": return .geometric(start: start, end: end)
    case "harmonic": return .harmonic(start: start, end: end)
    case "cosine": return .cosine(start: start, end: end)
    case "cosineLog": return .cosineLog(start: start, end: end)
    default:
      throw .unknownWord(
        name, expected: ["linear", "geometric", "harmonic", "cosine", "cosineLog"])
    }
  }
}

/// Why a line is no command.
enum CommandError: Error, Equatable {
  case unknown(String)
  /// The words do not fit the command.
  case usage
  case notNumber(String)
  case unknownWord(String, expected: [String])
}
