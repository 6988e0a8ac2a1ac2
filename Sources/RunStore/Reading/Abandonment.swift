import Runs

/// Which steps of a run were given up because it was resumed from before them.
struct Abandonment {
  /// Lines of `resumed` with their steps; both increase, as a later one from an earlier step
  /// covers all that those before it cover.
  private var resumes: [(line: Int, step: Int)] = []
  private var line = 0

  /// Takes the next line of `events.jsonl`.
  mutating func take(_ bytes: ArraySlice<UInt8>) {
    defer { line += 1 }
    guard let name = EventHistory.event(of: bytes), name.elementsEqual("resumed".utf8),
      let step = (try? JSONParser.parse(Array(bytes)))?.object?["step"]?.count
    else { return }
    while let last = resumes.last, last.step >= step { resumes.removeLast() }
    resumes.append((line, step))
  }

  /// Whether what a line tells of a step was given up later in the file.
  func covers(step: Int, ofLine line: Int) -> Bool {
    // The first resume after the line is the one from the earliest step.
    var (low, high) = (0, resumes.count)
    while low < high {
      let middle = (low + high) / 2
      if resumes[middle].line > line { high = middle } else { low = middle + 1 }
    }
    return low < resumes.count && step > resumes[low].step
  }
}
