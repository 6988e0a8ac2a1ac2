/// Something that shows frames: the terminal, or its twin in memory.
package protocol Screen {
  /// The size that the next frame should have.
  var size: Size { get }

  /// Shows a frame, writing only what changed since the last one.
  mutating func show(_ frame: Frame)

  /// Forgets what is shown, so that the next frame is written whole.
  mutating func invalidate()

  mutating func beep()
}

/// A screen for tests: keeps the last frame and counts what a terminal would have had to write.
package struct MemoryScreen: Screen, Sendable {
  package var size: Size
  package private(set) var frame: Frame?
  /// Cells written by the last `show`.
  package private(set) var changedCells = 0
  package private(set) var framesShown = 0
  package private(set) var beeps = 0
  private var isValid = false

  package init(size: Size) {
    self.size = size
  }

  package mutating func show(_ frame: Frame) {
    let runs = frame.changes(since: isValid ? self.frame : nil)
    changedCells = runs.reduce(0) { $0 + $1.columns.count }
    framesShown += 1
    isValid = true
    self.frame = frame
  }

  package mutating func invalidate() { isValid = false }
  package mutating func beep() { beeps += 1 }
}
