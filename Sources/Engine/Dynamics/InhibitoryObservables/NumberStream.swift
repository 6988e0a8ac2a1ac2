/// Numbers of a state one after the other, in the order in which they are taken out again.
struct NumberStream {
  private(set) var numbers: [Double]
  private var place = 0

  init(_ numbers: [Double] = []) {
    self.numbers = numbers
  }

  /// Whether all were taken out.
  var isAtEnd: Bool { place == numbers.count }

  mutating func put(_ number: Double) { numbers.append(number) }

  /// Whole numbers are exact up to 2^53.
  mutating func put(_ number: Int) { numbers.append(Double(number)) }

  mutating func put(_ values: [Double]) {
    put(values.count)
    numbers += values
  }

  mutating func put(_ values: [Int]) { put(values.map { Double($0) }) }

  /// `nil` where there is none left.
  mutating func take() -> Double? {
    guard place < numbers.count else { return nil }
    place += 1
    return numbers[place - 1]
  }

  /// `nil` where the next is no whole number.
  mutating func takeCount() -> Int? { take().flatMap { Int(exactly: $0) } }

  /// `nil` where there are not as many, or too few are left.
  mutating func take(count: Int? = nil) -> [Double]? {
    guard let found = takeCount(), found >= 0, found <= numbers.count - place,
      count == nil || found == count
    else { return nil }
    defer { place += found }
    return Array(numbers[place..<place + found])
  }

  mutating func takeCounts(count: Int? = nil) -> [Int]? {
    guard let values = take(count: count) else { return nil }
    let whole = values.compactMap { Int(exactly: $0) }
    return whole.count == values.count ? whole : nil
  }
}

/// Something whose state can be written as numbers and read back into one that was made alike.
protocol NumberStreamed {
  func write(to stream: inout NumberStream)

  /// `false` where the numbers are not of such a state; what has been read by then is undefined.
  mutating func read(from stream: inout NumberStream) -> Bool
}
