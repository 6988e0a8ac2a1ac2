/// What the mouse does, for the help and the printed list.
package enum MouseGuide {
  package static let heading = "Mouse"

  package static let gestures: [(name: String, meaning: String)] = [
    ("click", "choose a screen, a panel, a row or an answer; once more: take it"),
    ("click", "in a chart of the chosen panel: the cursor"),
    ("wheel", "zoom curves around the pointer, scroll rows"),
    ("drag", "move the stretch of the run that curves show"),
    ("Shift", "held: select text, as without the mouse (--no-mouse)"),
  ]
}
