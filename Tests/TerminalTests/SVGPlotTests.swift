import Foundation
import Terminal
import TestSupport
import Testing
import Themes

/// Curves as pictures for publications.
@Suite struct SVGPlotTests {
  private func plot(_ series: Series...) -> SVGPlot {
    var plot = SVGPlot(theme: ThemeLibrary.standard)
    plot.lines = series.enumerated().map { SVGPlot.Line("line <\($0)>", $1) }
    plot.horizontalTitle = "epoch"
    return plot
  }

  private func isWellFormed(_ text: String) -> Bool {
    XMLCheck.isBalanced(text)
  }

  @Test func `lines, numbers and names are there`() {
    let text = plot(
      Series((0...10).map { (x: Double($0), y: Double($0 * $0)) }), Series([(x: 0, y: 50)])
    ).text
    #expect(isWellFormed(text))
    #expect(text.contains("line &lt;0&gt;") && text.contains(">epoch<"))
    #expect(text.contains(">10<") && text.contains(">100<"))
    #expect(text.contains("stroke-dasharray"))
  }

  @Test func `a long line keeps its peaks and few points`() {
    var series = Series()
    for index in 0..<1_000_000 {
      series.append(x: Double(index), y: index == 654_321 ? 100 : Double(index % 7))
    }
    let whole = plot(series)
    let text = whole.text
    #expect(text.utf8.count < 200_000)
    // The peak reaches the upper end of the axis.
    #expect(text.contains(" 32.0L") || text.contains(" 32.0"))
  }

  @Test func `gaps, no points and odd scales are drawn without a trap`() {
    #expect(plot().text.contains("no values"))
    #expect(isWellFormed(plot(Series()).text))
    var odd = plot(
      Series([(x: -1, y: .nan), (x: 0, y: -5), (x: 1, y: .infinity), (x: 2, y: 3), (x: 2, y: 4)]))
    for horizontal in [Scale.linear, .logarithmic] {
      for vertical in [Scale.linear, .logarithmic] {
        (odd.horizontalScale, odd.verticalScale) = (horizontal, vertical)
        #expect(isWellFormed(odd.text) && !odd.text.contains("nan"))
      }
    }
  }
}

/// Whether every element of a picture is closed.
private enum XMLCheck {
  static func isBalanced(_ text: String) -> Bool {
    let count = { (part: String) in text.components(separatedBy: part).count - 1 }
    return text.hasSuffix("</svg>\n") && count("<text") == count("</text>")
      && count("<svg") == count("</svg>") && count("<path") + count("<rect") == count("/>")
  }
}
