import Foundation

/// Names for files and folders that are put aside.
enum FreeName {
  /// `20261127-180634`, the time here.
  static func date(_ date: Date = Date(), in zone: TimeZone = .current) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    let padded = { (number: Int?, width: Int) in
      let digits = String(number ?? 0)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(parts.year, 4) + padded(parts.month, 2) + padded(parts.day, 2) + "-"
      + padded(parts.hour, 2) + padded(parts.minute, 2) + padded(parts.second, 2)
  }

  /// The path itself, or with `-2` and so on at its end where something has it.
  static func path(_ path: String) -> String {
    var candidate = path
    var number = 2
    while FileStamp(candidate) != nil {
      candidate = "\(path)-\(number)"
      number += 1
    }
    return candidate
  }
}
