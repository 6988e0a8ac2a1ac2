import Experiments
import Runs
import Terminal
import Testing

@testable import Dashboard

/// The screen of a scan, fed with rows of real points.
@Suite struct ScanBoardTests {
  private struct Scan {
    let work: ScanWork
    var board: ScanBoard

    /// Twelve points: three couplings, two delays, two seeds.
    init(size: Size = Size(width: 80, height: 20)) throws {
      let base = try ExperimentFile.load(
        "inhibitory-regular",
        sets: [
          "inhibitory.neurons=20", "inhibitory.transient=5", "inhibitory.duration=20",
          "inhibitory.sampling=0.1", "inhibitory.seed=3",
        ])
      let axes = [
        try ScanAxis("g", key: "inhibitory.coupling", text: "1,4,16", option: "--g"),
        try ScanAxis("delay", key: "inhibitory.delay", text: "0.1,0.5", option: "--delay"),
      ]
      work = ScanWork(try ScanPlan(base, axes: axes, seeds: 2), InhibitoryScanMeasure())
      board = ScanBoard(
        name: "regular", means: ScanMeans(work), points: 12, threads: 2, table: "rows.csv",
        size: size)
    }

    func rows(_ points: ClosedRange<Int>) throws -> [ScanRow] {
      try points.compactMap { try work.row(of: $0) { false } }
    }

    mutating func press(_ keys: Key...) -> [ScanBoard.Effect] {
      keys.flatMap { board.update(.key($0)) }
    }
  }

  @Test func `the map fills while the scan goes on`() throws {
    var scan = try Scan()
    let empty = scan.board.frame.text
    #expect(empty.contains("0 of 12 points, 0 %") && empty.contains("g 1  delay 0.1  not measured"))
    #expect(empty.count { $0 == "·" } == 6, "\(empty)")
    _ = scan.board.update(.rows(try scan.rows(1...2), isEarlier: true))
    _ = scan.board.update(.rows(try scan.rows(3...9)))
    _ = scan.board.update(.tick(seconds: 3.5))
    let text = scan.board.frame.text
    #expect(text.contains("7 of 12 points, 58 %, 2 a second, 0:03 left"), "\(text)")
    #expect(text.contains("2 were there before") && text.contains("activeFraction over g"))
    // Of six places one has no point yet.
    #expect(text.count { $0 == "·" } == 1, "\(text)")
    #expect(text.contains("g 1  delay 0.1  2 points"), "\(text)")
  }

  @Test func `a cell is the mean over its seeds`() throws {
    var scan = try Scan()
    let rows = try scan.rows(5...6)
    _ = scan.board.update(.rows(rows))
    let spikes = try #require(scan.board.means.results.firstIndex(of: "spikes"))
    let mean = try #require(scan.board.means.means(column: 1, row: 0))[spikes]
    let numbers = rows.compactMap { $0.number(at: scan.work.columns.firstResult + spikes) }
    #expect(mean.count == 2 && abs(mean.value - (numbers[0] + numbers[1]) / 2) < 1e-9)
    let spread = abs(numbers[0] - numbers[1]) / 2.0.squareRoot()
    #expect(abs(try #require(mean.spread) - spread) < 1e-9)
    #expect(scan.board.means.means(column: 0, row: 0) == nil)
    #expect(scan.board.means.values(of: spikes).compactMap(\.self) == [mean.value])
  }

  @Test func `keys choose column and cell, and change the frame`() throws {
    var scan = try Scan()
    _ = scan.board.update(.rows(try scan.rows(1...12)))
    var frames = [scan.board.frame.text]
    let look = { (board: ScanBoard, frames: inout [String]) in
      #expect(!frames.contains(board.frame.text))
      frames.append(board.frame.text)
    }
    for key in [Key.tab, .right, .up] {
      #expect(scan.press(key).isEmpty)
      look(scan.board, &frames)
    }
    #expect(scan.board.frame.text.contains("rate over g"))
    #expect(scan.board.frame.text.contains("g 4  delay 0.5"))
    // Beyond the edge there is nothing.
    _ = scan.press(.up, .right, .right, .right)
    #expect(scan.board.frame.text.contains("g 16  delay 0.5"))
    _ = scan.press(.left, .left, .left, .down, .down, .backTab)
    #expect(scan.board.frame.text == frames[0])
    for _ in scan.board.means.results { _ = scan.press(.tab) }
    #expect(scan.board.frame.text == frames[0])
    #expect(scan.press(.control("l"), .control("z")) == [.repaint, .suspend])
  }

  @Test func `q stops, and leaves once it has stopped`() throws {
    var scan = try Scan()
    #expect(scan.press(.character("q")) == [.stop])
    #expect(scan.press(.character("q")).isEmpty)
    let stopping = scan.board.frame.text
    #expect(stopping.contains("stopping") && stopping.contains("Ctrl-C leave at once"))
    #expect(scan.board.update(.ended) == [.leave])
    var whole = try Scan()
    #expect(whole.board.update(.ended).isEmpty && whole.board.isOver)
    #expect(whole.board.frame.text.contains("q leave"))
    #expect(whole.press(.control("c")) == [.leave])
    var terminated = try Scan()
    #expect(terminated.board.update(.terminate) == [.stop])
    #expect(terminated.board.update(.ended) == [.leave])
    var failed = try Scan()
    #expect(failed.board.update(.failed("point 3: no room")).isEmpty)
    #expect(failed.board.update(.ended).isEmpty)
    #expect(failed.board.frame.text.contains("point 3: no room"))
    #expect(failed.press(.character("q")) == [.leave])
  }

  @Test func `who presses Ctrl-C again does not wait for the points under way`() throws {
    var scan = try Scan()
    #expect(scan.press(.control("c"), .control("c")) == [.stop, .leave])
    var terminated = try Scan()
    _ = terminated.board.update(.terminate)
    #expect(terminated.press(.control("c")) == [.leave])
  }

  @Test func `any size is drawn, in ASCII too`() throws {
    var scan = try Scan()
    _ = scan.board.update(.rows(try scan.rows(1...12)))
    for width in [0, 1, 2, 7, 20, 43, 200] {
      for height in [0, 1, 2, 3, 5, 9, 60] {
        _ = scan.board.update(.resized(Size(width: width, height: height)))
        #expect(scan.board.frame.size == Size(width: width, height: height))
      }
    }
    _ = scan.board.update(.resized(Size(width: 80, height: 16)))
    scan.board.glyphs = .ascii
    let text = scan.board.frame.text
    #expect(text.unicodeScalars.allSatisfy(\.isASCII) && text.contains("arrows cell"))
  }
}
