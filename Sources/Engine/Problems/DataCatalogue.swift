/// What is known about a data set: what it is, who may use it, and where it comes from.
package struct DataSetEntry: Sendable, Equatable {
  /// One published file.
  package struct File: Sendable, Equatable {
    /// Name under which the file is published, e.g. `train-images-idx3-ubyte.gz`.
    package var name: String
    /// Size of the published file.
    package var bytes: Int
    /// SHA-256 of the published file, 64 lower-case hexadecimal digits.
    package var sha256: String
    /// Names of other forms in which it is read.
    package var otherNames: [String]

    package init(name: String, bytes: Int, sha256: String, otherNames: [String] = []) {
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
      self.otherNames = otherNames
    }

    /// Names under which the file is accepted: without `.gz` (decompressed) first.
    package var acceptedNames: [String] {
      (name.hasSuffix(".gz") ? [String(name.dropLast(3)), name] : [name]) + otherNames
    }
  }

  /// Where the bytes are.
  package enum Storage: Sendable, Equatable {
    /// Compiled into the program.
    case embedded
    /// Files in a directory of the data set's name, published under `address` (which ends in `/`)
    /// if at all.
    case files([File], address: String?)
    /// The user's own files, which experiments name.
    case own
  }

  /// Name of the data set on the command line and of its directory.
  package var id: String
  /// What it is and how much of it there is, in one line.
  package var contents: String
  /// Licence or rights, with whom to name.
  package var licence: String
  /// Where it was published.
  package var source: String
  package var storage: Storage

  package init(
    id: String, contents: String, licence: String, source: String, storage: Storage
  ) {
    self.id = id
    self.contents = contents
    self.licence = licence
    self.source = source
    self.storage = storage
  }

  /// The published files; none for an embedded data set.
  package var files: [File] {
    guard case .files(let files, _) = storage else { return [] }
    return files
  }

  /// Where the files are published, if they are.
  package var address: String? {
    guard case .files(_, let address) = storage else { return nil }
    return address
  }
}

/// All data sets that the program knows. A new one is one more entry.
package enum DataCatalogue {
  package static let entries = [digits, mnist, fashionMNIST, banknote, sequences, tables]

  /// Those that are not the user's own files.
  package static let published = entries.filter { $0.storage != .own }

  /// The entry of that name, if there is one.
  package static func entry(named id: String) -> DataSetEntry? {
    entries.first { $0.id == id }
  }

  package static let digits = DataSetEntry(
    id: "digits",
    contents: "1,797 handwritten digits, 8x8 pixels in 17 shades",
    licence: "CC BY 4.0; E. Alpaydin and C. Kaynak, 1998",
    source: "https://doi.org/10.24432/C50P49 (UCI), the file that scikit-learn ships",
    storage: .embedded)

  package static let mnist = DataSetEntry(
    id: "mnist",
    contents: "70,000 handwritten digits, 28x28 pixels: 60,000 for training, 10,000 for testing",
    licence: "copyright Y. LeCun and C. Cortes; commonly distributed under CC BY-SA 3.0",
    source: "Y. LeCun, C. Cortes and C. J. C. Burges, derived from NIST databases",
    storage: .files(
      [
        .init(
          name: "train-images-idx3-ubyte.gz", bytes: 9_912_422,
          sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        .init(
          name: "train-labels-idx1-ubyte.gz", bytes: 28_881,
          sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        .init(
          name: "t10k-images-idx3-ubyte.gz", bytes: 1_648_877,
          sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        .init(
          name: "t10k-labels-idx1-ubyte.gz", bytes: 4542,
          sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
      ],
      address: "https://ossci-datasets.s3.amazonaws.com/mnist/"))

  package static let fashionMNIST = DataSetEntry(
    id: "fashion-mnist",
    contents: "70,000 pictures of ten kinds of clothing, 28x28 pixels, split as mnist",
    licence: "MIT; copyright 2017 Zalando SE",
    source: "H. Xiao, K. Rasul and R. Vollgraf, 2017, github.com/zalandoresearch/fashion-mnist",
    storage: .files(
      [
        .init(
          name: "train-images-idx3-ubyte.gz", bytes: 26_421_880,
          sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        .init(
          name: "train-labels-idx1-ubyte.gz", bytes: 29_515,
          sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        .init(
          name: "t10k-images-idx3-ubyte.gz", bytes: 4_422_102,
          sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        .init(
          name: "t10k-labels-idx1-ubyte.gz", bytes: 5148,
          sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
      ],
      address: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"))

  package static let sequences = DataSetEntry(
    id: "sequences",
    contents: "your own labelled sequences, in CSV or NPY files",
    licence: "yours",
    source: "the files that problem.values and its neighbours name in an experiment",
    storage: .own)

  /// Read from the user's own copy: the published form of the file has not been compared with this
  /// one, whose checksum is given.
  package static let banknote = DataSetEntry(
    id: "banknote",
    contents: "1,372 banknotes of two classes, four statistics of their pictures",
    licence: "CC BY 4.0; V. Lohweg, 2012",
    source: "https://doi.org/10.24432/C55P57 (UCI), data_banknote_authentication.txt",
    storage: .files(
      [
        .init(
          name: "banknote.csv", bytes: 45_071,
          sha256: "a4e6eb57f00dc0c5696badf6553001e8871644b5b98ab1b2869054af1d255125",
          otherNames: ["data_banknote_authentication.txt"])
      ], address: nil))

  package static let tables = DataSetEntry(
    id: "table",
    contents: "your own table of numbers, a CSV file with column names",
    licence: "yours",
    source: "the file that kolmogorov.file or feedforward.file names in an experiment",
    storage: .own)
}
