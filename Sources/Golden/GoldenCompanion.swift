import Foundation

/// Files that golden files speak of: beside them, or else where developers have them.
enum GoldenCompanion {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where the data sets are.
  static let data = root.appendingPathComponent("../shared/data").standardizedFileURL.path

  /// - Parameters:
  ///   - name: of a file beside that of `value`
  ///   - folder: where it is in a tree of golden files
  static func url(
    _ name: String, beside value: GoldenValue, folder: String
  ) throws(GoldenError) -> URL {
    let places = [
      URL(fileURLWithPath: value.file).deletingLastPathComponent(),
      root.appendingPathComponent("Tests/Golden/" + folder),
      root.appendingPathComponent("../shared/golden/" + folder),
    ]
    let files = places.map { $0.appendingPathComponent(name) }
    guard !name.isEmpty, !name.contains("/"),
      let file = files.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { throw value.invalid("the name of a file beside this one", found: name) }
    return file
  }
}
