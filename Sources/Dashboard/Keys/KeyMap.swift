import Terminal

/// The table of all keys: dispatch, the bottom line, the help and the printed list are made from it.
package enum KeyMap {
  /// One notch of w is half a bit: a factor of the square root of 2.
  static let resolutionNotch = 2.0.squareRoot()
  /// One notch of the learning rate is a quarter of an octave.
  static let learningRateNotch = 2.0.squareRoot().squareRoot()

  package static let bindings: [KeyBinding] =
    training + steering + pages + views + units + schedule + runs + rows + program + quitDialog
    + help

  private static let training: [KeyBinding] = [
    KeyBinding(
      .character(" "), name: "pause", hint: "pause", "pause training, or go on", .pause),
    KeyBinding(
      .character("."), name: "batch", hint: "batch", "train one batch, then pause", .stepBatch),
    KeyBinding(
      .character(","), name: "epoch", hint: "epoch", "train to the epoch's end, then pause",
      .stepEpoch),
    KeyBinding(
      .character("<"), name: "rewind", hint: "move", "replay: back by a twentieth",
      .seek(-0.05)),
    KeyBinding(
      .character(">"), name: "forward", hint: "move", "replay: forward by a twentieth",
      .seek(0.05)),
  ]

  private static let steering: [KeyBinding] = [
    KeyBinding(
      .character("["), name: "coarser", hint: "w",
      "w one notch down: coarser, fewer spikes",
      .turnResolution(factor: 1 / resolutionNotch)),
    KeyBinding(
      .character("]"), name: "finer", hint: "w",
      "w one notch up: finer, more spikes",
      .turnResolution(factor: resolutionNotch)),
    KeyBinding(
      .character("\\"), name: "hold", hint: "hold", "hold or release the schedules of w",
      .hold),
    KeyBinding(
      .character("{"), name: "slower", hint: "rate", "learning rate one notch down",
      .turnLearningRate(factor: 1 / learningRateNotch)),
    KeyBinding(
      .character("}"), name: "faster", hint: "rate", "learning rate one notch up",
      .turnLearningRate(factor: learningRateNotch)),
    KeyBinding(.character("u"), name: "undo", hint: "undo", "undo the last edit", .undo),
    KeyBinding(.control("r"), name: "redo", "redo the edit undone last", .redo),
    KeyBinding(
      .character("v"), name: "validate", hint: "validate", "validate after this batch", .validate),
    KeyBinding(
      .character("s"), name: "save", hint: "save", "save a checkpoint after this batch", .save),
    KeyBinding(
      .character("S"), name: "stop", "end the run after this batch, stay open", .stop),
  ]

  private static let pages: [KeyBinding] = Page.allCases.map { page in
    KeyBinding(
      .character(Character(String(page.rawValue))), name: page.title.lowercased(),
      "show the screen \(page.title)", .show(page))
  }

  private static let views: [KeyBinding] = [
    KeyBinding(.tab, name: "next", "next panel", .nextPanel),
    KeyBinding(.backTab, name: "previous", "previous panel", .previousPanel),
    KeyBinding(
      .enter, .character("F"), name: "zoom", hint: "zoom", "show the panel alone, or all again",
      .zoom),
    KeyBinding(.escape, name: "back", "back: close, unzoom, the Train screen", .back),
    KeyBinding(
      .character("W"), name: "measure", hint: "sweep", "measure the present weights over w", .sweep),
    KeyBinding(
      .character("y"), name: "logarithmic", hint: "log",
      scope: .pages([.train, .schedule, .runs, .sweep]),
      "log or linear values", .toggleLogarithmic),
    KeyBinding(
      .character("r"), name: "robust", hint: "outliers", scope: .pages([.train]),
      "leave outliers off the scale, or show them", .toggleOutliers),
    KeyBinding(
      .character("m"), name: "smooth", hint: "smooth", scope: .pages([.train]), "smoother curves",
      .smooth(1)),
    KeyBinding(
      .character("M"), name: "rough", hint: "smooth", scope: .pages([.train]),
      "less smooth curves", .smooth(-1)),
    KeyBinding(
      .character("x"), name: "over", hint: "axis", scope: .pages([.train]),
      "curves over epochs, steps, samples, time or w", .nextCurveAxis),
    KeyBinding(
      .character("X"), name: "logtime", scope: .pages([.train]), "log or linear time",
      .toggleLogarithmicTime),
    KeyBinding(
      .left, .character("h"), name: "look", hint: "look", scope: .pages([.train]),
      "cursor back; the borders show the values there", .moveCursor(-1)),
    KeyBinding(
      .right, .character("l"), name: "lookahead", hint: "look", scope: .pages([.train]),
      "cursor forward", .moveCursor(1)),
    KeyBinding(
      .character("+"), .character("="), name: "nearer", hint: "zoom", scope: .pages([.train]),
      "a shorter stretch of the run", .zoomCurves(isNearer: true)),
    KeyBinding(
      .character("-"), name: "farther", hint: "zoom", scope: .pages([.train]),
      "a longer stretch of the run", .zoomCurves(isNearer: false)),
    KeyBinding(
      .character("0"), name: "whole", scope: .pages([.train]), "the whole run", .showAllCurves),
    KeyBinding(
      .character("H"), name: "panback", hint: "pan", scope: .pages([.train]),
      "an earlier stretch of the run", .pan(-1)),
    KeyBinding(
      .character("L"), name: "pan", hint: "pan", scope: .pages([.train]),
      "a later stretch of the run", .pan(1)),
    KeyBinding(
      .character("/"), name: "gauges", hint: "gauges", scope: .pages([.train]),
      "a grid of the gauges whose names have some words", .filterGauges),
    KeyBinding(
      .character("b"), name: "metric", hint: "bits", scope: .pages([.train, .layers]),
      "next bit metric", .nextMetric),
    KeyBinding(
      .character("o"), name: "site", hint: "other site", scope: .pages([.raster, .train]),
      "raster of the next site", .nextSite),
    KeyBinding(
      .character("n"), name: "sample", hint: "sample", scope: .pages([.raster, .train]),
      "next sample of the batch", .nextSample),
    KeyBinding(
      .character("N"), name: "earlier", hint: "sample", scope: .pages([.raster, .train]),
      "previous sample of the batch", .previousSample),
  ]

  private static let units: [KeyBinding] = [
    KeyBinding(
      .character("a"), name: "sort", hint: "sort", scope: .pages([.raster]),
      "sort the units by rate, first spike, ...", .nextUnitOrder),
    KeyBinding(
      .character("d"), name: "units", hint: "units", scope: .pages([.raster]),
      "all units, active, dead, saturated, watched", .nextUnitSelection),
    KeyBinding(
      .character("i"), name: "inspect", hint: "unit", scope: .pages([.raster]),
      "the chosen unit close to, as Enter does", .toggleDetail),
    KeyBinding(
      .character("*"), name: "watch", hint: "watch", scope: .pages([.raster]),
      "keep watching the unit, or no more", .watchUnit),
    KeyBinding(
      .character("b"), name: "capture", hint: "back", scope: .pages([.raster]),
      "the raster before", .captureBack(1)),
    KeyBinding(
      .character("B"), name: "capturelater", hint: "back", scope: .pages([.raster]),
      "the raster after", .captureBack(-1)),
    KeyBinding(
      .character("f"), name: "freeze", hint: "freeze", scope: .pages([.raster]),
      "take no new rasters, or again", .freeze),
  ]

  private static let schedule: [KeyBinding] = [
    KeyBinding(
      .left, .character("h"), name: "pointback", hint: "point", scope: .pages([.schedule]),
      "draw a schedule: the point before", .draft(.select(-1))),
    KeyBinding(
      .right, .character("l"), name: "point", hint: "point", scope: .pages([.schedule]),
      "draw a schedule: the next point", .draft(.select(1))),
    KeyBinding(
      .up, .character("k"), name: "pointup", hint: "value", scope: .pages([.schedule]),
      "the point's value one notch up", .draft(.turn(1))),
    KeyBinding(
      .down, .character("j"), name: "pointdown", hint: "value", scope: .pages([.schedule]),
      "the point's value one notch down", .draft(.turn(-1))),
    KeyBinding(
      .character("H"), name: "pointearlier", hint: "time", scope: .pages([.schedule]),
      "the point a hundredth of the run earlier", .draft(.move(-1))),
    KeyBinding(
      .character("L"), name: "pointlater", hint: "time", scope: .pages([.schedule]),
      "the point a hundredth of the run later", .draft(.move(1))),
    KeyBinding(
      .character("a"), name: "addpoint", hint: "add", scope: .pages([.schedule]),
      "add a point after this one", .draft(.add)),
    KeyBinding(
      .character("x"), .delete, name: "deletepoint", hint: "delete", scope: .pages([.schedule]),
      "delete the point", .draft(.remove)),
    KeyBinding(
      .character("i"), name: "interpolation", hint: "lines", scope: .pages([.schedule]),
      "between points: log, straight or held", .draft(.interpolation)),
    KeyBinding(
      .character("p"), name: "shape", hint: "shapes", scope: .pages([.schedule]),
      "the next shape from now to the end", .draft(.preset)),
    KeyBinding(
      .character("o"), name: "quantity", hint: "other", scope: .pages([.schedule]),
      "the next quantity to draw", .nextSchedule),
    KeyBinding(
      .character("A"), name: "apply", hint: "apply", scope: .pages([.schedule]),
      "apply what was drawn, as Enter does; Esc drops it", .applyDraft),
  ]

  private static let runs: [KeyBinding] = [
    KeyBinding(
      .character("a"), name: "compare", hint: "compare", scope: .pages([.runs]),
      "add the run to the comparison, or take it out", .markRun),
    KeyBinding(
      .character("c"), name: "curve", hint: "curve", scope: .pages([.runs]),
      "compare by the next metric", .nextComparison),
    KeyBinding(
      .character("x"), name: "axis", hint: "axis", scope: .pages([.runs]),
      "compare by step, epoch, seconds or w", .nextAxis),
    KeyBinding(
      .character("O"), name: "order", hint: "order", scope: .pages([.runs]),
      "sort the runs by the next column", .nextOrder),
    KeyBinding(
      .character("/"), name: "filter", hint: "filter", scope: .pages([.runs]),
      "show only runs with some words", .filterRuns),
    KeyBinding(
      .character("n"), name: "note", hint: "note", scope: .pages([.runs]),
      "write a note about the run", .noteRun),
    KeyBinding(
      .character("t"), name: "tags", hint: "tags", scope: .pages([.runs]),
      "give the run tags, words to find it by", .tagRun),
    KeyBinding(
      .character("p"), name: "replay", hint: "replay", scope: .pages([.runs]),
      "replay the run", .open(.replay)),
    KeyBinding(
      .character("R"), name: "resume", hint: "resume", scope: .pages([.runs]),
      "go on with the run", .open(.resume)),
    KeyBinding(
      .character("f"), name: "fork", hint: "fork", scope: .pages([.runs]),
      "begin another run from its newest checkpoint", .open(.fork)),
    KeyBinding(
      .control("g"), name: "reread", scope: .pages([.runs]), "read the list of runs again",
      .listRuns),
  ]

  private static let rows: [KeyBinding] = [
    KeyBinding(
      .character("j"), .down, name: "down", hint: "rows",
      scope: .pages(Page.scrolling),
      "one row down", .scroll(.rows(1))),
    KeyBinding(
      .character("k"), .up, name: "up", hint: "rows",
      scope: .pages(Page.scrolling),
      "one row up", .scroll(.rows(-1))),
    KeyBinding(
      .pageDown, .character("J"), name: "page", scope: .pages(Page.scrolling),
      "a screenful down", .scroll(.pages(1))),
    KeyBinding(
      .pageUp, .character("K"), name: "pageback", scope: .pages(Page.scrolling),
      "a screenful up", .scroll(.pages(-1))),
    KeyBinding(
      .left, .character("h"), name: "before", hint: "time", scope: .pages([.raster]),
      "earlier time steps", .scrollTime(-8)),
    KeyBinding(
      .right, .character("l"), name: "after", hint: "time", scope: .pages([.raster]),
      "later time steps", .scrollTime(8)),
    KeyBinding(
      .home, .character("g"), name: "first", scope: .pages(Page.scrolling),
      "first row",
      .scroll(.start)),
    KeyBinding(
      .end, .character("G"), name: "last", scope: .pages(Page.scrolling),
      "last row",
      .scroll(.end)),
  ]

  private static let program: [KeyBinding] = [
    KeyBinding(
      .character(":"), name: "command", hint: "command", "type a command; Tab completes it",
      .command),
    KeyBinding(
      .control("p"), name: "palette", "choose a command by a few of its letters", .palette),
    KeyBinding(
      .character("?"), .function(1), name: "help", hint: "help", "show all keys", .help),
    KeyBinding(.character("T"), name: "theme", "next theme", .nextTheme),
    KeyBinding(
      .character("P"), name: "photo", "save the screen as SVG and as text",
      .picture(nil)),
    KeyBinding(
      .control("l"), name: "repaint", scope: .always, "draw the whole screen anew", .repaint),
    KeyBinding(
      .control("z"), name: "suspend", scope: .always,
      "to the background; training rests", .suspend),
    KeyBinding(
      .character("q"), name: "quit", hint: "quit", "quit; asks first while a run goes on",
      .quit),
    KeyBinding(
      .control("c"), name: "interrupt", scope: .always,
      "as q; twice: stop and save; thrice: leave", .interrupt),
  ]

  private static let quitDialog: [KeyBinding] = [
    KeyBinding(
      .up, .character("k"), name: "above", hint: "choose", scope: .quitDialog,
      "the answer above", .previousChoice),
    KeyBinding(
      .down, .character("j"), .tab, name: "below", hint: "choose", scope: .quitDialog,
      "the answer below", .nextChoice),
    KeyBinding(
      .enter, name: "answer", hint: "answer", scope: .quitDialog, "give the chosen answer",
      .chooseSelected),
    KeyBinding(
      .character("s"), name: "savequit", scope: .quitDialog, "stop, save and quit",
      .choose(.stopAndSave)),
    KeyBinding(
      .character("x"), name: "discard", scope: .quitDialog, "quit without saving",
      .choose(.withoutSaving)),
    KeyBinding(
      .escape, .character("c"), name: "cancel", hint: "cancel", scope: .quitDialog,
      "back to the run", .choose(.cancel)),
  ]

  private static let help: [KeyBinding] = [
    KeyBinding(
      .character("j"), .down, name: "helpdown", hint: "scroll", scope: .help, "one row down",
      .scroll(.rows(1))),
    KeyBinding(
      .character("k"), .up, name: "helpup", hint: "scroll", scope: .help, "one row up",
      .scroll(.rows(-1))),
    KeyBinding(.pageDown, name: "helppage", scope: .help, "a screenful down", .scroll(.pages(1))),
    KeyBinding(.pageUp, name: "helpback", scope: .help, "a screenful up", .scroll(.pages(-1))),
    KeyBinding(
      .escape, .character("?"), .character("q"), name: "close",
      hint: "close", scope: .help, "close the help", .back),
  ]
}
