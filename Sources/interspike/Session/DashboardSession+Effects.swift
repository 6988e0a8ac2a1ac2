import Dashboard
import RunStore
import Runs
import Terminal
import TerminalScreen

/// What the dashboard asks of the program.
extension DashboardSession {
  mutating func perform(_ effect: Effect) {
    switch effect {
    case .send(let command): source.send(command)
    case .quit: isLeaving = true
    case .suspend: suspend()
    case .nextTheme: choose(themes.next())
    case .useTheme(let name): choose(themes.use(name))
    case .export(let format): export(format)
    case .picture(let path): savePicture(as: path)
    case .repaint:
      screen.invalidate()
      pace.noteInput(at: clock())
    case .bell: screen.beep()
    case .listRuns: lists.list()
    case .readRun(let folder): lists.read(folder)
    case .annotate(let folder, let note): lists.change(folder) { $0.note = note }
    case .tag(let folder, let tags):
      if let wrong = tags.first(where: { !AboutFile.isTag($0) }) {
        send(.noticed(Notice(Messages.noTag(wrong), .error)))
      } else {
        lists.change(folder) { $0.tags = Array(tags.prefix(AboutFile.mostTags)) }
      }
    case .open(let kind, let folder):
      opening = (kind, folder)
      isLeaving = true
    }
  }

  /// The screen as it is, in the colours of the theme, and as text beside it.
  private mutating func savePicture(as path: String?) {
    let drawing = Frame(screen.size, glyphs: dashboard.glyphs) { dashboard.draw(on: $0) }
    let svg = Array(SVGWriter(theme: themes.current).text(of: drawing).utf8)
    do throws(FileError) {
      let written = try PictureFiles.write(
        svg, text: Array((drawing.text + "\n").utf8), to: path, named: dashboard.pictureName)
      send(.noticed(Notice("Saved \(written.joined(separator: " and "))", .notice)))
    } catch {
      send(.noticed(Notice(Messages.sentence(error), .error)))
    }
  }

  /// Another process writes the run as far as it is on the disk.
  private mutating func export(_ format: String) {
    guard let folder = folder ?? (try? own?.plan.folder.get().path) else {
      send(.noticed(Notice("Nothing of this run is on the disk yet.", .error)))
      return
    }
    lists.export(folder, as: format)
  }

  /// Keeps how runs were looked at for the next time, where that has changed.
  func keepView() {
    var view = dashboard.view
    view.theme = chosenTheme ?? look.view.theme
    guard view != look.view, let file = look.viewFile else { return }
    do throws(FileError) {
      try file.write(view)
    } catch {
      StandardError.write("interspike: \(Messages.sentence(error))\n")
    }
  }

  /// Shows a theme that the user has chosen, which is then remembered.
  private mutating func choose(_ outcome: ThemeSwitcher.Outcome) {
    if case .shown = outcome { chosenTheme = themes.lastingSource }
    show(outcome)
  }

  mutating func show(_ outcome: ThemeSwitcher.Outcome) {
    switch outcome {
    case .shown(let theme):
      screen.use(theme)
      send(.themed(name: theme.name, marks: theme.marks))
      send(.noticed(Notice("Theme \(theme.name)", .notice)))
    case .refused(let sentences):
      for sentence in sentences { send(.noticed(Notice(sentence, .error))) }
    }
  }
}
