/// The newest values of something that is sampled in equal steps, oldest first.
package struct RecentSeries: Sendable {
  package let capacity: Int
  private var ring: [Double] = []
  private var oldest = 0

  /// Keeps up to `capacity` > 0 values.
  package init(capacity: Int) {
    precondition(capacity > 0, "a series has room")
    self.capacity = capacity
    ring.reserveCapacity(capacity)
  }

  package var count: Int { ring.count }

  package mutating func append(_ value: Double) {
    guard ring.count == capacity else { return ring.append(value) }
    ring[oldest] = value
    oldest = (oldest + 1) % capacity
  }

  package mutating func removeAll() {
    ring.removeAll(keepingCapacity: true)
    oldest = 0
  }

  /// All values, a copy.
  package var values: [Double] { Array(ring[oldest...] + ring[..<oldest]) }
}

extension RecentSeries: NumberStreamed {
  func write(to stream: inout NumberStream) { stream.put(values) }

  mutating func read(from stream: inout NumberStream) -> Bool {
    guard let values: [Double] = stream.take(), values.count <= capacity else { return false }
    removeAll()
    for value in values { append(value) }
    return true
  }
}
