import Engine
import Terminal

/// What keys do while a text is typed.
extension Dashboard {
  mutating func type(_ key: Key, into prompt: Prompt) -> [Effect] {
    var prompt = prompt
    switch key {
    case .enter:
      overlay = nil
      return finish(prompt)
    case .escape:
      overlay = nil
      if prompt.purpose == .filter { runs.filter = "" }
      if prompt.purpose == .gauges { gaugeFilter = "" }
      if prompt.purpose == .log { logFilter = "" }
      return []
    // As in shells, a text is left first; the next one asks for the end.
    case .control("c"):
      overlay = nil
      return isQuitting ? [.quit] : []
    // As in editors, what is before the colon is left with it.
    case .backspace where prompt.purpose == .command && prompt.text.isEmpty:
      overlay = nil
      return []
    case .tab where prompt.commandLine != nil: prompt = completed(prompt)
    case .up where prompt.purpose == .command: prompt = recalled(from: prompt, by: 1)
    case .down where prompt.purpose == .command: prompt = recalled(from: prompt, by: -1)
    default: prompt.take(key)
    }
    if prompt.purpose == .filter { runs.filter = prompt.text }
    if prompt.purpose == .gauges { (gaugeFilter, zoomed) = (prompt.text, nil) }
    if prompt.purpose == .log { (logFilter, logScroll) = (prompt.text, 0) }
    overlay = .prompt(prompt)
    return []
  }

  /// What the last word of a text may become, once there is one.
  func completions(of prompt: Prompt) -> [String] {
    guard let line = prompt.commandLine, !prompt.text.isEmpty else { return [] }
    return CommandLine.completions(
      of: line, knobs: run.knobs, sites: run.sites.map(\.id),
      surrogates: run.summary?.surrogates ?? [])
  }

  private func completed(_ prompt: Prompt) -> Prompt {
    guard let line = prompt.commandLine else { return prompt }
    let completed = CommandLine.completed(
      line, knobs: run.knobs, sites: run.sites.map(\.id),
      surrogates: run.summary?.surrogates ?? [])
    return Prompt(
      prompt.purpose, String(completed.dropFirst(line.count - prompt.text.count)))
  }

  /// An earlier command, or a later one, and after the last of them an empty line.
  private func recalled(from prompt: Prompt, by distance: Int) -> Prompt {
    let back = min(max(0, prompt.recalled + distance), commandHistory.count)
    var other = Prompt(.command, back > 0 ? commandHistory[commandHistory.count - back] : "")
    other.recalled = back
    return other
  }

  private mutating func finish(_ prompt: Prompt) -> [Effect] {
    switch prompt.purpose {
    case .filter, .gauges, .log: return []
    case .command: return carryOut(prompt.text)
    case .stability:
      do throws(CommandError) {
        return testStability(try StabilityWords(prompt.text.split(separator: " ").map(String.init)))
      } catch {
        say(Sentence.noCommand(prompt.commandLine ?? "", error), .error)
        return []
      }
    case .note(let folder): return [.annotate(folder: folder, note: prompt.text)]
    case .tags(let folder):
      return [.tag(folder: folder, prompt.text.split(separator: " ").map(String.init))]
    }
  }

  private mutating func carryOut(_ line: String) -> [Effect] {
    guard line.contains(where: { $0 != " " }) else { return [] }
    if commandHistory.last != line { commandHistory.append(line) }
    if commandHistory.count > ViewState.mostCommands { commandHistory.removeFirst() }
    do throws(CommandError) {
      return perform(try CommandLine.action(of: line, knobs: run.knobs))
    } catch {
      say(Sentence.noCommand(line, error), .error)
      return []
    }
  }
}

extension Prompt {
  /// The text as a command, if it is one or the arguments of one.
  fileprivate var commandLine: String? {
    switch purpose {
    case .command: text
    case .stability: "stability " + text
    default: nil
    }
  }
}
