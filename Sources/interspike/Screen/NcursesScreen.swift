import CNcurses
import Glibc
import ProgramSupport
import Terminal

/// The terminal through ncurses. There is one at a time, used from the main thread only.
final class NcursesScreen: Screen {
  /// The characters that the terminal's character set has.
  let glyphs: Glyphs
  private(set) var size = Size.zero

  private let modes: TerminalModes
  private let input: UnsafeMutablePointer<FILE>
  private let output: UnsafeMutablePointer<FILE>
  private let screen: OpaquePointer
  private let depth: ColorDepth
  private var pens: Pens
  private var shown: Frame?
  private var isOpen = true
  /// Whether the size has changed since the terminal was taken.
  private var wasResized = false

  /// How long ncurses waits for the rest of a key's sequence after an escape, in milliseconds.
  private static let escapeDelay: Int32 = 25

  /// Takes the terminal of the two descriptors, which stay open when the screen is closed.
  init(
    input inputDescriptor: Int32, output outputDescriptor: Int32, theme: Theme, hasColor: Bool
  ) throws(ScreenError) {
    modes = try TerminalModes(of: outputDescriptor)
    let hasUnicode = program_locale_is_utf8()
    glyphs = hasUnicode ? .unicode : .ascii
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    guard let output = fdopen(dup(outputDescriptor), "w"),
      let input = fdopen(dup(inputDescriptor), "r")
    else { throw .notATerminal }
    guard let screen = newterm(nil, output, input) else {
      fclose(output)
      fclose(input)
      throw .unknownTerminal(name: name)
    }
    self.input = input
    self.output = output
    self.screen = screen
    depth = Self.startColors(wanted: hasColor)
    pens = Pens(theme: theme, depth: depth)
    modes.armForFaults()
    program_stderr_hold()
    enter()
    guard tigetstr("cup").map({ Int(bitPattern: $0) > 0 }) == true else {
      close()
      throw .noCursorAddressing(name: name)
    }
  }

  /// The colours that the terminal has and the user wants.
  private static func startColors(wanted: Bool) -> ColorDepth {
    guard wanted, has_colors(), start_color() == OK, use_default_colors() == OK else {
      return .none
    }
    return screen_colors() >= 256 ? .twoHundredFiftySix : .sixteen
  }

  private func enter() {
    raw()
    noecho()
    nonl()
    screen_prepare_keys()
    set_escdelay(Self.escapeDelay)
    curs_set(0)
    updateSize()
  }

  /// Asks the terminal for its size; true when it has changed.
  @discardableResult
  func updateSize() -> Bool {
    var columns: Int32 = 0
    var rows: Int32 = 0
    if program_terminal_size(modes.descriptor, &columns, &rows) {
      resize_term(rows, columns)
    }
    let size = Size(width: Int(screen_width()), height: Int(screen_height()))
    guard size != self.size else { return false }
    wasResized = !self.size.isEmpty
    self.size = size
    screen_erase()
    invalidate()
    return true
  }

  func use(_ theme: Theme) {
    pens = Pens(theme: theme, depth: depth)
    invalidate()
  }

  func show(_ frame: Frame) {
    guard isOpen else { return }
    for run in frame.changes(since: shown) {
      for column in run.columns { put(frame[column, run.row], column: column, row: run.row) }
    }
    shown = frame
    screen_update()
  }

  private func put(_ cell: Cell, column: Int, row: Int) {
    let pen = pens[cell.style]
    let isShowable = cell.scalar.isASCII || !glyphs.isASCII
    screen_put(
      Int32(row), Int32(column), isShowable ? cell.scalar.value : 0x3F, pen.attributes, pen.pair)
  }

  func invalidate() {
    shown = nil
    screen_forget()
  }

  func beep() {
    CNcurses.beep()
  }

  /// All keys typed since the last call.
  func readKeys() -> [Key] {
    KeyReader.readAll()
  }

  /// Gives the terminal back for a while.
  func suspend() {
    guard isOpen else { return }
    // After a resize tmux pulls rows of the alternate screen into the normal one.
    if wasResized {
      screen_erase()
      screen_update()
      wasResized = false
    }
    endwin()
    modes.restore()
    modes.disarmForFaults()
    program_stderr_release()
  }

  /// Takes the terminal again, whatever was done to it meanwhile.
  func resume() {
    guard isOpen else { return }
    modes.armForFaults()
    program_stderr_hold()
    screen_update()
    enter()
    invalidate()
  }

  /// Gives the terminal back for good, as it was found.
  func close() {
    guard isOpen else { return }
    suspend()
    isOpen = false
    delscreen(screen)
    fclose(output)
    fclose(input)
  }
}
