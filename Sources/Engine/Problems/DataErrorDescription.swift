/// The sentence a person reads when a data set could not be read: file, what was found and what
/// was expected; for a missing data set where was looked and how to get it.
package func description(of error: DataError) -> String {
  switch error {
  case .missing(let dataSet, let looked):
    return missingDescription(dataSet: dataSet, looked: looked)
  case .unreadable(let file, let reason):
    return "\(file): cannot be read: \(reason)"
  case .damagedCompression(let file, let reason):
    return "\(file): the gzip data are damaged: \(reason)"
  case .wrongMagic(let file, let found, let expected):
    return "\(file): not the expected IDX file: it begins with \(hexadecimal(found)), "
      + "expected \(hexadecimal(expected))"
  case .wrongDimensions(let file, let found, let expected):
    return "\(file): holds \(product(found)) values, expected \(product(expected))"
  case .truncated(let file, let found, let expected):
    return "\(file): ends too early: \(found) bytes after decompression, expected \(expected)"
  case .trailingBytes(let file, let expected):
    return "\(file): goes on after its last value: more than the expected \(expected) bytes"
  case .labelOutOfRange(let file, let index, let found, let largest):
    return "\(file): label \(index) (counted from 0) is \(found), expected 0 to \(largest)"
  case .unsupportedSide(let dataSet, let found, let allowed):
    let sides = allowed.map(String.init).joined(separator: ", ")
    return "\(dataSet): images of side \(found) are not available, expected one of: \(sides)"
  case .sequences(let error):
    return description(of: error)
  case .table(let error):
    return description(of: error)
  case .recordings(let error):
    return description(of: error)
  case .damagedResource(let name):
    return "the program file is damaged: its embedded \(name) cannot be read"
  }
}

private func missingDescription(dataSet: String, looked: [MissingFiles]) -> String {
  let fetch =
    ([DataCatalogue.cifar10, DataCatalogue.banknote] + DataCatalogue.recordings)
    .first { $0.id == dataSet }
    .map { "put there what is published at \($0.source)" }
    ?? "`interspike data fetch \(dataSet)` downloads it"
  guard !looked.isEmpty else {
    return "data set \(dataSet) not found: no directory to look in (set INTERSPIKE_DATA or HOME, "
      + "or give --data DIR)\n  \(fetch)"
  }
  let places = looked.map { place in
    "  looked in \(place.directory): no \(place.files.joined(separator: ", "))"
  }
  return (["data set \(dataSet) not found"] + places + ["  \(fetch)"]).joined(separator: "\n")
}

private func product(_ dimensions: [Int]) -> String {
  dimensions.map(String.init).joined(separator: " x ")
}

private func hexadecimal(_ magic: UInt32) -> String {
  let digits = String(magic, radix: 16, uppercase: true)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
