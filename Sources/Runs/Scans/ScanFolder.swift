import Checksums
package import Experiments
import Foundation

/// The folder of a scan: `plan.toml`, and for each shard `rows-<index>-of-<count>.csv`.
package struct ScanFolder: Sendable, Equatable {
  package let path: String

  package init(_ path: String) { self.path = path }

  package var planFile: String { path + "/plan.toml" }

  package func rowsFile(of shard: ScanShard) -> String {
    path + "/rows-\(shard.index)-of-\(shard.count).csv"
  }

  /// All tables in the folder, by name.
  package var rowsFiles: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasPrefix("rows-") && $0.hasSuffix(".csv") }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }.map { path + "/" + $0 }
  }

  /// The hexadecimal digits by which equal scans are known.
  package static func fingerprint(of text: String) -> String {
    SHA256.hexadecimal(of: text.utf8)
  }

  /// The plan as it stands in the file: its text, and the fingerprint of that.
  private static func file(_ text: String) -> String {
    text + "fingerprint = \"\(fingerprint(of: text))\"\n"
  }

  /// Writes the plan, or finds it there already. Others may do so at the same time, on other machines
  /// too.
  package func prepare(_ work: ScanWork) throws(ScanFileError) {
    let text = work.plan.text(columns: work.columns.names)
    do throws(FileError) {
      try RunFolder.makeParents(of: planFile)
    } catch {
      throw .file(error)
    }
    if try accepts(text) { return }
    do throws(FileError) {
      try DurableFile.write(Array(Self.file(text).utf8), to: planFile)
    } catch {
      // Two that have the same temporary name take it from each other, but mean the same.
      guard (try? accepts(text)) == true else { throw .file(error) }
    }
    _ = try accepts(text)
  }

  /// Whether the plan is there; `false` where there is none.
  private func accepts(_ text: String) throws(ScanFileError) -> Bool {
    guard FileManager.default.fileExists(atPath: planFile) else { return false }
    guard try outline().fingerprint == Self.fingerprint(of: text) else {
      throw .foreignPlan(folder: path)
    }
    return true
  }

  /// What the plan in the folder says.
  package func outline() throws(ScanFileError) -> ScanOutline {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(planFile)
    } catch {
      if case .failed(.open, _, ENOENT) = error { throw .notAScan(folder: path) }
      throw .file(error)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let outline = ScanOutline(planText: text),
      let last = text.range(of: "fingerprint = ", options: .backwards),
      Self.file(String(text[..<last.lowerBound])) == text
    else { throw .damagedPlan(path: planFile) }
    return outline
  }
}
