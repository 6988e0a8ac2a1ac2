import Terminal

/// The table of all keys: dispatch, the bottom line, the help and the printed list are made from it.
package enum KeyMap {
  /// One notch of w is half a bit: a factor of the square root of 2.
  static let resolutionNotch = 2.0.squareRoot()
  /// One notch of the learning rate is a quarter of an octave.
  static let learningRateNotch = 2.0.squareRoot().squareRoot()

  /// One notch of the coupling of a simulation, too.
  static let couplingNotch = learningRateNotch

  package static let bindings: [KeyBinding] =
    training + steering + pages + views + units + schedule + runs + theory + curves + dynamics
    + rows + program
    + quitDialog + help

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
      .character("D"), name: "estimator", scope: .pages(Page.allCases.filter { $0 != .dynamics }),
      "estimators of gradients: look, or choose", .pickEstimator),
    KeyBinding(
      .character("v"), name: "validate", hint: "validate", "validate after this batch", .validate),
    KeyBinding(
      .character("s"), name: "save", hint: "save", "save a checkpoint after this batch", .save),
    KeyBinding(
      .character("S"), name: "stop", "end the run after this batch, stay open", .stop),
  ]

  /// Curves and Network have the key of Theory: a run has one of them at most.
  private static let pages: [KeyBinding] = Page.allCases.map { page in
    let name = page.title.lowercased()
    switch page {
    case .curves, .dynamics:
      return KeyBinding(name: name, "show the screen \(page.title)", .show(page))
    case .theory:
      return KeyBinding(
        .character(page.key), name: name, "show the screen Theory, Curves or Network", .show(page))
    default:
      return KeyBinding(
        .character(page.key), name: name, "show the screen \(page.title)", .show(page))
    }
  }

  private static let views: [KeyBinding] = [
    KeyBinding(.tab, name: "next", "next panel", .nextPanel),
    KeyBinding(.backTab, name: "previous", "previous panel", .previousPanel),
    KeyBinding(
      .enter, .character("F"), name: "zoom", hint: "zoom", "show the panel alone, or all again",
      .zoom),
    KeyBinding(.escape, name: "back", "back: close, unzoom, the first screen", .back),
    KeyBinding(
      .character("W"), name: "measure", hint: "sweep", "measure the present weights over w", .sweep),
    KeyBinding(
      .character("V"), name: "verdict", hint: "stability",
      "test if the weights stay with another surrogate", .askForStability),
    KeyBinding(
      .character("y"), name: "logarithmic", hint: "log",
      scope: .pages([.train, .schedule, .runs, .sweep, .theory, .stability]),
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
      .character("X"), name: "logtime", scope: .pages([.train, .theory]),
      "log or linear time",
      .toggleLogarithmicTime),
    KeyBinding(
      .left, .character("h"), name: "look", hint: "look", scope: .pages([.train]),
      "cursor back; the borders show the values there", .moveCursor(-1)),
    KeyBinding(
      .right, .character("l"), name: "lookahead", hint: "look", scope: .pages([.train]),
      "cursor forward", .moveCursor(1)),
    KeyBinding(
      .character("+"), .character("="), name: "nearer", hint: "span", scope: .pages([.train]),
      "a shorter stretch of the run", .zoomCurves(isNearer: true)),
    KeyBinding(
      .character("-"), name: "farther", hint: "span", scope: .pages([.train]),
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
