/// An experiment that comes with the program.
package struct Preset: Sendable {
  /// One line on what it shows.
  package let summary: String
  /// Where its numbers come from.
  package let source: String
  package let experiment: Experiment

  package var name: String { experiment.name }
}
