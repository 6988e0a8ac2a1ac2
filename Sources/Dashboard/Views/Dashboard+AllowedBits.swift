import Engine
import Foundation
import Terminal

/// Bits over the whole run, measured and foreseen, on the Schedule screen.
extension Dashboard {
  /// The bits by range that were measured and, in dots, those that the schedule of w allows the
  /// activities measured last, that of a drawn schedule where there is one.
  func allowedBitsChart(on canvas: Canvas) -> ChartView {
    let isWide = canvas.width >= 40
    var view = ChartView(title: isWide ? "bits \(glyphs.separator) w allows" : "bits")
    view.isFocused = isMarkedFocused(.allowedBits)
    view.hasEndLabels = false
    view.chart.horizontalRange = wholeRun
    view.chart.verticalFit = .fromZero
    view.chart.marks = history.marks
    view.chart.now = run.progress.map { Double($0.step) }
    view.chart.emptyText = run.phase == .preparing ? "" : "nothing was measured yet"
    view.axis = (.epoch, Double(max(1, run.progress?.stepsPerEpoch ?? 1)))
    for gauge in history.gauges(.bits, .training) where gauge.metric == .bitsRange {
      guard let site = gauge.site, let bits = history.latest(gauge), bits.isFinite else { continue }
      let style = siteStyle(site)
      let measured = ChartView.Line(
        curve: Curve(history.series[gauge.id] ?? Series(), style), name: site,
        value: Number.fixed(bits, decimals: 2), style: style)
      view.lines.append(marked(measured, site: site))
      if let foreseen = foreseenBits(of: site, bits: bits, width: canvas.width) {
        view.lines.append(foreseen)
      }
    }
    if canvas.width >= 48 {
      view.footer = [Span("dotted: of what is measured now, at that w", .dim)]
    }
    return view
  }

  /// An activity that takes 2^b levels at w spans (2^b - 1) / w, and at another w' as many levels as
  /// fit into that.
  private func foreseenBits(of site: String, bits: Double, width: Int) -> ChartView.Line? {
    guard let scheduled = run.resolutions.first(where: { $0.knob.site == site }) else { return nil }
    let present = present(scheduled)
    guard present.isFinite, present > 0 else { return nil }
    let levels = (exp2(bits) - 1) / present
    let count = max(2, width * 2)
    let steps = wholeRun.upper
    let samples = (0..<count).map { index -> Double in
      let step = steps * Double(index) / Double(count - 1)
      let w =
        draft?.knob == scheduled.knob.id
        ? draft?.schedule.value(at: step, of: Int(steps)) ?? .infinity
        : scheduled.journal.value(at: step)
      return w.isFinite ? log2(1 + levels * w) : .nan
    }
    var curve = Curve(samples: samples, over: wholeRun, siteStyle(site))
    curve.line = .dotted
    return ChartView.Line(curve: curve, name: "", value: "", style: siteStyle(site))
  }
}
