import Engine
package import Terminal

extension Dashboard {
  /// The whole screen.
  package var frame: Frame { Frame(size, glyphs: glyphs) { draw(on: $0) } }

  /// Draws everything that is to be seen; changes nothing.
  package func draw(on canvas: Canvas) {
    let layout = layout(in: canvas.size)
    let overlay = overlayDialog(in: canvas.size)?.layout(in: canvas.size)
    let covered = overlay?.area ?? estimatorPicker?.layout(in: canvas.size).area ?? Rect(.zero)
    let isSeen = { (area: Rect) in !area.isEmpty && area.intersection(covered) != area }
    if isSeen(layout.header) { HeaderView(dashboard: self).draw(on: canvas[layout.header]) }
    if isSeen(layout.tabs) { TabView(dashboard: self).draw(on: canvas[layout.tabs]) }
    if let failureDialog {
      failureDialog.draw(on: canvas[layout.body])
    } else {
      for place in layout.places where isSeen(place.area) {
        draw(place.panel, on: canvas[place.area])
      }
    }
    if case .prompt(let prompt) = self.overlay {
      PromptView(prompt: prompt, completions: completions(of: prompt)).draw(
        on: canvas[layout.footer])
    } else if isSeen(layout.footer) {
      FooterView(dashboard: self).draw(on: canvas[layout.footer])
    }
    overlay?.draw(on: canvas)
    estimatorPicker?.draw(on: canvas)
  }

  private var estimatorPicker: EstimatorPickerView? {
    guard case .estimators(let picker) = overlay else { return nil }
    return EstimatorPickerView(picker: picker, glyphs: glyphs)
  }

  private func draw(_ panel: PanelName, on canvas: Canvas) {
    switch panel {
    case .loss, .accuracy, .rate, .bits:
      runChart(panel, width: canvas.width)?.draw(on: canvas)
    case .resolution: resolutionChart(on: canvas).draw(on: canvas)
    case .learningRate: learningRateChart(on: canvas).draw(on: canvas)
    case .coupling: couplingChart(on: canvas).draw(on: canvas)
    case .allowedBits: allowedBitsChart(on: canvas).draw(on: canvas)
    case .raster: drawRaster(on: canvas)
    case .population: populationChart(on: canvas).draw(on: canvas)
    case .neuron: drawNeuron(on: canvas)
    case .numbers: drawNumbers(on: canvas)
    case .log: drawLog(on: canvas)
    case .activations, .inputs, .sites, .levels, .weights, .operations, .energy:
      layersPanel(panel).draw(on: canvas)
    case .sweep: sweepChart(on: canvas).draw(on: canvas)
    case .sweepTable: drawSweepTable(on: canvas)
    case .stability: stabilityChart(on: canvas).draw(on: canvas)
    case .stabilityTable: drawStabilityTable(on: canvas)
    case .runs: drawRuns(on: canvas)
    case .comparison: comparisonChart.draw(on: canvas)
    case .differences: drawDifferences(on: canvas)
    case .grid: drawGrid(on: canvas)
    case .descent: descentPanel.draw(on: canvas)
    case .descentLoss: descentLossChart(on: canvas).draw(on: canvas)
    case .boundRatio: boundRatioChart(on: canvas).draw(on: canvas)
    case .landscape: drawLandscape(on: canvas)
    case .angle: drawAngle(on: canvas)
    case .split: drawSplit(on: canvas)
    case .race: drawRace(on: canvas)
    case .batch: drawBatch(on: canvas)
    case .residual: drawResidual(on: canvas)
    case .curves, .coefficients, .decisions, .example, .shares, .health, .polynomial, .scale:
      drawLearned(panel, on: canvas)
    case .spikes, .field, .portrait, .rates, .plane, .observables:
      drawDynamics(panel, on: canvas)
    }
  }

  /// A panel of learned activations.
  private func drawLearned(_ panel: PanelName, on canvas: Canvas) {
    switch panel {
    case .curves: drawCurves(on: canvas)
    case .coefficients: drawCoefficients(on: canvas)
    case .decisions: drawDecisions(on: canvas)
    case .example: drawExample(on: canvas)
    case .shares: drawShares(on: canvas)
    case .health: drawHealth(on: canvas)
    case .polynomial: drawPolynomial(on: canvas)
    default: drawScale(on: canvas)
    }
  }

  /// Whether a panel's border shows that keys go to it; one that is alone needs no sign.
  func isMarkedFocused(_ panel: PanelName) -> Bool {
    focused == panel && zoomed == nil && focus[page] != nil
  }
}
