import Terminal

/// The keys of single screens.
extension KeyMap {
  static let units: [KeyBinding] = [
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
      .character("+"), .character("="), name: "closer", hint: "steps", scope: .pages([.raster]),
      "fewer time steps", .zoomTime(isNearer: true)),
    KeyBinding(
      .character("-"), name: "wider", hint: "steps", scope: .pages([.raster]),
      "more time steps", .zoomTime(isNearer: false)),
    KeyBinding(
      .character("0"), name: "alltime", scope: .pages([.raster]), "all time steps",
      .showAllTime),
    KeyBinding(
      .character("c"), name: "samples", hint: "samples", scope: .pages([.raster]),
      "one sample, or the mean of 8 or 32", .nextSampleSet),
    KeyBinding(
      .character("f"), name: "freeze", hint: "freeze", scope: .pages([.raster]),
      "take no new rasters, or again", .freeze),
  ]

  static let schedule: [KeyBinding] = [
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
      .character("b"), name: "bypass", hint: "bypass", scope: .pages([.schedule]),
      "bypass for a twentieth of the run more", .draft(.bypass(1))),
    KeyBinding(
      .character("B"), name: "bypassless", hint: "bypass", scope: .pages([.schedule]),
      "bypass for a twentieth of the run less", .draft(.bypass(-1))),
    KeyBinding(
      .character("e"), name: "end", hint: "end", scope: .pages([.schedule]),
      "hold the end for a twentieth more", .draft(.hold(1))),
    KeyBinding(
      .character("E"), name: "endless", hint: "end", scope: .pages([.schedule]),
      "hold the end for a twentieth less", .draft(.hold(-1))),
    KeyBinding(
      .character("o"), name: "quantity", hint: "other", scope: .pages([.schedule]),
      "the next quantity to draw", .nextSchedule),
    KeyBinding(
      .character("A"), name: "apply", hint: "apply", scope: .pages([.schedule]),
      "apply what was drawn, as Enter does; Esc drops it", .applyDraft),
  ]

  static let runs: [KeyBinding] = [
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

  static let rows: [KeyBinding] = [
    KeyBinding(
      .character("/"), name: "search", hint: "filter", scope: .pages([.log]),
      "only lines of the log with some words", .filterLog),
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
}
