package import Runs
package import Terminal

/// The screen of a scan: a map of one result over the first two axes, as far as it is measured. A
/// value: messages change it, and it is drawn from itself alone.
package struct ScanBoard: Equatable, Sendable {
  package enum Phase: Equatable, Sendable {
    case running
    /// Asked to stop; points under way are given up.
    case stopping
    /// Stopped, or all points are there.
    case ended
    case failed(String)
  }

  package enum Message: Equatable, Sendable {
    /// Rows that are there from now on. `isEarlier` says that they were before the scan began.
    case rows([ScanRow], isEarlier: Bool = false)
    case key(Key)
    case resized(Size)
    /// Seconds since the scan began.
    case tick(seconds: Double)
    case ended
    case failed(String)
    /// Asked to stop by a signal.
    case terminate
  }

  /// What the program is to do.
  package enum Effect: Equatable, Sendable {
    case stop, leave, suspend, repaint
  }

  let name: String
  let table: String
  let threads: Int
  package private(set) var means: ScanMeans
  package private(set) var progress: ScanProgress
  package private(set) var phase = Phase.running
  /// Rows that were there before.
  private(set) var earlier = 0
  /// Which of the results is shown.
  private(set) var result = 0
  private(set) var selected = Heatmap.Place(column: 0, row: 0)
  package private(set) var size: Size
  package var glyphs: Glyphs

  /// - Parameters:
  ///   - points: to be measured, without those that are there already
  ///   - table: where rows are written
  package init(
    name: String, means: ScanMeans, points: Int, threads: Int, table: String, size: Size,
    glyphs: Glyphs = .unicode
  ) {
    (self.name, self.means, self.threads, self.table) = (name, means, threads, table)
    progress = ScanProgress(points: points)
    (self.size, self.glyphs) = (size, glyphs)
  }

  /// Whether nothing more is measured.
  package var isOver: Bool {
    switch phase {
    case .running, .stopping: false
    case .ended, .failed: true
    }
  }

  package mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .rows(let rows, let isEarlier):
      for row in rows { means.add(row) }
      if isEarlier { earlier += rows.count } else { progress.measured += rows.count }
    case .key(let key): return press(key)
    case .resized(let size): self.size = size
    case .tick(let seconds): if !isOver { progress.seconds = seconds }
    case .ended:
      // Asked to stop, the program is left as soon as it can be.
      let wasStopping = phase == .stopping
      if !isOver { phase = .ended }
      return wasStopping ? [.leave] : []
    case .failed(let sentence): phase = .failed(sentence)
    case .terminate: return stop()
    }
    return []
  }

  private mutating func stop() -> [Effect] {
    guard phase == .running else { return isOver ? [.leave] : [] }
    phase = .stopping
    return [.stop]
  }

  private mutating func press(_ key: Key) -> [Effect] {
    switch key {
    case .tab: result = (result + 1) % means.results.count
    case .backTab: result = (result + means.results.count - 1) % means.results.count
    case .left, .character("h"): move(columns: -1)
    case .right, .character("l"): move(columns: 1)
    case .up, .character("k"): move(rows: 1)
    case .down, .character("j"): move(rows: -1)
    // Whoever asks again does not wait for the points under way; rows that are there are kept.
    case .control("c") where phase == .stopping: return [.leave]
    case .character("q"), .control("c"): return stop()
    case .control("l"): return [.repaint]
    case .control("z"): return [.suspend]
    default: break
    }
    return []
  }

  private mutating func move(columns: Int = 0, rows: Int = 0) {
    selected.column = min(max(0, selected.column + columns), means.width - 1)
    selected.row = min(max(0, selected.row + rows), means.height - 1)
  }
}
