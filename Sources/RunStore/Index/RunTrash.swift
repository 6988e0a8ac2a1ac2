import Foundation
package import Runs

/// Why a run could not be removed.
package enum RunTrashError: Error, Sendable, Equatable {
  /// A process trains it.
  case running(folder: String)
  /// The trash is on another file system, and a run is moved as a whole or not at all.
  case otherFileSystem(folder: String, trash: String)
  case file(FileError)
}

/// The folder that removed runs are moved to.
package struct RunTrash: Sendable {
  package let folder: String

  package init(_ location: RunStoreLocation) {
    folder = location.trashFolder
  }

  /// Moves a run's folder into the trash, and returns where it is now: `NAME-YYYYMMDD-HHMMSS`.
  package func take(_ run: String) throws(RunTrashError) -> String {
    let name = run.split(separator: "/").last.map(String.init) ?? "run"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .file(.failed(.createDirectory, path: folder, errno: Self.number(of: error)))
    }
    let target = FreeName.path("\(folder)/\(name)-\(FreeName.date())")
    // Held until the folder is where nobody looks for runs to go on with.
    let lock = try Self.lock(run)
    return try withExtendedLifetime(lock) { () throws(RunTrashError) -> String in
      guard rename(run, target) != 0 else { return target }
      let code = errno
      guard code != EXDEV else { throw .otherFileSystem(folder: run, trash: folder) }
      throw .file(.failed(.rename, path: run, errno: code))
    }
  }

  /// Whoever may not write into the folder cannot take the lock; to ask is enough then.
  private static func lock(_ run: String) throws(RunTrashError) -> RunLock? {
    do throws(FileError) {
      guard let lock = try RunLock.take(in: run) else { throw .busy(path: run) }
      return lock
    } catch {
      if error == .busy(path: run) || RunLock.isHeld(in: run) { throw .running(folder: run) }
      return nil
    }
  }

  /// Deletes everything in the trash for good, and returns how many runs that were.
  package func purge() throws(RunTrashError) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names {
      let path = folder + "/" + name
      do {
        try FileManager.default.removeItem(atPath: path)
      } catch {
        throw .file(.failed(.write, path: path, errno: Self.number(of: error)))
      }
    }
    return names.count
  }

  private static func number(of error: any Error) -> Int32 {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return Int32(clamping: underlying?.code ?? Int(EIO))
  }
}
