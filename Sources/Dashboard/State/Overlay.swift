/// What lies over the page and takes the keys.
package enum Overlay: Sendable, Equatable {
  /// The table of keys, scrolled down by so many rows.
  case help(scroll: Int)
  case quit(selected: QuitChoice)
  /// A text is typed in the bottom line.
  case prompt(Prompt)
  /// A command is chosen.
  case palette(Palette)
  /// An estimator is picked.
  case estimators(EstimatorPicker)
}

/// The answers to the question how to leave a run that is not over.
package enum QuitChoice: Int, Sendable, Equatable, CaseIterable {
  case stopAndSave, withoutSaving, cancel
}
