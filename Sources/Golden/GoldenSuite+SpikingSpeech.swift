extension GoldenSuite {
  /// The checks of what makes spikes of sound, and of the readers of recordings.
  package static let spikingSpeechChecks: [any GoldenCheck] = [
    LyonEarCheck(), SpikerCheck(), RecordingLoadersCheck(),
  ]
}
