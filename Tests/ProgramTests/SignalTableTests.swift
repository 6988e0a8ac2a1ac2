import Foundation
import Glibc
import Testing

/// Every row of the table of signals: what a signal does to the dashboard, and to a run that prints.
@Suite(.serialized) struct SignalTableTests {
  private func expectSaved(seed: Int, at location: SourceLocation = #_sourceLocation) {
    #expect(!Program.checkpoints(seed: seed).isEmpty, sourceLocation: location)
  }

  /// The events of the run with this seed, once it has ended.
  private func events(seed: Int) throws -> [String] {
    guard let folder = Program.runFolder(seed: seed) else { return [] }
    let file = folder.appendingPathComponent("events.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  // MARK: The dashboard

  @Test func `the second SIGINT stops, saves and leaves in order`() throws {
    let terminal = try PseudoTerminal.training(seed: 4701)
    terminal.send(signal: SIGINT)
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.send(signal: SIGINT)
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
    #expect(terminal.screen.contains("Saved "), "\(terminal.screen)")
    expectSaved(seed: 4701)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `SIGTERM and SIGHUP save the run, restore the terminal and kill`(signal: Int32) throws {
    let terminal = try PseudoTerminal.training(seed: 4702 + Int(signal))
    terminal.send(signal: signal)
    #expect(terminal.waitForEnd() == .killed(signal: signal))
    try terminal.expectRestored()
    expectSaved(seed: 4702 + Int(signal))
  }

  @Test func `a terminal that is closed ends the run, which is saved`() throws {
    let terminal = try PseudoTerminal.training(seed: 4720)
    terminal.hangUp()
    #expect(terminal.waitForEnd() == .killed(signal: SIGHUP))
    expectSaved(seed: 4720)
  }

  @Test func `with --keep-running a closed terminal leaves the run going on to its end`() throws {
    let terminal = try PseudoTerminal.training(epochs: 12, seed: 4711, ["--keep-running"])
    terminal.hangUp()
    #expect(terminal.waitForEnd() == .exited(0))
    expectSaved(seed: 4711)
    let lines = try events(seed: 4711)
    #expect(lines.first?.hasPrefix("{\"event\":\"began\"") == true)
    #expect(lines.last?.contains("\"outcome\":\"completed\"") == true, "\(lines.last ?? "")")
    for line in lines {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `with --keep-running a SIGHUP alone gives the terminal back and goes on`() throws {
    let terminal = try PseudoTerminal.training(epochs: 12, seed: 4712, ["--keep-running"])
    terminal.send(signal: SIGHUP)
    terminal.send(signal: SIGHUP)
    #expect(terminal.wait { !$0.emulator.modes.contains(1049) })
    try terminal.expectRestored()
    terminal.send(signal: SIGHUP)
    #expect(terminal.waitForEnd() == .exited(0))
    #expect(try events(seed: 4712).last?.contains("\"outcome\":\"completed\"") == true)
  }

  @Test func `a shell that is closed with its terminal leaves the run going on`() throws {
    let shell = try Self.shell()
    shell.type("\"$PROGRAM\" --epochs 12 --seed 4714 --keep-running\n")
    #expect(shell.waits(for: "/12"), "\(shell.screen)")
    // Told to train to the end of the epoch only, it would wait for ever.
    shell.type(",")
    shell.hangUp()
    #expect(
      try Self.wait { try events(seed: 4714).last?.contains("\"outcome\":\"completed\"") == true })
    #expect(try Self.wait { !Program.checkpoints(seed: 4714).isEmpty })
  }

  @Test func `a run that went on without its terminal is stopped and saved by SIGTERM`() throws {
    let terminal = try PseudoTerminal.training(seed: 4715, ["--keep-running"])
    terminal.hangUp()
    // What was told before it noticed says nothing.
    let before = try events(seed: 4715).count
    #expect(try Self.wait { try events(seed: 4715).count > before + 3 })
    terminal.send(signal: SIGTERM)
    #expect(terminal.waitForEnd() == .exited(143))
    #expect(try events(seed: 4715).last?.contains("\"outcome\":\"stopped\"") == true)
  }

  @Test func `a second SIGTERM does not wait for the batch`() throws {
    let terminal = try PseudoTerminal(Self.slow + ["--seed", "4716"])
    #expect(terminal.waits(for: "epoch 1/5000"), "\(terminal.screen)")
    terminal.send(signal: SIGTERM)
    #expect(terminal.waits(for: "stopping"), "\(terminal.screen)")
    terminal.send(signal: SIGTERM)
    #expect(terminal.waitForEnd() == .killed(signal: SIGTERM))
    try terminal.expectRestored()
    #expect(Program.checkpoints(seed: 4716).isEmpty)
  }

  /// A run whose batches take their time.
  private static let slow = [
    "--epochs", "5000", "--set", "model.hidden=1200", "--set", "training.batch=512",
  ]

  /// An interactive shell, which gives every command a process group of its own.
  private static func shell() throws -> PseudoTerminal {
    let shell = try PseudoTerminal(
      ["-i"], environment: ["PS1": "ready$ ", "PROGRAM": Program.path], path: "/bin/sh")
    try #require(shell.waits(for: "ready$"))
    return shell
  }

  /// Waits for something that is not to be seen on a terminal; what cannot be asked for yet counts as
  /// not fulfilled.
  private static func wait(until condition: () throws -> Bool) throws -> Bool {
    for _ in 0..<600 {
      if (try? condition()) == true { return true }
      usleep(50_000)
    }
    return try condition()
  }

  @Test func `Ctrl-Z gives the terminal back to the shell, and fg takes it again`() throws {
    let shell = try Self.shell()
    let modes = shell.modes
    shell.type("\"$PROGRAM\" --epochs 5000\n")
    #expect(shell.waits(for: "/5000"), "\(shell.screen)")
    for _ in 0..<2 {
      shell.type("\u{1A}")
      #expect(shell.wait { !$0.emulator.modes.contains(1049) && $0.screen.contains("ready$") })
      #expect(shell.emulator.modes.contains(25))
      #expect(!shell.emulator.modes.contains(2004))
      shell.type("stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon\n")
      #expect(shell.waits(for: "icanon"), "\(shell.screen)")
      shell.emulator.clear()
      shell.resize(columns: 100, rows: 40)
      shell.type("fg\n")
      #expect(shell.waits(for: "/5000"), "\(shell.screen)")
      // What there is room for now, there was not before.
      #expect(shell.wait { String($0.emulator.rows[39]).contains("v validate") })
      #expect(shell.wait { $0.emulator.modes.contains(1049) && $0.screen.contains("q quit") })
      #expect(shell.wait { !$0.emulator.modes.contains(25) })
      #expect(shell.emulator.modes.contains(1))
    }
    shell.type("q")
    #expect(shell.waits(for: "without saving"))
    shell.type("x")
    #expect(shell.wait { !$0.emulator.modes.contains(1049) && $0.modes == modes })
  }

  @Test func `SIGTERM to a program in the background saves its run and leaves the terminal alone`()
    throws
  {
    let shell = try Self.shell()
    shell.type("\"$PROGRAM\" --epochs 5000 --seed 4717\n")
    #expect(shell.waits(for: "/5000"), "\(shell.screen)")
    shell.type("\u{1A}")
    #expect(shell.wait { !$0.emulator.modes.contains(1049) && $0.screen.contains("ready$") })
    // A stopped process learns of a signal when it is continued, which not every shell does by itself.
    shell.type("kill %1; kill -s CONT %1\n")
    #expect(try Self.wait { !Program.checkpoints(seed: 4717).isEmpty })
    shell.type("jobs; echo over\n")
    #expect(shell.waits(for: "over"), "\(shell.screen)")
    #expect(!shell.emulator.modes.contains(1049))
  }

  @Test func `a process that is stopped without notice takes its terminal again`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.send(signal: SIGSTOP)
    #expect(terminal.wait { $0.isStopped })
    terminal.emulator.clear()
    terminal.send(signal: SIGCONT)
    #expect(terminal.wait { $0.screen.contains("interspike  digits") }, "\(terminal.screen)")
    #expect(terminal.waits(for: "q quit"), "\(terminal.screen)")
    #expect(terminal.emulator.modes.contains(1049))
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGBUS, SIGFPE, SIGABRT, SIGTRAP])
  func `a fault restores the terminal and ends the process by its signal`(signal: Int32) throws {
    let terminal = try PseudoTerminal.training()
    terminal.send(signal: signal)
    #expect(terminal.waitForEnd() == .killed(signal: signal))
    try terminal.expectRestored()
  }

  #if DEBUG
    @Test(arguments: ["trap", "trap in study"])
    func `a crash gives the terminal back and leaves its message on it`(kind: String) throws {
      let terminal = try PseudoTerminal(environment: ["INTERSPIKE_MISBEHAVE": kind])
      let end = terminal.waitForEnd()
      // What a trap of Swift is depends on the processor.
      #expect(end == .killed(signal: SIGILL) || end == .killed(signal: SIGTRAP))
      try terminal.expectRestored()
      #expect(terminal.screen.contains("Index out of range"), "\(terminal.screen)")
    }
  #endif

  // MARK: Printing

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func `a signal stops a run that prints, which is saved`(signal: Int32, status: Int32) throws {
    let terminal = try PseudoTerminal(["--json", "--epochs", "5000", "--seed", "\(4730 + signal)"])
    #expect(terminal.waits(for: "\"stepped\""))
    terminal.send(signal: signal)
    #expect(terminal.waitForEnd() == .exited(status))
    expectSaved(seed: 4730 + Int(signal))
  }

  @Test func `a second SIGINT does not wait`() throws {
    let terminal = try PseudoTerminal(Self.slow + ["--json"])
    #expect(terminal.waits(for: "\"began\""))
    terminal.send(signal: SIGINT)
    usleep(200_000)
    terminal.send(signal: SIGINT)
    #expect(terminal.waitForEnd() == .exited(130))
    #expect(!terminal.writtenText.contains("\"ended\""))
  }

  @Test func `with --keep-running a run that prints ignores SIGHUP`() throws {
    let terminal = try PseudoTerminal(["--json", "--epochs", "6", "--keep-running"])
    #expect(terminal.waits(for: "\"stepped\""))
    terminal.send(signal: SIGHUP)
    #expect(terminal.waitForEnd() == .exited(0))
    #expect(String(decoding: terminal.bytes, as: UTF8.self).contains("\"completed\""))
  }

  @Test func `with --keep-running a run that prints goes on when its terminal is closed`() throws {
    let terminal = try PseudoTerminal(
      ["--json", "--epochs", "12", "--keep-running", "--seed", "4713"])
    #expect(terminal.waits(for: "\"stepped\""))
    terminal.hangUp()
    #expect(terminal.waitForEnd() == .exited(0))
    let lines = try events(seed: 4713)
    #expect(lines.first?.hasPrefix("{\"event\":\"began\"") == true)
    #expect(lines.last?.contains("\"outcome\":\"completed\"") == true)
  }

  @Test func `SIGTSTP stops a run that prints and SIGCONT lets it go on`() throws {
    // A process without a shell over it cannot be stopped by SIGTSTP.
    let shell = try Self.shell()
    shell.type("\"$PROGRAM\" --plain --epochs 5000\n")
    #expect(shell.waits(for: "digits: hybrid LMU"))
    shell.type("\u{1A}")
    #expect(shell.waits(for: "Stopped"), "\(shell.screen)")
    shell.emulator.clear()
    shell.type("fg\n")
    #expect(shell.waits(for: "--plain"), "\(shell.screen)")
    shell.type("\u{3}")
    // The results that follow may move it out of sight.
    #expect(
      shell.wait { String(decoding: $0.bytes, as: UTF8.self).contains(".safetensors") },
      "\(shell.screen)")
  }

  @Test func `where no dashboard can be shown Ctrl-Z stops the run as well`() throws {
    let shell = try Self.shell()
    shell.type("TERM=dumb \"$PROGRAM\" --epochs 5000\n")
    #expect(shell.waits(for: "digits: hybrid LMU"), "\(shell.screen)")
    shell.type("\u{1A}")
    #expect(shell.waits(for: "Stopped"), "\(shell.screen)")
  }
}
