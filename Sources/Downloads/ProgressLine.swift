/// The one line that shows how far a download is, e.g.
/// `t10k-images-idx3-ubyte.gz [########------------]  41 %  0.7 of 1.6 MB  2.1 MB/s  0:01`.
package enum ProgressLine {
  /// - Parameters:
  ///   - bytes: bytes that are there, of `total`
  ///   - rate: bytes a second, 0 while that is not known
  ///   - width: columns of the terminal; the line is at most that long, and loses the bar, then
  ///     the name's end, where there is little room
  package static func text(
    name: String, bytes: Int, total: Int, rate: Double, width: Int
  ) -> String {
    let share = total > 0 ? min(1, Double(bytes) / Double(total)) : 1
    let percent = padded("\(Int(share * 100)) %", to: 5)
    var facts = "\(percent)  \(Unit(for: total).text(bytes)) of \(size(total))"
    if rate > 0 {
      facts += "  \(size(Int(rate)))/s"
      facts += "  " + clock(Double(total - bytes) / rate)
    }
    let room = width - facts.count - name.count - 5
    if room >= 8 { return "\(name) \(bar(share, width: min(room, 30)))  \(facts)" }
    return String("\(name) \(facts)".prefix(max(0, width)))
  }

  private static func bar(_ share: Double, width: Int) -> String {
    let filled = Int(share * Double(width))
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: "-", count: width - filled) + "]"
  }

  /// A size as a person reads it: `9.9 MB`, `29 kB`.
  package static func size(_ bytes: Int) -> String {
    let unit = Unit(for: bytes)
    return "\(unit.text(bytes)) \(unit.rawValue)"
  }

  /// The unit that suits a size.
  private enum Unit: String {
    case kilobytes = "kB"
    case megabytes = "MB"

    init(for bytes: Int) { self = bytes < 1_000_000 ? .kilobytes : .megabytes }

    func text(_ bytes: Int) -> String {
      guard self == .megabytes else { return "\((bytes + 500) / 1000)" }
      let tenths = (bytes + 50_000) / 100_000
      return "\(tenths / 10).\(tenths % 10)"
    }
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 359_999).rounded(.up))
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
