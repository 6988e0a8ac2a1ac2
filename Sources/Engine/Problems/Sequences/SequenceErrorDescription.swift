/// The sentence about a mistake in a file of sequences, beginning with its place.
func description(of error: SequenceError) -> String {
  let place =
    switch error.place {
    case .whole: error.file
    case .line(let line): "\(error.file):\(line)"
    case .byte(let byte): "\(error.file): at byte \(byte)"
    }
  return "\(place): \(sentence(error.mistake))"
}

private func sentence(_ mistake: SequenceMistake) -> String {
  switch mistake {
  case .memory(let needed, let limit):
    return "needs \(gibibytes(needed)) of memory, expected at most \(gibibytes(limit))"
  case .batchMemory(let needed, let limit, let batch):
    return "a batch of \(batch) sequences needs at least \(gibibytes(needed)) of memory, "
      + "expected at most \(gibibytes(limit))"
  case .readout(let found, let expected):
    return "found sequences of \(found) steps, expected at least \(expected), over which "
      + "readout.steps asks for the mean"
  case .overflow: return "the shape has more values than can be counted"
  case .size(let name, let found, let largest):
    return "found \(found) \(name), expected 1 to \(largest)"
  case .notFinite(let found, let sample, let step, let channel):
    return "found \(found) as the value of sample \(sample), step \(step), channel \(channel) "
      + "(counted from 0), expected a finite number of single precision"
  case .version, .headerTooLong, .header, .fortranOrder, .type, .dimensions, .channels:
    return arraySentence(mistake)
  case .notText, .quotation, .notNumber, .ragged, .unevenChannels, .width, .noRows,
    .labelsTwice, .twoLabelColumns:
    return textSentence(mistake)
  case .noLabels, .emptyLabel, .labelCount, .unknownLabel, .classes, .emptyPart, .otherShape,
    .pixel, .normalized:
    return setSentence(mistake)
  }
}

/// Mistakes of NPY files.
private func arraySentence(_ mistake: SequenceMistake) -> String {
  switch mistake {
  case .version(let major, let minor):
    "found NPY version \(major).\(minor), expected 1.0, 2.0 or 3.0"
  case .headerTooLong(let found, let largest):
    "found a header of \(found) bytes, expected at most \(largest)"
  case .header(let expected): "not an NPY header: expected \(expected)"
  case .fortranOrder:
    "found values in Fortran order, expected C order (numpy.ascontiguousarray makes it)"
  case .type(let found, let expected):
    "found values of type \(quoted(found)), expected \(expected)"
  case .dimensions(let found, let expected):
    "found the shape \(shape(found)), expected \(expected)"
  case .channels(let found, let expected):
    "found \(found) channels, expected the \(expected) of problem.channels"
  default: ""
  }
}

/// Mistakes of CSV files and of labels one a line.
private func textSentence(_ mistake: SequenceMistake) -> String {
  switch mistake {
  case .notText: "not UTF-8 text, expected CSV or NPY"
  case .quotation: "found a quotation mark out of place, expected \"...\" around a whole field"
  case .notNumber(let found, let column):
    "found \(quoted(found)) in column \(column), expected a number"
  case .ragged(let found, let expected):
    "found \(found) fields, expected \(expected) as in the first row"
  case .unevenChannels(let values, let channels):
    "found \(values) values, expected a multiple of the \(channels) channels"
  case .width(let found, let expected):
    "found \(found) values, expected the \(expected) of a sequence that the network takes"
  case .noRows: "found no rows, expected one a sample"
  case .labelsTwice(let labels):
    "found a column named label beside the labels in \(labels), expected one of the two"
  case .twoLabelColumns: "found two columns named label, expected one"
  default: ""
  }
}

/// Mistakes of labels, classes and parts.
private func setSentence(_ mistake: SequenceMistake) -> String {
  switch mistake {
  case .noLabels: "found no labels: an NPY file of values needs a file of labels (problem.labels)"
  case .emptyLabel: "found an empty label"
  case .labelCount(let found, let samples, let values):
    "found \(found) labels, expected \(samples), one for each sample of \(values)"
  case .unknownLabel(let found, let training):
    "found the label \(quoted(found)), expected one of those in \(training)"
  case .classes(let found, let largest):
    "found \(found) \(found == 1 ? "class" : "classes"), expected 2 to \(largest)"
  case .emptyPart(let name, let samples):
    "found \(samples) samples, of which the shares leave none for the \(name) part"
  case .otherShape(let found, let expected):
    "found sequences of \(shape(found)) steps and channels, expected \(shape(expected)) as in "
      + "the training file"
  case .pixel(let found, let sample, let pixel, let white):
    "found \(found) as pixel \(pixel) of image \(sample) (counted from 0), expected a whole number "
      + "from 0 to \(white)"
  case .normalized(let channel):
    "a value of channel \(channel) (counted from 0) is too large once it is divided by the "
      + "standard deviation of the training part"
  default: ""
  }
}

private func shape(_ sizes: [Int]) -> String {
  sizes.isEmpty ? "()" : sizes.map(String.init).joined(separator: " x ")
}

/// The text in quotation marks on one line, shortened where it is long.
private func quoted(_ text: String) -> String {
  let short = text.count <= 40 ? text : text.prefix(39) + "\u{2026}"
  return "\"" + short.unicodeScalars.map { $0.escaped(asASCII: false) }.joined() + "\""
}

private func gibibytes(_ bytes: Int) -> String {
  let tenths = (Double(bytes) / 0x1p30 * 10).rounded(.up) / 10
  return "\(tenths) GiB"
}
