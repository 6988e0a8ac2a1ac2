import CNcurses
import Glibc
import ProgramSupport
package import Terminal

/// The terminal through ncurses. There is one at a time, used from the main thread only.
///
/// ncurses composes what has to be written; writing it never waits for the terminal. While there is
/// something left to be written, ``isReady`` is false and no further frame should be shown.
package final class NcursesScreen: Screen {
  /// The characters that the terminal's character set has.
  package let glyphs: Glyphs
  package private(set) var size = Size.zero
  /// Bytes of the frame shown last.
  package private(set) var frameBytes = 0

  private var modes: TerminalModes
  private let streams: TerminalStreams
  private let screen: OpaquePointer
  private let captured: CapturedOutput
  private var writer: TerminalOutput
  var extensions: TerminalExtensions
  private let leaving: LeavingSequence
  private let depth: ColorDepth
  private var pens: Pens
  private var shown: Frame?
  private var row: [ScreenCell] = []
  var held = HeldLines()
  private var filter = OutputFilter()
  private var state = State.open
  /// Whether the size has changed since the terminal was taken.
  private var wasResized = false
  /// Until when input belongs to a text that is being pasted, unless its end comes before.
  var pasteEnd: ContinuousClock.Instant?
  var sequences = SequenceReader()

  private enum State {
    case open, suspended, closed
  }

  /// Whether the terminal was given back for a while.
  package var isSuspended: Bool { state == .suspended }

  /// How long ncurses waits for the rest of a key's sequence after an escape, in milliseconds.
  private static let escapeDelay: Int32 = 25
  /// How long leaving waits for a terminal that takes nothing, in milliseconds.
  private static let patience: Int32 = 500

  /// Takes the terminal of the two descriptors, which stay open when the screen is closed.
  ///
  /// While it is taken, what is written to standard output and standard error is held. With
  /// `wantsMouse` the terminal is told to say what the mouse does, where it can.
  package init(
    input inputDescriptor: Int32, output outputDescriptor: Int32, theme: Theme, hasColor: Bool,
    isPlain: Bool, wantsMouse: Bool = false
  ) throws(ScreenError) {
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    let hasUnicode = program_locale_is_utf8() && !Self.lacksBraille(name)
    glyphs = hasUnicode && !isPlain ? .unicode : .ascii
    captured = try CapturedOutput()
    do throws(ScreenError) {
      modes = try TerminalModes(of: outputDescriptor)
    } catch {
      captured.close()
      throw error
    }
    do throws(ScreenError) {
      streams = try TerminalStreams(input: inputDescriptor, output: outputDescriptor)
    } catch {
      captured.close()
      modes.close()
      throw error
    }
    guard let screen = newterm(nil, streams.output, streams.input) else {
      streams.close()
      captured.close()
      modes.close()
      throw .unknownTerminal(name: name)
    }
    self.screen = screen
    raw()
    noecho()
    nonl()
    modes.keepOwn()
    captured.takePlace(of: fileno(streams.output))
    writer = TerminalOutput(terminal: outputDescriptor)
    extensions = TerminalExtensions(wantsMouse: wantsMouse)
    leaving = LeavingSequence(extra: extensions.leaving)
    depth = Self.startColors(wanted: hasColor)
    pens = Pens(theme: theme, depth: depth)
    program_output_hold()
    enter()
    // Those of the terminal database are known from here on, so that these replace them.
    KeyReader.defineKeys(hasMouse: extensions.tracksMouse)
    guard tigetstr("cup").map({ Int(bitPattern: $0) > 0 }) == true else {
      abandon()
      throw .noCursorAddressing(name: name)
    }
    takeScreen()
  }

  /// Goes to the alternate screen, asks what has to be asked there, where a terminal that does not
  /// understand may print it, and has the next frame written whole.
  private func takeScreen() {
    screen_update()
    writer.send(takeOutput() + extensions.entering)
    invalidate()
  }

  /// Becomes readable when something is typed.
  package var inputDescriptor: Int32 { fileno(streams.input) }

  /// Terminals whose fonts have no braille patterns, whatever the character set.
  private static func lacksBraille(_ name: String) -> Bool {
    ["linux", "vt", "ansi", "cons"].contains { name.hasPrefix($0) }
  }

  /// The colours that the terminal has and the user wants.
  private static func startColors(wanted: Bool) -> ColorDepth {
    guard wanted, has_colors(), start_color() == OK, use_default_colors() == OK else {
      return .none
    }
    return screen_colors() >= 256 ? .twoHundredFiftySix : .sixteen
  }

  private func enter() {
    filter = OutputFilter()
    screen_prepare_keys()
    set_escdelay(Self.escapeDelay)
    curs_set(0)
    updateSize()
    armForFaults()
  }

  private func armForFaults() {
    modes.armForFaults(leaving: leaving.bytes(rows: size.height))
  }

  /// Asks the terminal for its size; true when it has changed.
  @discardableResult
  package func updateSize() -> Bool {
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
    if state == .open { armForFaults() }
    return true
  }

  package func use(_ theme: Theme) {
    pens = Pens(theme: theme, depth: depth)
    invalidate()
  }

  // MARK: Frames

  /// Whether the terminal has taken all of the last frame.
  package var isReady: Bool { state == .open && writer.isIdle }

  /// Becomes writable when the terminal has room again; `nil` while nothing waits for that.
  package var waitingDescriptor: Int32? { writer.isIdle ? nil : writer.descriptor }

  /// Goes on writing what the terminal had no room for.
  package func flush() { writer.flush() }

  package func show(_ frame: Frame) {
    guard state == .open else { return }
    for run in frame.changes(since: shown) { put(run, of: frame) }
    shown = frame
    screen_update()
    let bytes = extensions.framed(takeOutput())
    frameBytes = bytes.count
    writer.send(bytes)
  }

  /// What ncurses has written since the last call, as the terminal is to have it.
  private func takeOutput() -> [UInt8] { filter.filtered(captured.take()) }

  private func put(_ run: ChangedRun, of frame: Frame) {
    row.removeAll(keepingCapacity: true)
    for cell in frame.row(run.row)[offset: run.columns] {
      let pen = pens[cell.style]
      let isShowable = cell.scalar.isASCII || !glyphs.isASCII
      row.append(
        ScreenCell(
          scalar: isShowable ? cell.scalar.value : 0x3F, attributes: pen.attributes,
          pair: pen.pair))
    }
    screen_put(Int32(run.row), Int32(run.columns.lowerBound), row, Int32(row.count))
  }

  package func invalidate() {
    shown = nil
    screen_forget()
  }

  package func beep() {
    CNcurses.beep()
    writer.send(takeOutput())
  }

  // MARK: Leaving and coming back

  /// Gives the terminal back for a while. A terminal that takes nothing is not waited for long;
  /// whether it has taken everything.
  @discardableResult
  package func suspend() -> Bool {
    guard state == .open else { return true }
    state = .suspended
    // After a resize tmux pulls rows of the alternate screen into the normal one.
    if wasResized {
      screen_erase()
      screen_update()
      wasResized = false
    }
    endwin()
    let bytes = takeOutput()
    var isTaken = writer.drain(milliseconds: Self.patience)
    if isTaken {
      writer.send(extensions.leaving.flatMap { Array($0.utf8) } + bytes)
      isTaken = writer.drain(milliseconds: Self.patience)
    }
    if !isTaken {
      writer.discard()
      writer.send(leaving.bytes(rows: size.height))
      writer.discard()
    }
    modes.restore(waits: isTaken)
    modes.disarmForFaults()
    program_output_release(isTaken && !writer.isGone)
    return isTaken && !writer.isGone
  }

  /// Takes the terminal again, whatever was done to it meanwhile.
  package func resume() {
    guard state != .closed else { return }
    // A process that was stopped without notice has not left; ncurses must think so to enter anew.
    if state == .open {
      endwin()
      _ = captured.take()
      writer.discard()
    }
    state = .open
    modes.useOwn()
    program_output_hold()
    enter()
    takeScreen()
  }

  /// Gives the terminal back for good, as it was found; whether it has taken everything.
  @discardableResult
  package func close() -> Bool {
    let isTaken = suspend()
    abandon()
    return isTaken
  }

  /// Lets go of the terminal without writing anything to it.
  private func abandon() {
    guard state != .closed else { return }
    if state == .open {
      modes.restore(waits: false)
      modes.disarmForFaults()
      program_output_release(true)
    }
    state = .closed
    delscreen(screen)
    streams.close()
    writer.close()
    captured.close()
    modes.close()
  }
}

extension ArraySlice {
  /// The part at offsets from the start of this slice.
  fileprivate subscript(offset range: Range<Int>) -> ArraySlice {
    self[startIndex + range.lowerBound..<startIndex + range.upperBound]
  }
}
