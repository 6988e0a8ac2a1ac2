import Terminal

/// What keys do while a text is typed.
extension Dashboard {
  mutating func type(_ key: Key, into prompt: Prompt) -> [Effect] {
    var prompt = prompt
    prompt.take(key)
    overlay = .prompt(prompt)
    if prompt.purpose == .filter { runs.filter = key == .escape ? "" : prompt.text }
    switch key {
    case .enter:
      overlay = nil
      return finish(prompt)
    case .escape: overlay = nil
    default: break
    }
    return []
  }

  private mutating func finish(_ prompt: Prompt) -> [Effect] {
    switch prompt.purpose {
    case .filter: return []
    case .note(let folder): return [.annotate(folder: folder, note: prompt.text)]
    case .tags(let folder):
      return [.tag(folder: folder, prompt.text.split(separator: " ").map(String.init))]
    }
  }
}
