import Runs
import Terminal

/// What the keys of the Runs screen do.
extension Dashboard {
  mutating func performOnRuns(_ action: Action) -> [Effect] {
    switch action {
    case .markRun: return markRun()
    case .nextOrder:
      runs.order = runs.order.next
      say(Sentence.runsBy(runs.order.title))
    case .nextComparison:
      runs.metric = runs.metric.next
      say(Sentence.comparing(runs.metric.title))
    case .nextAxis:
      runs.axis = runs.axis.next
      say(Sentence.over(runs.axis.rawValue))
    case .filterRuns: overlay = .prompt(Prompt(.filter, runs.filter))
    case .noteRun: annotate { Prompt(.note(folder: $0.folder), $0.note) }
    case .tagRun: annotate { Prompt(.tags(folder: $0.folder), $0.tags.joined(separator: " ")) }
    case .listRuns:
      say(Sentence.readingRuns)
      return [.listRuns]
    case .open(let kind): return open(kind)
    default: break
    }
    return []
  }

  private mutating func annotate(_ prompt: (RunEntry) -> Prompt) {
    if let entry = runs.selectedEntry {
      overlay = .prompt(prompt(entry))
    } else {
      say(Sentence.noRunChosen)
    }
  }

  private mutating func markRun() -> [Effect] {
    guard let entry = runs.selectedEntry else {
      say(Sentence.noRunChosen)
      return []
    }
    guard runs.toggleMark(entry.folder) else {
      say(Sentence.tooManyRuns(RunsList.mostMarked))
      return []
    }
    let isWanted = runs.marked.contains(entry.folder) && runs.curves[entry.folder] == nil
    return isWanted ? [.readRun(folder: entry.folder)] : []
  }

  /// Another run takes the place of the present one, which must not be lost by that.
  private mutating func open(_ kind: Opening) -> [Effect] {
    guard let entry = runs.selectedEntry else {
      say(Sentence.noRunChosen)
      return []
    }
    guard mode != .run || run.isOver || run.phase == .preparing else {
      say(Sentence.stopFirst)
      return []
    }
    return [.open(kind, folder: entry.folder)]
  }

  mutating func scrollRuns(_ scroll: Scroll) {
    let present = runs.selectedIndex ?? 0
    let rows = max(1, rows(of: .runs) - 1)
    switch scroll {
    case .rows(let count): runs.select(present + count)
    case .pages(let count): runs.select(present + count * rows)
    case .start: runs.select(0)
    case .end: runs.select(.max)
    }
    if runs.selectedIndex ?? 0 == present { say(Sentence.nothingFurther) }
  }
}
