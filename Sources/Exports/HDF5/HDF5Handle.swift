internal import CHDF5
import Engine

/// The HDF5 library, which may have been built without locks of its own.
enum HDF5Library {
  /// Runs `body` while nobody else uses the library, which prints nothing meanwhile.
  static func exclusively<Result>(
    _ body: () throws(HDF5Error) -> Result
  ) throws(HDF5Error) -> Result {
    // Errors do not go through the lock; the result stays here.
    var result: Swift.Result<Result, HDF5Error>?
    HDF5Exclusion.run {
      hdf5_be_silent()
      do throws(HDF5Error) {
        result = .success(try body())
      } catch {
        result = .failure(error)
      }
    }
    guard let result else { throw .failed(.openFile, name: "/") }
    return try result.get()
  }
}

/// An open object of the HDF5 library, closed when it is let go.
struct HDF5Handle: ~Copyable {
  let id: hid_t

  init(_ id: hid_t, _ action: HDF5Error.Action, _ name: String) throws(HDF5Error) {
    guard id >= 0 else { throw .failed(action, name: name) }
    self.id = id
  }

  deinit { H5Idec_ref(id) }
}

extension HDF5Error {
  /// Throws where a function of the library has returned a failure.
  static func check(_ status: herr_t, _ action: Action, _ name: String) throws(HDF5Error) {
    guard status >= 0 else { throw .failed(action, name: name) }
  }
}
