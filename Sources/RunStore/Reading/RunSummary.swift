/// What is known of a stored run from the files in its folder.
package struct RunSummary: Sendable, Equatable {
  /// The absolute path of its folder.
  package var folder: String
  /// The experiment's short name.
  package var experiment: String?
  /// The model in one line.
  package var model: String?
  package var seed: Int?
  package var parameters: Int?
  /// When it began and ended, as the events have it: UTC in ISO 8601.
  package var created: String?
  package var ended: String?
  /// How it ended; `nil` for one that has not, or that no events tell of.
  package var outcome: String?
  package var reason: String?
  /// The step that was reached, as far as the events tell, and those planned; epochs likewise.
  package var step: Int?
  package var steps: Int?
  package var epoch: Int?
  package var epochs: Int?
  /// Seconds of work.
  package var seconds: Double?
  /// The run it was forked from, by its name or folder, and at which step.
  package var parent: String?
  package var parentStep: Int?
  package var note = ""
  package var tags: [String] = []
  /// By key, in the order of the keys.
  package var metrics: [Metric] = []
  package var settings: [Setting] = []
  package var trace = AccuracyTrace()
  package var edits = Edits()
  /// Why checkpoints were saved, by step.
  package var savedReasons: [Int: String] = [:]
  /// The steps that it was resumed from, in the order of time.
  package var resumes: [Int] = []
  /// Whether there are events at all.
  package var hasEvents = false
  /// Lines of `events.jsonl` that could not be read.
  package var damagedLines = 0
  /// Whether `about.json` is there and cannot be read.
  package var isAboutDamaged = false

  package init(folder: String) {
    self.folder = folder
  }

  /// Names the run: the last part of its folder.
  package var name: String {
    folder.split(separator: "/").last.map(String.init) ?? folder
  }

  /// A number from evaluations, such as `validation.spiking.accuracy`.
  package struct Metric: Sendable, Equatable {
    package var key: String
    /// Of the last evaluation.
    package var last: Double
    /// The largest accuracy or the smallest loss; of other metrics the value in the evaluation
    /// with the best accuracy with spikes (without spikes where there is none) of the same part of
    /// the data.
    package var best: Double

    package init(key: String, last: Double, best: Double) {
      (self.key, self.last, self.best) = (key, last, best)
    }
  }

  /// One key of the experiment.
  package struct Setting: Sendable, Equatable {
    package var key: String
    package var value: SettingValue

    package init(key: String, value: SettingValue) {
      (self.key, self.value) = (key, value)
    }
  }

  package enum SettingValue: Sendable, Equatable {
    case integer(Int)
    case number(Double)
    /// Texts, `true` and `false`, and lists as TOML writes them.
    case text(String)
  }

  /// Edits of a run; of many the last are kept.
  package struct Edits: Sendable, Equatable {
    package var count = 0
    package var last: [Edit] = []

    /// Most that are kept.
    static let most = 1000
  }

  package struct Edit: Sendable, Equatable {
    package var step: Int
    /// The edit in JSON, as the events have it.
    package var json: String
    package var isByRule: Bool
    /// Whether the run was resumed from before it, so that it counts no more.
    package var isAbandoned: Bool
  }

  package func metric(_ key: String) -> Metric? {
    metrics.first { $0.key == key }
  }

  package func setting(_ key: String) -> SettingValue? {
    settings.first { $0.key == key }?.value
  }

  /// Most bytes of a text that is kept, notes aside.
  static let longestText = 4096

  static func shortened(_ text: String, to limit: Int = longestText) -> String {
    text.utf8.count <= limit ? text : String(text.prefix(limit / 4))
  }
}

extension RunSummary {
  /// Numbers that lists of runs show.
  package struct Scores: Sendable, Equatable {
    /// Best and last accuracy with spikes on the validation part.
    package var best: Double?
    package var last: Double?
    /// Accuracy with spikes on the test part.
    package var test: Double?
    /// Accuracy at w = infinity: of the test, else of the last validation.
    package var infinity: Double?
    /// `bitsRange` of the same evaluation, the mean over sites.
    package var bits: Double?
  }

  package var scores: Scores {
    let validation = metric("validation.spiking.accuracy")
    let split = metrics.contains { $0.key.hasPrefix("test.") } ? "test." : "validation."
    let bits = metrics.filter {
      $0.key.hasPrefix(split + "sites.") && $0.key.hasSuffix(".bitsRange")
    }
    return Scores(
      best: validation?.best, last: validation?.last,
      test: metric("test.spiking.accuracy")?.last,
      infinity: metric(split + "nonSpiking.accuracy")?.last,
      bits: bits.isEmpty ? nil : bits.reduce(0) { $0 + $1.last } / Double(bits.count))
  }
}
