import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct ViewTests {
  @Test func `the help lists every bound key`() {
    var dashboard = Dashboard.training(width: 100, height: 240)
    dashboard.press(.character("?"))
    let text = dashboard.frame.text
    for binding in KeyMap.bindings {
      for key in binding.keys { #expect(text.contains(key.name)) }
      #expect(text.contains(binding.description), "\(binding.name)")
    }
  }

  @Test func `no key has two meanings in one place and command names are unique`() {
    #expect(Set(KeyMap.bindings.map(\.name)).count == KeyMap.bindings.count)
    for page in Page.allCases {
      let here = KeyMap.bindings.filter { binding in
        switch binding.scope {
        case .always, .everywhere: true
        case .pages(let pages): pages.contains(page)
        case .quitDialog, .help: false
        }
      }
      let keys = here.flatMap(\.keys)
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test func `only screens that exist are offered, and their keys show them`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    for page in dashboard.pages {
      dashboard.press(.character(page.key))
      #expect(dashboard.page == page)
      #expect(dashboard.frame.rowText(1).contains("\(page.key) \(page.title)"))
    }
    let page = dashboard.page
    dashboard.press(.character("0"))
    #expect(dashboard.page == page)
    #expect(dashboard.frame.rowText(23).contains("0 does nothing here"))
  }

  @Test func `where the names of all screens have no room, that of the shown one stays`() {
    for width in [28, 40, 60, 80] {
      var dashboard = Dashboard.training(width: width, height: 24)
      for page in dashboard.pages {
        dashboard.press(.character(page.key))
        let row = dashboard.frame.rowText(1)
        #expect(row.contains("\(page.key) \(page.title)"))
        for other in dashboard.pages { #expect(row.contains("\(other.key)"), "\(row)") }
      }
    }
  }

  @Test func `Enter shows the focused panel alone, Escape all of them again`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    let whole = dashboard.frame.text
    dashboard.press(.tab, .enter)
    #expect(dashboard.zoomed == .accuracy)
    #expect(dashboard.frame.rowText(2).hasPrefix("╭─ accuracy %"))
    #expect(dashboard.frame.rowText(22).hasPrefix("╰"))
    #expect(!dashboard.frame.text.contains("loss"))
    dashboard.press(.escape)
    #expect(dashboard.frame.text == whole)
  }

  @Test func `on a small terminal Tab reaches every panel`() {
    var dashboard = Dashboard.training(width: 40, height: 12)
    var titles: Set<String> = []
    for _ in 0..<6 {
      titles.insert(String(dashboard.frame.rowText(2).prefix(5)))
      dashboard.press(.tab)
    }
    #expect(titles.count == 6)
  }

  @Test func `smaller terminals lose panels in the stated order`() {
    // What each panel alone shows, in the order in which they go.
    let signs = ["units 0", "h 0.48", "h 1.76", "w schedule", "accuracy"]
    var left = signs
    for height in stride(from: 50, through: 1, by: -1) {
      let text = Dashboard.training(width: 75, height: height).frame.text
      let shown = signs.filter(text.contains)
      #expect(Set(shown).isSubset(of: left), "nothing comes back at \(height)")
      #expect(shown == signs.suffix(shown.count), "\(height): \(shown)")
      left = shown
    }
    #expect(left.isEmpty || left == ["accuracy"])
  }

  @Test func `y switches the focused panel between logarithmic and linear`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.frame.rowText(2).contains("loss  log"))
    dashboard.press(.character("y"))
    #expect(!dashboard.frame.rowText(2).contains("loss  log"))
  }

  @Test func `b goes round the bit metrics that the run has`() {
    var dashboard = Dashboard.training(width: 120, height: 36)
    var seen: [BitMetric] = []
    for _ in 0..<3 {
      seen.append(dashboard.bitMetric)
      dashboard.press(.character("b"))
    }
    #expect(seen == [.bitsRange, .bitsEntropy, .significantBits])
    #expect(dashboard.bitMetric == .bitsRange)
    dashboard.press(.character("b"))
    #expect(dashboard.frame.text.contains("bits · entropy"))
  }

  @Test func `rasters are asked for only while one is to be seen`() {
    var dashboard = Dashboard(size: Size(width: 80, height: 24))
    let glance = Dashboard.glanceInterval
    let watch = { (site: String, sample: Int) -> Effect in
      .send(.watch(.raster(site: site, sample: sample), every: Dashboard.inspectionInterval))
    }
    let first = Probe.Request.raster(site: "h", sample: 0)
    #expect(dashboard.tell(ScriptedRun().beginning) == [.send(.watch(first, every: glance))])
    #expect(dashboard.press(.character("3")) == [.send(.watch(nil, every: glance))])
    #expect(dashboard.press(.character("2")) == [watch("h", 0)])
    #expect(dashboard.press(.character("o")) == [watch("m", 0)])
    dashboard.tell(ScriptedRun().reports(0..<1))
    #expect(dashboard.press(.character("n")) == [watch("m", 1)])
    #expect(dashboard.press(.character("N"), .character("N")) == [watch("m", 0), watch("m", 31)])
    let last = Probe.Request.raster(site: "m", sample: 31)
    #expect(dashboard.press(.character("1")) == [.send(.watch(last, every: glance))])
    #expect(
      dashboard.update(.resized(Size(width: 40, height: 12)))
        == [.send(.watch(nil, every: glance))])
  }

  @Test func `the raster always says which units it shows, and scrolls to the last`() {
    var dashboard = Dashboard.training(width: 100, height: 30)
    dashboard.press(.character("2"))
    #expect(dashboard.frame.text.contains("units 0-16 of 128"))
    // The chosen unit moves within the rows in view, then they follow it.
    dashboard.press(.pageDown, .character("j"))
    #expect(dashboard.frame.text.contains("units 2-18 of 128"))
    dashboard.press(.end)
    #expect(dashboard.frame.text.contains("units 111-127 of 128"))
    dashboard.press(.down, .pageDown, .home, .up)
    #expect(dashboard.frame.text.contains("units 0-16 of 128"))
  }

  @Test func `the log is filtered by words`() {
    var dashboard = Dashboard.training(width: 100, height: 20)
    dashboard.press(.character("6"))
    for key in "/edit w" { dashboard.press(.character(key)) }
    dashboard.press(.enter)
    let text = dashboard.frame.text
    #expect(text.contains("/edit w") && text.contains("w of h") && !text.contains("Saved"))
    for key in "/ zzz" { dashboard.press(.character(key)) }
    #expect(dashboard.frame.text.contains("no line has these words"))
    dashboard.press(.escape)
    #expect(dashboard.frame.text.contains("Saved checkpoints"))
  }

  @Test func `the log follows its end until it is scrolled`() {
    var dashboard = Dashboard.training(width: 100, height: 20)
    dashboard.press(.character("6"))
    #expect(dashboard.frame.text.contains("Saved checkpoints"))
    dashboard.press(.pageUp)
    let above = dashboard.frame.rowText(10)
    dashboard.tell([.saved(path: "checkpoints/another.safetensors")])
    #expect(dashboard.frame.rowText(10) == above)
    dashboard.press(.end)
    #expect(dashboard.frame.text.contains("checkpoints/another.safetensors"))
  }
}
